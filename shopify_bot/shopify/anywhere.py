"""Fetching a picture from any public address that a person pasted.

Redirects are followed by hand, so that each step is checked like the first: the scheme, what the name
resolves to, and the address that was really connected to. One deadline holds for all of them.
"""

import ipaddress
import socket
import time
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

import requests
from requests.exceptions import InvalidSchema, InvalidURL, MissingSchema
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError

from shopify_bot.shopify.errors import PictureForbidden, PictureNotReady, PictureTooBig, TooBig
from shopify_bot.shopify.pictures import (
    ForbiddenAddress,
    PublicHTTPConnection,
    PublicHTTPSConnection,
    PublicOnly,
    is_public,
)
from shopify_bot.shopify.reading import Timed, read_whole, within

MOST_REDIRECTS = 3
LONGEST_ADDRESS = 2000
CONNECT_S = 3.0
NO_ADDRESS = "This is not the address of a picture. It looks like https://example.com/shirt.jpg."
MOVED = frozenset({301, 302, 303, 307, 308})


def refuse_private_name(host: str, port: int) -> None:
    """Raise ForbiddenAddress if the name leads inside: whether a port is open there is not to be told."""
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not is_public(ipaddress.ip_address(str(address[0]).split("%")[0])):
            raise ForbiddenAddress(f"{host} is not a public address")


class CarefulHTTPConnection(PublicHTTPConnection):
    def _new_conn(self) -> socket.socket:
        refuse_private_name(self._dns_host, self.port)
        return super()._new_conn()


class CarefulHTTPSConnection(PublicHTTPSConnection):
    def _new_conn(self) -> socket.socket:
        refuse_private_name(self._dns_host, self.port)
        return super()._new_conn()


class CarefulHTTPPool(HTTPConnectionPool):
    ConnectionCls = CarefulHTTPConnection


class CarefulHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = CarefulHTTPSConnection


class Careful(PublicOnly):
    """Looks at what a name resolves to before it connects, and at the connection afterwards."""

    pools: ClassVar[dict[str, Any]] = {"http": CarefulHTTPPool, "https": CarefulHTTPSPool}


class AnywhereFetcher:
    """Downloads pictures from public addresses, and from `local_hosts`, which are this machine itself."""

    def __init__(self, max_bytes: int, timeout_s: float, local_hosts: frozenset[str] = frozenset()) -> None:
        self.max_bytes, self.timeout_s, self.local_hosts = max_bytes, timeout_s, local_hosts

    def fetch(self, address: str) -> bytes:
        """The bytes at the address. Raises PictureForbidden, PictureTooBig, PictureNotReady."""
        until = time.monotonic() + self.timeout_s
        try:
            with self.session() as http:
                return self.follow(http, address, until)
        except TooBig as error:
            raise PictureTooBig(f"The picture is larger than {self.max_bytes:,} bytes.") from error
        except (InvalidURL, InvalidSchema, MissingSchema, UnicodeError) as error:
            raise PictureForbidden(NO_ADDRESS) from error
        except (requests.RequestException, HTTPError, OSError) as error:
            if "ForbiddenAddress" in repr(error) or "not a public address" in str(error):
                raise PictureForbidden("The address leads into a private network.") from error
            limit_s, kind = self.timeout_s, type(error).__name__
            raise PictureNotReady(f"No picture came within {limit_s:g} s ({kind}).") from error

    def session(self) -> requests.Session:
        """A session of its own for each picture: no cookie and no connection is kept."""
        http = requests.Session()
        http.trust_env = False
        for scheme in ("http://", "https://"):
            http.mount(scheme, Careful(pool_maxsize=1))
        for host in self.local_hosts:
            http.mount(f"http://{host}/", Timed(pool_maxsize=1))
        return http

    def follow(self, http: requests.Session, address: str, until: float) -> bytes:
        """Ask, and ask again where it moved to, until a moment of the monotonic clock."""
        for _ in range(MOST_REDIRECTS + 1):
            checked(address)
            timeout = within(max(0.01, until - time.monotonic()), CONNECT_S)
            with http.get(address, stream=True, allow_redirects=False, timeout=timeout) as answer:
                onward = answer.headers.get("Location")
                if answer.status_code in MOVED and onward:
                    address = urljoin(address, onward)
                    continue
                if answer.status_code != 200:
                    raise PictureNotReady(f"The address answered with {answer.status_code}.")
                return read_whole(answer, self.max_bytes)
        raise PictureNotReady(f"The address led on more than {MOST_REDIRECTS} times.")


def checked(address: str) -> None:
    """Raise PictureForbidden unless it is a plain http or https address."""
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.port != 0
    except (ValueError, LocationParseError):
        named = False
    if not named or len(address) > LONGEST_ADDRESS or not address.isprintable():
        raise PictureForbidden(NO_ADDRESS)
    if parts.scheme not in ("http", "https"):
        raise PictureForbidden("The address must begin with http:// or https://.")
    if "@" in parts.netloc:
        raise PictureForbidden("The address must hold no name and no password.")
