"""A mail server on the loopback that keeps every letter it has said yes to."""

import re
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy


class Letters:
    """What was taken: the recipient, the first notice in it, the addresses of what it tells."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.taken: list[bytes] = []
        self.port = 0

    def take(self, letter: bytes) -> None:
        with self.lock:
            self.taken.append(letter)

    def firsts(self) -> Counter[str]:
        """How often each notice stands first in a letter: Message-ID names it."""
        return Counter(match[1].decode() for letter in self.taken for match in re.finditer(rb"<notice-(\d+)-", letter))

    def told(self) -> Counter[tuple[str, str]]:
        """(address of the person, path of what is told) → in how many letters."""
        return Counter(pair for letter in self.taken for pair in _pairs(letter))


def _pairs(letter: bytes) -> set[tuple[str, str]]:
    message = message_from_bytes(letter, policy=policy.default)
    part = message.get_body(("plain",))
    text = part.get_content() if part else ""
    paths = re.findall(r"https://[^/\s]+/\w\w(/forum/(?:posts|decisions)/\d+/)", text)
    return {(str(message["To"]), path) for path in paths}


class _Session(socketserver.StreamRequestHandler):
    """As much of SMTP as a letter needs. Only what was wholly received is taken."""

    def handle(self) -> None:
        self._say("220 soak")
        for line in self.rfile:
            word = line[:4].strip().upper()
            if word == b"DATA":
                self._take()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        self._say("354 go on")
        lines: list[bytes] = []
        for line in self.rfile:
            if line.rstrip(b"\r\n") == b".":
                self.server.letters.take(b"".join(lines))  # type: ignore[attr-defined]
                self._say("250 taken")
                return
            lines.append(line)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    letters: Letters

    def handle_error(self, request: object, client_address: object) -> None:
        """A worker that was killed in the middle of a letter."""


@contextmanager
def mail_server() -> Iterator[Letters]:
    letters = Letters()
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.letters, letters.port = letters, server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield letters
        finally:
            server.shutdown()
