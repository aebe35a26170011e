"""Fetching pictures: allowed hosts only, the address checked once connected, caps on size and time."""

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from shopify_bot.shopify.errors import PictureForbidden, PictureNotReady, PictureTooBig
from shopify_bot.shopify.pictures import PictureFetcher, PictureRules, is_public


class Host(BaseHTTPRequestHandler):
    """Serves a picture, a big one, a slow one, one whose headers drip, and a redirect."""

    def do_GET(self) -> None:
        if self.path == "/dripping":
            self.drip(b"HTTP/1.1 200 OK\r\nX-Drop: " + b"x" * 40)
            return
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/secret")
            self.end_headers()
            return
        self.send_response(404 if self.path == "/absent" else 200)
        self.end_headers()
        if self.path == "/slow":
            self.drip(b"x" * 50)
        else:
            self.wfile.write(b"x" * (200_000 if self.path == "/big" else 10))

    def drip(self, data: bytes) -> None:
        """Send byte by byte, each well within a socket's time-out."""
        with contextlib.suppress(OSError):
            for byte in data:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                threading.Event().wait(0.1)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


Fetch = Callable[..., bytes]


@pytest.fixture
def fetch(host: str) -> Fetch:
    def get(path: str, local: bool = True, hosts: tuple[str, ...] = (), scheme: str = "http") -> bytes:
        allowed = frozenset(hosts or (host,))
        rules = PictureRules(allowed, allowed if local else frozenset(), 100_000, 0.5)
        return PictureFetcher(rules).fetch(path if "://" in path else f"{scheme}://{host}{path}")

    return get


def test_an_allowed_host_is_fetched_from(fetch: Fetch) -> None:
    assert fetch("/a.jpg") == b"x" * 10


@pytest.mark.parametrize(
    "url", ["http://example.com/a.jpg", "http://user@cdn.shopify.com/a", "file:///etc/passwd", "https:///a"]
)
def test_other_hosts_are_refused(fetch: Fetch, url: str) -> None:
    with pytest.raises(PictureForbidden):
        fetch(url)


def test_plain_http_is_for_this_machine_alone(fetch: Fetch) -> None:
    with pytest.raises(PictureForbidden, match="https"):
        fetch("/a.jpg", local=False)


def test_a_name_that_leads_inside_is_refused_at_the_connection(
    fetch: Fetch, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is allowed and public by its spelling; what it resolves to is not."""
    real, port = socket.getaddrinfo, int(host.rpartition(":")[2])

    def resolve(name: str, *rest: object, **more: object) -> object:
        return real("127.0.0.1" if name == "cdn.shopify.com" else name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    name = f"cdn.shopify.com:{port}"
    with pytest.raises(PictureForbidden, match="private network"):
        fetch(f"https://{name}/a.jpg", local=False, hosts=(name,))


def test_a_redirect_is_not_followed(fetch: Fetch) -> None:
    with pytest.raises(PictureNotReady, match="302"):
        fetch("/moved")


def test_the_caps(fetch: Fetch) -> None:
    with pytest.raises(PictureTooBig):
        fetch("/big")


@pytest.mark.parametrize("path", ["/slow", "/dripping"])
def test_a_host_that_drips_is_left(fetch: Fetch, path: str) -> None:
    with pytest.raises(PictureNotReady, match=r"within 0\.5 s"):
        fetch(path)


def test_an_absent_picture_is_not_ready(fetch: Fetch) -> None:
    with pytest.raises(PictureNotReady, match="404"):
        fetch("/absent")


def test_which_addresses_are_of_the_internet() -> None:
    private = (
        "0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 168.63.129.16 169.254.169.254 172.16.0.1 "
        "192.0.0.192 192.88.99.1 192.168.0.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 "
        "::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::7f00:1 "
        "100::1 2001::1 2001:db8::1 2002:7f00:1:: 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1"
    )
    for address in private.split():
        assert not is_public(ipaddress.ip_address(address)), address
    for address in ("8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001:81b::200e"):
        assert is_public(ipaddress.ip_address(address)), address
