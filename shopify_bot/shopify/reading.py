"""Reading an HTTP answer whole, under a cap of bytes and under one deadline for headers and body together.

A socket's own time-out begins anew with every byte, so a server that drips could hold us for hours. Here
the read time-out of a request is for its whole answer.
"""

import io
import logging
import socket
import time
from http.client import HTTPResponse
from typing import Any, ClassVar

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection

from shopify_bot.shopify.errors import TooBig

logging.getLogger("urllib3.connection").setLevel(logging.ERROR)
"""Its warnings quote headers that it cannot read, and a server may say back what we sent."""

CHUNK = 65536


def within(total_s: float, connect_s: float) -> Any:
    """A request's `timeout`: so many seconds to connect, and so many for everything, headers and body too."""
    return Timeout(total=total_s, connect=connect_s)


def read_whole(answer: requests.Response, max_bytes: int) -> bytes:
    """The decoded body. Raises TooBig, and urllib3's HTTPError when it breaks off or takes too long."""
    body = bytearray()
    while chunk := answer.raw.read1(CHUNK, decode_content=True):  # what is there, without waiting for more
        body += chunk
        if len(body) > max_bytes:
            raise TooBig(f"The answer is larger than {max_bytes:,} bytes.")
    return bytes(body)


class TimedReader(io.RawIOBase):
    """Reads from a socket until a moment of the monotonic clock; after it every read times out."""

    def __init__(self, sock: socket.socket, until: float | None) -> None:
        self.sock, self.until = sock, until
        self.raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """It reads, and does nothing else."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what is there into `buffer`. Raises TimeoutError at the deadline."""
        if self.until is not None:
            left_s = self.until - time.monotonic()
            if left_s <= 0:
                raise TimeoutError("The answer took too long.")
            self.sock.settimeout(left_s)
        return self.raw.readinto(buffer)

    def close(self) -> None:
        """Let go of the socket."""
        self.raw.close()
        super().close()


class TimedSocket:
    """What `http.client` wants of a socket to read an answer from."""

    def __init__(self, sock: socket.socket, timeout_s: float | None) -> None:
        self.sock = sock
        self.until = None if timeout_s is None else time.monotonic() + timeout_s

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The timed stream of the answer's bytes."""
        return io.BufferedReader(TimedReader(self.sock, self.until))


class TimedHTTPConnection(HTTPConnection):
    def response_class(self, sock: socket.socket, **options: Any) -> HTTPResponse:  # type: ignore[override]
        return HTTPResponse(TimedSocket(sock, self.timeout), **options)  # type: ignore[arg-type]


class TimedHTTPSConnection(HTTPSConnection):
    def response_class(self, sock: socket.socket, **options: Any) -> HTTPResponse:  # type: ignore[override]
        return HTTPResponse(TimedSocket(sock, self.timeout), **options)  # type: ignore[arg-type]


class TimedHTTPPool(HTTPConnectionPool):
    ConnectionCls = TimedHTTPConnection


class TimedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = TimedHTTPSConnection


class Timed(HTTPAdapter):
    """Connects so that a request's read time-out is for its whole answer, and its total one for all of it."""

    pools: ClassVar[dict[str, Any]] = {"http": TimedHTTPPool, "https": TimedHTTPSPool}

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self.pools
