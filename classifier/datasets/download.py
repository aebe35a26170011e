"""Pictures by URL, kept in a folder so that a second run asks nobody; a broken link is never fatal."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from classifier.datasets.parallel import in_order
from classifier.errors import CacheUnusable, PictureError
from classifier.images import decode

CHUNK = 65536
CONNECT_S = 5
PROBE_SIZE = 8
PASSING = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Limits:
    """What one picture may cost; `seconds` is for one try as a whole, however slowly it drips in."""

    bytes: int = 30_000_000
    seconds: float = 20.0
    retries: int = 2
    pause_s: float = 0.5
    threads: int = 8


@dataclass(frozen=True)
class Downloads:
    """The file of each URL that led to a picture, and why each other one did not."""

    files: Mapping[str, Path]
    broken: Mapping[str, str]


class _Broken(Exception):
    """Nothing usable came from the URL; the message says why."""


def download(urls: Iterable[str], cache: Path, limits: Limits | None = None) -> Downloads:
    """Fetch what `cache` does not hold yet; what does not decode as a picture is broken and not kept.

    Raises CacheUnusable when the folder cannot be written.
    """
    limits = limits or Limits()
    wanted = list(dict.fromkeys(urls))
    files = {url: cache / hashlib.sha256(url.encode()).hexdigest() for url in wanted}
    missing = [url for url in wanted if not files[url].is_file()]
    broken: dict[str, str] = {}
    if missing:
        _make(cache)
        fetcher = _Fetcher(limits)
        reasons = in_order(
            lambda url: fetcher.store(url, files[url]), missing, limits.threads, "downloading", "picture"
        )
        broken = {url: reason for url, reason in zip(missing, reasons, strict=True) if reason}
    return Downloads({url: file for url, file in files.items() if url not in broken}, broken)


class _Fetcher:
    """Downloads pictures under one set of limits; may be used from several threads."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.http = requests.Session()
        self.http.max_redirects = 5
        retry = Retry(
            limits.retries,
            status_forcelist=PASSING,
            backoff_factor=limits.pause_s,
            respect_retry_after_header=False,  # a server may ask for a day
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self.http.mount(scheme, HTTPAdapter(pool_maxsize=limits.threads, max_retries=retry))

    def store(self, url: str, file: Path) -> str:
        """Put the picture at `url` into `file`; return why it could not be done, or nothing."""
        try:
            data = self._whole(url)
            decode(data, PROBE_SIZE)
        except (_Broken, PictureError) as error:
            return str(error)
        _write(file, data)
        return ""

    def _whole(self, url: str) -> bytes:
        """The body; a connection that breaks inside it is tried again, which urllib3 does not do."""
        for attempt in range(self.limits.retries + 1):
            if attempt:
                time.sleep(self.limits.pause_s)
            try:
                return self._body(url)
            except HTTPError as error:
                reason = type(error).__name__
        raise _Broken(f"the connection broke ({reason})")

    def _body(self, url: str) -> bytes:
        deadline = time.monotonic() + self.limits.seconds
        try:
            with self.http.get(url, stream=True, timeout=(CONNECT_S, self.limits.seconds)) as answer:
                if answer.status_code != 200:
                    raise _Broken(f"the server answered {answer.status_code} {answer.reason}")
                return self._read(answer, deadline)
        except (requests.RequestException, ValueError) as error:
            raise _Broken(f"no answer ({type(error).__name__})") from error

    def _read(self, answer: requests.Response, deadline: float) -> bytes:
        body = bytearray()
        while chunk := answer.raw.read1(CHUNK, decode_content=True):  # what is there, without waiting
            body += chunk
            if len(body) > self.limits.bytes:
                raise _Broken(f"the picture is larger than {self.limits.bytes:,} bytes")
            if time.monotonic() > deadline:
                raise _Broken(f"the picture took longer than {self.limits.seconds:g} s")
        return bytes(body)


def _make(cache: Path) -> None:
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(cache, error) from error


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all: a file that stands is taken for a picture ever after."""
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as part:
            part.write(data)
        os.replace(part.name, file)
    except OSError as error:
        raise _unusable(file.parent, error) from error


def _unusable(cache: Path, error: OSError) -> CacheUnusable:
    return CacheUnusable(
        f"{cache} cannot keep downloaded pictures ({error.strerror}); choose another folder."
    )
