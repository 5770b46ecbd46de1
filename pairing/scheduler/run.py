"""The process: stand by, lead, end when told."""

import signal
from threading import Event
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from pairing import clock
from pairing.scheduler.jobs import JOBS, run_job
from pairing.scheduler.leader import Leadership, leadership

STAND_BY_S = 2  # between two tries to become the leader
CHECK_S = 5  # between two looks whether we still are
# The usual grace of one second would skip jobs on a busy machine.
DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}


def run_until_told(app: Flask) -> None:
    """Work while we lead, stand by while another does; SIGTERM and Ctrl-C end it after the running jobs."""
    stop = _stop_on_signals()
    lock = leadership(app.config["PAIRING"].database_url)
    app.logger.warning("scheduler: standing by")
    while not stop.is_set():
        if lock.acquire():
            _lead(app, lock, stop)
        else:
            stop.wait(STAND_BY_S)
    app.logger.warning("scheduler: ended")


def _lead(app: Flask, lock: Leadership, stop: Event) -> None:
    """Let the jobs tick until we are told to end or the lock is lost."""
    app.logger.warning("scheduler: leading")
    ticking = ticking_clock(app)
    ticking.start()
    try:
        while not stop.wait(CHECK_S) and lock.holds():
            pass
    finally:
        ticking.shutdown(wait=True)
        lock.release()


def ticking_clock(app: Flask) -> BackgroundScheduler:
    """Make the clock: its jobs live in memory only and all start at once."""
    ticking = BackgroundScheduler(
        timezone=clock.BEIJING,
        job_defaults=DEFAULTS,
        executors={"default": ThreadPoolExecutor(len(JOBS))},
    )
    for job in JOBS:
        seconds = job.every.total_seconds()
        ticking.add_job(
            run_job, "interval", (app, job), id=job.name, seconds=seconds, next_run_time=clock.now()
        )
    return ticking


def _stop_on_signals() -> Event:
    stop = Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    return stop
