"""Looking into the files of strangers in a child process: no keys, no database, little memory, little time.

The child gets the bytes and nothing else: its environment is empty, and before it reads them it gives away
the right to open, to write, to take memory. Whatever happens to it, the parent answers in words.
Windows has no such limits; there the wall clock alone ends a child.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from enum import Enum, auto
from pathlib import Path
from typing import IO, cast

MEMORY = 512 * 2**20
CPU_SECONDS = 5
WALL_SECONDS = 8.0  # less than others wait for the write lock of SQLite
MOST_ANSWER = 64 * 2**20
PIECE = 2**20
AT_ONCE = 2  # children of one process; the others wait for their turn
OUT_OF_MEMORY = 70  # exit status
ROOT = Path(__file__).resolve().parent.parent
KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # what Python itself may need to start
FILES = 3  # stdin, stdout, stderr: no further file, no socket
STOPPED = {-getattr(signal, name) for name in ("SIGKILL", "SIGXCPU") if hasattr(signal, name)}
_places = threading.BoundedSemaphore(AT_ONCE)


class Failure(Enum):
    """Why a child gave no answer."""

    SLOW = auto()
    LARGE = auto()  # memory, or an answer without end
    CRASHED = auto()
    BUSY = auto()  # no child could be started


class ChildFailed(Exception):
    """The child gave no answer; *why* tells what became of it."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why.name)
        self.why = why


def ask_child(module: str, data: bytes, seconds: float = WALL_SECONDS) -> bytes:
    """Let *module* read *data* in a child and return what it writes; ChildFailed if it does not end well."""
    if not _places.acquire(timeout=seconds):
        raise ChildFailed(Failure.BUSY)
    try:
        with _start(module) as child:
            return _converse(child, data, seconds)
    finally:
        _places.release()


def _start(module: str) -> subprocess.Popen[bytes]:
    """Start a child that inherits no settings and no open file."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-s", "-m", module]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=environment)  # noqa: S603 - our own module


def _converse(child: subprocess.Popen[bytes], data: bytes, seconds: float) -> bytes:
    alarm = threading.Timer(seconds, child.kill)
    feeder = threading.Thread(target=_feed, args=(cast(IO[bytes], child.stdin), data), daemon=True)
    alarm.start()
    feeder.start()
    try:
        answer = _read(cast(IO[bytes], child.stdout))
        status = child.wait()
    finally:
        was_slow = not alarm.is_alive()
        alarm.cancel()
        child.kill()
        feeder.join()
    if status:
        raise ChildFailed(Failure.SLOW if was_slow else _failure(status))
    return answer


def _feed(pipe: IO[bytes], data: bytes) -> None:
    """Write everything; a child that has ended reads no further."""
    try:
        with pipe:
            pipe.write(data)
    except OSError:
        return


def _read(pipe: IO[bytes]) -> bytes:
    answer = bytearray()
    while piece := pipe.read(PIECE):
        answer += piece
        if len(answer) > MOST_ANSWER:
            raise ChildFailed(Failure.LARGE)
    return bytes(answer)


def _failure(status: int) -> Failure:
    """Read the way in which a child has ended; libraries without a way to fail abort where memory ends."""
    if status in STOPPED:
        return Failure.SLOW
    return Failure.LARGE if status in (OUT_OF_MEMORY, -signal.SIGABRT) else Failure.CRASHED


def serve(answer: Callable[[bytes], Iterable[bytes]]) -> None:
    """Be the child: give up what could be misused, read the file, write what *answer* makes of it."""
    confine()
    try:
        sys.stdout.buffer.writelines(answer(sys.stdin.buffer.read()))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def confine() -> None:
    """Take the limits upon this process; everything it needs must have been imported before."""
    if os.name != "posix":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: FILES,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
