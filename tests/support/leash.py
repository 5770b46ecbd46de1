"""What is started by a test ends with it, even when the test itself was killed."""

import os
import shutil
import subprocess
from pathlib import Path

LEASH = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []  # before a command
WATCH = '(while kill -0 "$0" 2>/dev/null; do sleep 5; done; exec "$@") &'


def afterwards(*command: str | Path) -> None:
    """Run *command* when this test run is over, however it ends: for daemons, which no leash holds."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ  # ends before the run does
    run = os.getppid() if is_worker else os.getpid()
    subprocess.run(
        ["sh", "-c", WATCH, str(run), *map(str, command)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=True,
    )
