"""Fetching a picture: allowed hosts only, the address checked once connected, with caps on size and time."""

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from shopify_bot.shopify.errors import PictureForbidden, PictureNotReady, PictureTooBig

CHUNK = 65536
CONNECT_S = 5.0


@dataclass(frozen=True)
class PictureRules:
    """Where pictures may come from (`host` or `host:port`), and their caps in bytes and seconds.

    `local_hosts` are those of `hosts` that are this machine itself, and may speak plain http.
    """

    hosts: frozenset[str]
    local_hosts: frozenset[str]
    max_bytes: int
    timeout_s: float


class ForbiddenAddress(HTTPError):
    """The name led to an address inside the network."""


def refuse_private(sock: socket.socket) -> socket.socket:
    """Check the address that was really connected to: a second look-up could give another one."""
    address = ipaddress.ip_address(sock.getpeername()[0].split("%")[0])
    if not address.is_global or address.is_multicast:
        sock.close()
        raise ForbiddenAddress(f"{address} is not a public address")
    return sock


class PublicHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return refuse_private(super()._new_conn())


class PublicHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return refuse_private(super()._new_conn())


class PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = PublicHTTPConnection


class PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = PublicHTTPSConnection


class PublicOnly(HTTPAdapter):
    """Connects to public addresses only."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": PublicHTTPPool, "https": PublicHTTPSPool}


class PictureFetcher:
    """Downloads pictures under one set of rules; may be used from several threads."""

    def __init__(self, rules: PictureRules) -> None:
        self.rules = rules
        self.http = requests.Session()
        self.http.trust_env = False
        for scheme in ("http://", "https://"):
            self.http.mount(scheme, PublicOnly(pool_maxsize=32))
        for host in rules.local_hosts:
            self.http.mount(f"http://{host}/", HTTPAdapter(pool_maxsize=32))

    def fetch(self, url: str) -> bytes:
        """The picture's bytes. Raises PictureForbidden, PictureTooBig, PictureNotReady."""
        self.check(url)
        deadline = time.monotonic() + self.rules.timeout_s
        try:
            with self.http.get(
                url, stream=True, allow_redirects=False, timeout=(CONNECT_S, self.rules.timeout_s)
            ) as answer:
                if answer.status_code != 200:
                    raise PictureNotReady(
                        f"The store answered the picture's address with {answer.status_code}."
                    )
                return self.read(answer, deadline)
        except (requests.RequestException, HTTPError) as error:
            if "ForbiddenAddress" in repr(error) or "not a public address" in str(error):
                raise PictureForbidden(f"The picture's host leads into a private network: {url}") from error
            raise PictureNotReady(f"The picture could not be fetched ({type(error).__name__}).") from error

    def check(self, url: str) -> None:
        """Raise PictureForbidden unless host and scheme are allowed."""
        parts = urlsplit(url)
        if parts.netloc.lower() not in self.rules.hosts or "@" in parts.netloc:
            raise PictureForbidden(
                f"The picture's host {parts.netloc!r} is not allowed. If it is yours, add it to "
                "SHOPIFY_BOT_IMAGE_HOSTS."
            )
        if parts.scheme != "https" and parts.netloc.lower() not in self.rules.local_hosts:
            raise PictureForbidden(f"A picture must come over https: {url}")

    def read(self, answer: requests.Response, deadline: float) -> bytes:
        """The body, under the caps."""
        body = bytearray()
        while chunk := answer.raw.read1(
            CHUNK, decode_content=True
        ):  # what is there, without waiting for more
            body += chunk
            if len(body) > self.rules.max_bytes:
                raise PictureTooBig(f"The picture is larger than {self.rules.max_bytes:,} bytes.")
            if time.monotonic() > deadline:
                raise PictureNotReady(f"The picture took longer than {self.rules.timeout_s:.0f} s.")
        return bytes(body)
