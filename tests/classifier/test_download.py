"""Downloads from a real server on this machine."""

import csv
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from classifier.datasets.download import Limits, download
from classifier.datasets.layouts import read_folders
from classifier.errors import CacheUnusable
from classifier.images import decode

from .drawing import draw_shape, jpeg
from .test_datasets_layouts import write_csv

PICTURE = jpeg(draw_shape("Ties", random.Random(1)))
QUICK = Limits(bytes=100_000, seconds=0.5, retries=2, pause_s=0.01, threads=4)


class Shop(BaseHTTPRequestHandler):
    """Answers by the path; `asked` counts the requests of each."""

    asked: Counter[str]

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        name = self.path.strip("/").split("?")[0]
        getattr(self, name.split(".")[0], self.picture)()

    def picture(self, status: int = 200, body: bytes = PICTURE, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def gone(self) -> None:
        self.picture(404, b"gone")

    def page(self) -> None:
        self.picture(200, b"<!DOCTYPE html><html>Please log in</html>")

    def busy(self) -> None:
        self.picture(503 if self.asked[self.path] < 3 else 200)

    def down(self) -> None:
        self.picture(500, b"")

    def cut(self) -> None:
        half = self.asked[self.path] < 2
        self.picture(body=PICTURE[: len(PICTURE) // 2] if half else PICTURE, length=len(PICTURE))

    def truncated(self) -> None:
        self.picture(body=PICTURE[: len(PICTURE) // 2])

    def moved(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/elsewhere.jpg")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def loop(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def big(self) -> None:
        self.picture(body=PICTURE + b"\0" * 200_000)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for byte in PICTURE[:20]:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def asked() -> Counter[str]:
    return Counter()


@pytest.fixture
def shop(asked: Counter[str]) -> Iterator[str]:
    handler = type("CountingShop", (Shop,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_pictures_are_kept_and_not_asked_for_again(tmp_path: Path, shop: str, asked: Counter[str]):
    urls = [f"{shop}/{number}.jpg?v=1" for number in range(20)]
    first = download(urls + urls, tmp_path / "new" / "cache", QUICK)
    assert first.broken == {}
    assert {file.read_bytes() for file in first.files.values()} == {PICTURE}
    assert len(set(first.files.values())) == 20
    assert asked.total() == 20
    assert download(urls, tmp_path / "new" / "cache", QUICK) == first
    assert asked.total() == 20


@pytest.mark.parametrize(("name", "requests"), [("busy", 3), ("cut", 2), ("moved", 1)])
def test_what_passes_is_tried_again(tmp_path: Path, shop: str, asked: Counter[str], name: str, requests: int):
    downloads = download([f"{shop}/{name}"], tmp_path, QUICK)
    assert downloads.broken == {}
    assert downloads.files[f"{shop}/{name}"].read_bytes() == PICTURE
    assert asked[f"/{name}"] == requests


@pytest.mark.parametrize(
    ("name", "reason", "requests"),
    [
        ("gone", "404", 1),
        ("down", "500", 3),
        ("page", "web page", 1),
        ("truncated", "damaged", 1),
        ("big", "larger than 100,000 bytes", 1),
        ("drip", "longer than 0.5 s", 1),
        ("loop", "TooManyRedirects", 6),
    ],
)
def test_a_broken_link_is_named_with_its_reason_and_not_kept(
    tmp_path: Path, shop: str, asked: Counter[str], name: str, reason: str, requests: int
):
    downloads = download([f"{shop}/{name}", f"{shop}/good.jpg"], tmp_path, QUICK)
    assert list(downloads.files) == [f"{shop}/good.jpg"]
    assert reason in downloads.broken[f"{shop}/{name}"]
    assert asked[f"/{name}"] == requests
    assert list(tmp_path.iterdir()) == list(downloads.files.values())


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/closed.jpg",
        "http:///none.jpg",
        "http://[::1/x.jpg",
        "http://-.-/x",
        "http://a" + "b" * 80 + ".invalid/x",
        "file:///etc/hostname",
    ],
)
def test_an_address_that_leads_nowhere_is_broken(tmp_path: Path, url: str):
    assert "no answer" in download([url], tmp_path, QUICK).broken[url]


def test_a_cache_that_cannot_be_written_is_refused(tmp_path: Path, shop: str):
    (tmp_path / "file").touch()
    with pytest.raises(CacheUnusable, match="choose another folder"):
        download([f"{shop}/1.jpg"], tmp_path / "file" / "cache", QUICK)


def test_a_table_with_urls(tmp_path: Path, shop: str, asked: Counter[str], caplog: pytest.LogCaptureFixture):
    table = write_csv(
        tmp_path / "corrections.csv",
        ("id", "picture", "title", "label"),
        ("1", f"{shop}/1.jpg", "A tie", "Ties"),
        ("2", f"{shop}/gone", "Gone", "Ties"),
        ("3", f"{shop}/1.jpg", "The same", "Ties"),
    )
    examples = read_folders([table])
    assert [example.id for example in examples] == ["1", "3"]
    cache = tmp_path / "corrections-pictures"
    for example in examples:
        assert example.picture is not None
        assert example.picture.parent == cache
        assert decode(example.picture.read_bytes(), 32).shape == (32, 32, 3)
    assert f"1 links broken: {shop}/gone (the server answered 404 Not Found)" in caplog.text
    with (cache / "corrections-broken-links.csv").open(newline="") as report:
        assert list(csv.reader(report)) == [
            ["url", "reason"],
            [f"{shop}/gone", "the server answered 404 Not Found"],
        ]
    assert read_folders([tmp_path]) == examples
    assert asked["/1.jpg"] == 1


def test_the_report_goes_when_nothing_is_broken_any_more(tmp_path: Path, shop: str):
    cache, table = tmp_path / "cache", tmp_path / "products.csv"
    header = ("picture", "title", "label")
    write_csv(table, header, (f"{shop}/gone", "A tie", "Ties"))
    assert read_folders([table], cache=cache) == ()
    assert (cache / "products-broken-links.csv").is_file()
    write_csv(table, header, (f"{shop}/1.jpg", "A tie", "Ties"))
    assert len(read_folders([table], cache=cache)) == 1
    assert not (cache / "products-broken-links.csv").exists()


def test_a_path_that_exists_saves_the_download(tmp_path: Path, shop: str, asked: Counter[str]):
    (tmp_path / "a.jpg").write_bytes(PICTURE)
    header = ("path", "url", "label")
    write_csv(
        tmp_path / "p.csv",
        header,
        ("a.jpg", f"{shop}/1.jpg", "Ties"),
        ("b.jpg", f"{shop}/2.jpg", "Ties"),
    )
    assert len(read_folders([tmp_path])) == 2
    assert asked == {"/2.jpg": 1}
