"""A small clamd: it knows one bad word, and answers as it is told to."""

import socket
import struct
import threading
from contextlib import closing, contextmanager

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


@contextmanager
def scanner(say=None, family=socket.AF_INET, address=("127.0.0.1", 0)):
    """Listen as long as the block runs; give the address as the setting spells it."""
    with closing(socket.socket(family, socket.SOCK_STREAM)) as listening:
        listening.bind(address)
        listening.listen()
        worker = threading.Thread(target=_serve, args=(listening, say), daemon=True)
        worker.start()
        name = listening.getsockname()
        yield f"unix:{name}" if isinstance(name, str) else f"{name[0]}:{name[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        worker.join()


def _serve(listening, say):
    while True:
        try:
            caller, _address = listening.accept()
        except OSError:
            return
        with closing(caller), caller.makefile("rb") as heard:
            known = _answer(heard)
            caller.sendall(known if say is None else say)


def _answer(heard):
    """Take the file in pieces, as INSTREAM sends it."""
    if heard.read(10) != b"zINSTREAM\0":
        return b"UNKNOWN COMMAND\0"
    content = b""
    while size := struct.unpack("!L", heard.read(4))[0]:
        content += heard.read(size)
    return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
