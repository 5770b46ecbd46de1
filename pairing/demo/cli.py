"""``flask demo seed`` and ``flask demo serve``: an invented district on one machine."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import select

from pairing import clock
from pairing.accounts.models import User
from pairing.db import current_session, transaction
from pairing.demo.services import PASSWORD, seed_registers
from pairing.rehearsal.services import rehearse
from pairing.settings import Settings

demo = AppGroup("demo", help="The invented district.")
SIGN_INS = (
    ("worker", "社区工作者,台西社区"),
    ("street", "街道工作人员,八大峡街道"),
    ("admin", "区管理员"),
    ("volunteer", "志愿者"),
    ("company", "爱心企业"),
    ("auditor", "审计员"),
)
MAIL_PORT = 2525
WORKERS = ("-w", "2", "-k", "gthread", "--threads", "8", "--graceful-timeout", "5")
PATIENCE = 20  # seconds a child has to end by itself


@demo.command("seed")
def seed() -> None:
    """Make the tables and fill them with the invented district, unless somebody is in them."""
    _refuse_outside_demo()
    upgrade()
    if current_session().scalar(select(User.id).limit(1)):
        click.echo("数据库里已有数据,不再生成")
        return
    started = time.monotonic()
    with transaction() as session:
        admin = seed_registers(session, clock.today(), clock.now())
        rehearse(session, admin, clock.today())
    click.echo(f"演示数据已生成,用时 {time.monotonic() - started:.0f} 秒")


@demo.command("serve")
@click.option("--port", default=8000, show_default=True)
@click.pass_context
def serve(context: click.Context, port: int) -> None:
    """Seed if need be, then serve pages, scheduler and a local mail server until Ctrl-C."""
    context.invoke(seed)
    children = [_start(command) for command in _commands(port)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
    _print_sign_ins(port)
    try:
        _wait(children)
    except KeyboardInterrupt:
        click.echo("正在结束……")
    finally:
        _end(children)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a child as the head of a group of its own, so that Ctrl-C reaches it through us alone."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own commands


def _refuse_outside_demo() -> Settings:
    settings: Settings = current_app.config["PAIRING"]
    if not settings.demo:
        raise click.ClickException("只有演示环境(PAIRING_DEMO=1)才能生成演示数据")
    return settings


def _commands(port: int) -> list[list[str]]:
    settings = _refuse_outside_demo()
    mailbox = Path(settings.mailbox_dir)
    mailbox.parent.mkdir(parents=True, exist_ok=True)
    python = [sys.executable, "-m"]
    mail = ["-n", "-l", f"127.0.0.1:{MAIL_PORT}", "-c", "aiosmtpd.handlers.Mailbox", str(mailbox)]
    web = ["wsgi:app", "-b", f"127.0.0.1:{port}", *WORKERS, "--no-control-socket", "--log-level", "warning"]
    return [
        [*python, "aiosmtpd", *mail],
        [*python, "flask", "--app", "wsgi", "scheduler"],
        [*python, "gunicorn", *web],
    ]


def _print_sign_ins(port: int) -> None:
    click.echo(f"\n结对帮扶平台(演示数据,纯属虚构)  http://127.0.0.1:{port}\n密码都是 {PASSWORD}")
    click.echo("工作人员和审计员登录时还要验证码;演示里手机是虚构的,验证码就显示在页面上\n")
    for name, words in SIGN_INS:
        click.echo(f"  {name:<10} {words}")
    click.echo("\nCtrl-C 结束")


def _wait(children: list[subprocess.Popen[bytes]]) -> None:
    """Stay until a child ends; then all must end, since each is needed."""
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    raise click.ClickException("有一个进程意外结束,演示已停止")


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """End every child; a second signal must not leave one behind."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # with its own workers
