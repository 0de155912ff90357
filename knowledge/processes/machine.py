"""What tells a dead process from a slow one, on the machine that both run on (Linux only)."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PROC = Path("/proc")
BOOT = PROC / "sys/kernel/random/boot_id"
# proc(5): the 22nd field is when the process started; the second one may hold spaces.
STARTED = 22 - 3
UNKNOWN = ""


@dataclass(frozen=True)
class Place:
    """Where a process runs: its machine since its last boot, its number and when it started."""

    machine: str
    pid: int
    started: int

    @classmethod
    def here(cls) -> "Place":
        """The place of this process; of no known machine where there is no /proc."""
        pid = os.getpid()
        try:
            # The numbers of two containers on one machine mean different processes.
            names = BOOT.read_text() + str((PROC / "self/ns/pid").readlink())
        except OSError:
            return cls(UNKNOWN, pid, 0)
        return cls(sha256(names.encode()).hexdigest(), pid, _started(pid) or 0)

    def is_surely_dead(self, here: "Place") -> bool:
        """Whether nobody lives at this place. What runs on another machine may live."""
        if self.machine == UNKNOWN or self.machine != here.machine:
            return False
        return _started(self.pid) != self.started


def _started(pid: int) -> int | None:
    """When a process started, in ticks since the boot; None when there is none."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[STARTED])
