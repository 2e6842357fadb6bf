"""`python -m volunteer_network.startup`: the whole network in the foreground, Ctrl-C stops it.

With `prepare` it only makes keys, schema, demo and browser files, for sites of several machines.
`backup [PATH]` and `restore PATH` copy database and files into an archive and back.
"""

import sys

from volunteer_network.startup.backups.backup import backup
from volunteer_network.startup.backups.errors import CannotCopy
from volunteer_network.startup.backups.restore import restore
from volunteer_network.startup.environment import Site
from volunteer_network.startup.errors import CannotStart
from volunteer_network.startup.run import leave_on_signals, prepare_only, run


def main(command: str = "", path: str = "", *_: str) -> None:
    if command in {"backup", "restore"}:
        copy(command, path)
    elif command == "prepare":
        prepare_only()
    else:
        run()


def copy(command: str, path: str) -> None:
    leave_on_signals()
    site = Site.from_environment()
    try:
        backup(site, path) if command == "backup" else restore(site, path)
    except OSError as reason:  # a full disk, a folder that is not ours
        raise CannotCopy(
            f"อ่านหรือเขียนไฟล์ไม่ได้: {reason.strerror} {reason.filename or ''}\n"
            f"Cannot read or write: {reason.strerror} {reason.filename or ''}"
        ) from None


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CannotStart as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit(130)
