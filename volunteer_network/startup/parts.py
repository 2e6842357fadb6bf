"""A set of child processes that live and die with us."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

STOP_WITHIN_SECONDS = 20


@dataclass
class Part:
    name: str
    process: "subprocess.Popen[bytes]"
    stop_signal: signal.Signals


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
        """Start a part in its own session: Ctrl-C reaches only us, and it dies when we do."""
        guard = ["setpriv", "--pdeathsig", stop.name.removeprefix("SIG")]
        if as_nobody:
            guard += unprivileged()
        output = log or (self.logs / f"{name}.log").open("ab")
        process = subprocess.Popen(
            [*guard, *map(str, command)],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, **(environment or {})},
        )
        part = Part(name, process, stop)
        self.running.append(part)
        return part

    def ended(self) -> Part | None:
        """A part that stopped by itself, if there is one."""
        return next((part for part in self.running if part.process.poll() is not None), None)

    def stop_all(self) -> None:
        """Stop what runs, the last started first; a second Ctrl-C cannot cut this short."""
        for ignored in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ignored, signal.SIG_IGN)
        for part in reversed(self.running):
            if part.process.poll() is None:
                part.process.send_signal(part.stop_signal)
                try:
                    part.process.wait(STOP_WITHIN_SECONDS)
                except subprocess.TimeoutExpired:
                    part.process.kill()
                    part.process.wait()
        self.running.clear()


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
