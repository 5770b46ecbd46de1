"""A child that does harm: what comes on stdin names the deed, what goes out tells how far it came."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time

from pairing.sandbox import serve


def attempt(data):
    """Do the deed; OSError is what the limits answer."""
    try:
        return [str(DEEDS[data.decode()]()).encode()]
    except OSError as error:
        return [f"refused: {error.strerror}".encode()]


def flood():
    """Write without end."""
    while True:
        sys.stdout.buffer.write(bytes(2**20))


def spin():
    """Use the processor without end."""
    while True:
        pass


DEEDS = {
    "echo": lambda: "here",
    "settings": lambda: sorted(os.environ),
    "open": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "program": lambda: subprocess.run(["/bin/true"], check=True),
    "write": lambda: os.ftruncate(os.memfd_create("x"), 10),
    "memory": lambda: len(bytearray(2**30)),
    "abort": os.abort,
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "error": lambda: {}["nothing"],
    "sleep": lambda: time.sleep(60),
    "spin": spin,
    "flood": flood,
    "seconds": lambda: resource.getrlimit(resource.RLIMIT_CPU),
    "files": lambda: sorted(int(name) for name in range(64) if is_open(name)),
}


def is_open(number):
    """Tell whether a file of this number is open."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    serve(attempt)
