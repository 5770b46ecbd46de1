"""Asking the virus scanner, where the office has one: clamd, by its INSTREAM command."""

import re
import socket
import struct
from contextlib import closing

from pairing.files.rules.refusals import FileRefused, Infected, refuse
from pairing.logs import say

SECONDS = 5.0
PIECE = 2**16
LONGEST_ANSWER = 4096
FOUND = re.compile(r"stream: (.{1,100}) FOUND")
_address = ""


def configure(address: str) -> None:
    """Set where clamd listens: ``unix:/path``, ``host:port``, or "" for none."""
    global _address
    _address = address


def refuse_infected(data: bytes) -> None:
    """Raise Infected if the scanner knows the file, FileRefused if it does not answer."""
    if not _address:
        return
    try:
        _judge(_ask(data))
    except FileRefused as refused:
        say("scan_refused", reason=refused.code)
        raise


def _judge(answer: str) -> None:
    if found := FOUND.fullmatch(answer):
        raise Infected(found[1])
    if answer != "stream: OK":
        raise refuse("no_scanner")


def _ask(data: bytes) -> str:
    try:
        with closing(_connect()) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                scanner.sendall(struct.pack("!L", len(piece)) + piece)
            scanner.sendall(struct.pack("!L", 0))
            return _read(scanner)
    except OSError as error:
        raise refuse("no_scanner") from error


def _connect() -> socket.socket:
    if not _address.startswith("unix:"):
        host, _colon, port = _address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), SECONDS)
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    scanner.settimeout(SECONDS)
    try:
        scanner.connect(_address.removeprefix("unix:"))
    except OSError:
        scanner.close()
        raise
    return scanner


def _read(scanner: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = scanner.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
