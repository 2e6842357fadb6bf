"""A set of child processes that live and die with us."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

STOP_WITHIN_SECONDS = 20
LONGEST_LOG_BYTES = 20 * 1024 * 1024


@dataclass
class Part:
    name: str
    process: "subprocess.Popen[bytes]"
    stop_signal: signal.Signals

    def stop(self) -> None:
        """Ask it to end, wait, and leave nothing of its group behind."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_WITHIN_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Parts:
    """Child processes, stopped in the reverse order of their start."""

    logs: Path
    running: list[Part] = field(default_factory=list)

    def spawn(
        self,
        name: str,
        *command: object,
        stop: signal.Signals = signal.SIGTERM,
        as_nobody: bool = False,
        environment: Mapping[str, str] | None = None,
        log: IO[bytes] | None = None,
    ) -> Part:
        """Start a part in its own session: Ctrl-C reaches only us, and it dies when we do.

        `environment` is the whole environment of the part; without it the part has ours.
        """
        guard = ["setpriv", "--pdeathsig", stop.name.removeprefix("SIG")]
        if as_nobody:
            guard += unprivileged()
        output = log or self._log(name)
        process = subprocess.Popen(
            [*guard, *map(str, command)],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
        )
        part = Part(name, process, stop)
        self.running.append(part)
        return part

    def run(
        self,
        name: str,
        *command: object,
        environment: Mapping[str, str] | None = None,
        log: IO[bytes] | None = None,
    ) -> int:
        """Run a command to its end, as a part that stops with us, and return its exit code."""
        part = self.spawn(name, *command, environment=environment, log=log)
        code = part.process.wait()
        self.running.remove(part)
        return code

    def ended(self) -> Part | None:
        """A part that stopped by itself, if there is one."""
        return next((part for part in self.running if part.process.poll() is not None), None)

    def stop_all(self) -> None:
        """Stop what runs, the last started first; a second Ctrl-C cannot cut this short."""
        for ignored in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ignored, signal.SIG_IGN)
        for part in reversed(self.running):
            part.stop()
        self.running.clear()

    def _log(self, name: str) -> IO[bytes]:
        """The log of a part; a long one is put aside first, so two of them are kept."""
        path = self.logs / f"{name}.log"
        if path.exists() and path.stat().st_size > LONGEST_LOG_BYTES:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")


def unprivileged() -> list[str]:
    """Options of setpriv that turn root into nobody.

    PostgreSQL refuses to run as root. The one capability left lets it find its files below a
    closed folder such as /root; we never open such a folder to everyone instead.
    """
    nobody = pwd.getpwnam("nobody")
    return [
        *("--reuid", "nobody", "--regid", str(nobody.pw_gid), "--clear-groups"),
        *("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"),
    ]


def give_to_nobody(path: Path) -> None:
    """Make nobody the owner of a folder, when we are root."""
    if os.geteuid() == 0:
        shutil.chown(path, "nobody", pwd.getpwnam("nobody").pw_gid)
