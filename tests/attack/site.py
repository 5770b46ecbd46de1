"""The site as it runs in service: web workers and a scheduler, each a process that can be killed."""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from pairing.settings import ROOT
from tests.attack.yard import Person
from tests.scheduler.conftest import environment
from tests.support.leash import LEASH
from tests.support.makers import DISTRICT

WORKERS = 3
PATIENCE_S = 60
GONE = (OSError, http.client.HTTPException)  # the worker died before it had answered


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Site:
    """Web workers under gunicorn, and a scheduler; nothing is left behind at the end."""

    def __init__(self, url: str) -> None:
        self.url, self.port = url, free_port()
        self.dice = random.Random(20261123)  # noqa: S311 - to choose whom to kill
        self.scheduler: subprocess.Popen[bytes] | None = None
        where, many = f"127.0.0.1:{self.port}", str(WORKERS)
        self.web = self._start("gunicorn", "wsgi:app", "--bind", where, "--workers", many, "--threads", "2")

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        full = [*LEASH, sys.executable, "-m", *command]
        return subprocess.Popen(full, cwd=ROOT, env=environment(self.url, ""), **quiet)

    def start_scheduler(self) -> None:
        """Start a scheduler; the one before is dead."""
        self.scheduler = self._start("flask", "scheduler")

    def kill_scheduler(self) -> None:
        """Kill the scheduler and start another one."""
        if self.scheduler:
            self.scheduler.send_signal(signal.SIGKILL)
            self.scheduler.wait()
        self.start_scheduler()

    def kill_worker(self) -> bool:
        """Kill one web worker, whatever it is doing; gunicorn starts another one."""
        listed = subprocess.run(
            ["pgrep", "-P", str(self.web.pid)], capture_output=True, text=True, check=False
        )
        workers = [int(line) for line in listed.stdout.split()]
        try:
            os.kill(self.dice.choice(workers), signal.SIGKILL)
        except (IndexError, ProcessLookupError):
            return False  # all are being started anew
        return True

    def wait_until_healthy(self, patience_s: float = PATIENCE_S) -> float:
        """Wait until a page is served; return how many seconds that took."""
        began = time.monotonic()
        while time.monotonic() < began + patience_s:
            if self.fetch("GET", "/accounts/sign-in")[0] == 200:
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"not healthy after {patience_s} s")

    def fetch(self, method: str, path: str, body: str = "", headers: Any = None) -> tuple[int, str]:
        """Send a request; status 0 when nobody answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except GONE:
            return 0, ""
        finally:
            connection.close()

    def stop(self) -> None:
        """End every process that was started here."""
        for process in filter(None, (self.web, self.scheduler)):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass
class Writers:
    """People who write pledges down without pause; whoever gets no answer sends the same form again."""

    site: Site
    who: Person
    crowd: int = 6
    acknowledged: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    wordless: list[str] = field(default_factory=list)  # 503 without a page in words
    over: Event = field(default_factory=Event)
    threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        """Let them begin."""
        self.threads = [Thread(target=self._write_on) for _ in range(self.crowd)]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish the form in hand."""
        self.over.set()
        for thread in self.threads:
            thread.join(PATIENCE_S)

    def _write_on(self) -> None:
        while not self.over.is_set():
            self._write(uuid4().hex)

    def _write(self, note: str) -> None:
        self.sent.add(note)
        cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in self.who.cookies.values())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        form = {"csrf_token": self.who.token, "request_key": note, "note": note, "amount": "100"}
        form["area_code"] = DISTRICT
        for _try in range(200):
            status, text = self.site.fetch("POST", "/enterprises/pledges/new", urlencode(form), headers)
            self.statuses[status] += 1
            if status == 303:
                self.acknowledged.add(note)
            if status == 503 and "系统正忙" not in text:
                self.wordless.append(text[:200])
            if status not in (0, 503) or self.over.is_set():
                return
            time.sleep(0.05)
