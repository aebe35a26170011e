"""Fetching a picture: allowed hosts only, the address checked once connected, with caps on size and time."""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

import requests
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from shopify_bot.shopify.errors import PictureForbidden, PictureNotReady, PictureTooBig, TooBig
from shopify_bot.shopify.reading import Timed, TimedHTTPConnection, TimedHTTPSConnection, read_whole, within

CONNECT_S = 5.0

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
OF_THE_INTERNET = ipaddress.ip_network("2000::/3")
"""All IPv6 addresses given out so far; others carry an IPv4 address or are for use within a network."""
WITHIN = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))
"""Addresses that are public by the books, and lead to a gateway or to the machines of a cloud."""


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


def is_public(address: IPAddress) -> bool:
    """Whether an address is of the internet; one that carries an IPv4 address is taken for private."""
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in WITHIN)
    return address in OF_THE_INTERNET and not (address.sixtofour or address.teredo)


def refuse_private(sock: socket.socket) -> socket.socket:
    """Check the address that was really connected to: a second look-up could give another one."""
    address = ipaddress.ip_address(sock.getpeername()[0].split("%")[0])
    if not is_public(address):
        sock.close()
        raise ForbiddenAddress(f"{address} is not a public address")
    return sock


class PublicHTTPConnection(TimedHTTPConnection):
    def _new_conn(self) -> socket.socket:
        return refuse_private(super()._new_conn())


class PublicHTTPSConnection(TimedHTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return refuse_private(super()._new_conn())


class PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = PublicHTTPConnection


class PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = PublicHTTPSConnection


class PublicOnly(Timed):
    """Connects to public addresses only."""

    pools: ClassVar[dict[str, Any]] = {"http": PublicHTTPPool, "https": PublicHTTPSPool}


class PictureFetcher:
    """Downloads pictures under one set of rules; may be used from several threads."""

    def __init__(self, rules: PictureRules) -> None:
        self.rules = rules
        self.http = requests.Session()
        self.http.trust_env = False
        for scheme in ("http://", "https://"):
            self.http.mount(scheme, PublicOnly(pool_maxsize=32))
        for host in rules.local_hosts:
            self.http.mount(f"http://{host}/", Timed(pool_maxsize=32))

    def fetch(self, url: str) -> bytes:
        """The picture's bytes. Raises PictureForbidden, PictureTooBig, PictureNotReady."""
        self.check(url)
        timeout = within(self.rules.timeout_s, CONNECT_S)
        try:
            with self.http.get(url, stream=True, allow_redirects=False, timeout=timeout) as answer:
                if answer.status_code != 200:
                    raise PictureNotReady(
                        f"The store answered the picture's address with {answer.status_code}."
                    )
                return read_whole(answer, self.rules.max_bytes)
        except TooBig as error:
            raise PictureTooBig(f"The picture is larger than {self.rules.max_bytes:,} bytes.") from error
        except (requests.RequestException, HTTPError) as error:
            if "ForbiddenAddress" in repr(error) or "not a public address" in str(error):
                raise PictureForbidden(f"The picture's host leads into a private network: {url}") from error
            limit_s, kind = self.rules.timeout_s, type(error).__name__
            raise PictureNotReady(f"The picture did not come within {limit_s:g} s ({kind}).") from error

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
