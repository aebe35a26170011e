"""Starts processes, starts them again when they die, and stops them all."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

log = logging.getLogger(__name__)

POLL_S = 0.25
LONGEST_PAUSE_S = 4.0
"""A child that dies at once is started again after this at the latest."""
STOP_S, KILL_S = 10.0, 3.0
SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process to keep alive. `stops_last` for what the others need until their end."""

    name: str
    command: list[str]
    stops_last: bool = False
    log_file: Path | None = None
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started_at: float = 0.0
    pause_s: float = 0.0

    def start(self) -> None:
        """Start the process, in our own process group, to end with us whatever ends us."""
        output = self.log_file.open("ab") if self.log_file else None
        try:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output or sys.stderr,
                stderr=output,
                preexec_fn=self.begin,
            )
        finally:
            if output:
                output.close()
        self.started_at = time.monotonic()
        log.info("started %s, process %d", self.name, self.process.pid)

    def begin(self) -> None:
        """Runs in the new process before its program."""
        os.nice(self.niceness)
        end_with_parent()

    def is_dead(self) -> bool:
        """Whether the process has ended."""
        return self.process is not None and self.process.poll() is not None

    def revive(self) -> None:
        """Start a dead process again; one that keeps dying at once a little later each time."""
        alive_s = time.monotonic() - self.started_at
        if alive_s < self.pause_s:
            return
        self.pause_s = min(max(1.0, self.pause_s * 2), LONGEST_PAUSE_S) if alive_s < LONGEST_PAUSE_S else 0.0
        log.warning(
            "%s ended with %s; starting it again", self.name, self.process and self.process.returncode
        )
        self.start()


def end_with_parent() -> None:
    """Leave Ctrl-C to the parent; on Linux, ask the kernel to end this child when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Keeps children alive until it is told to stop."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = threading.Event()

    def catch_signals(self) -> None:
        """Stop on SIGINT and SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.on_signal)

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def start(self, wait_for: Callable[[Child], None] | None = None) -> None:
        """Start all, in order; `wait_for` may wait until one is ready for the next."""
        for child in self.children:
            child.start()
            if wait_for:
                wait_for(child)

    def add(self, child: Child) -> None:
        """Start one more, and keep it alive with the others."""
        child.start()
        self.children.append(child)

    def watch(self) -> None:
        """Start again what dies, until told to stop."""
        while not self.stopping.wait(POLL_S):
            for child in self.children:
                if child.is_dead():
                    child.revive()

    def stop(self) -> None:
        """Stop all: what the others need goes last."""
        first = [child for child in self.children if not child.stops_last]
        last = [child for child in self.children if child.stops_last]
        for group in (first, last):
            signal_all(group, signal.SIGTERM)
            if not wait_all(group, STOP_S):
                signal_all(group, signal.SIGKILL)
                wait_all(group, KILL_S)


def signal_all(children: list[Child], number: int) -> None:
    """Send a signal to those that still run."""
    for child in children:
        if child.process is not None and not child.is_dead():
            child.process.send_signal(number)


def wait_all(children: list[Child], seconds: float) -> bool:
    """Wait until all have ended; False when some still run after `seconds`."""
    deadline = time.monotonic() + seconds
    while any(child.process is not None and not child.is_dead() for child in children):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)
    return True
