"""A local store with one shop, a client that asks it, and pictures to show it."""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from PIL import Image

from shopify_bot.devstore import DevStore, Shop

DOMAIN, TOKEN, SECRET = "demo.myshopify.com", "shpat_test", "the secret of the tests"
SHIRTS, JEANS = "gid://shopify/TaxonomyCategory/aa-1-13-7", "gid://shopify/TaxonomyCategory/aa-1-12-4"


@dataclass(frozen=True)
class Client:
    """Asks the Admin API with one token."""

    origin: str
    token: str = TOKEN
    version: str = "2026-10"

    def post(self, operation: str, /, **variables: Any) -> requests.Response:
        return requests.post(
            f"{self.origin}/admin/api/{self.version}/graphql.json",
            json={"query": operation, "variables": variables},
            headers={"X-Shopify-Access-Token": self.token},
            timeout=10,
        )

    def data(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        body = self.post(operation, **variables).json()
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data

    def errors(self, operation: str, /, **variables: Any) -> list[dict[str, Any]]:
        response = self.post(operation, **variables)
        assert response.status_code == 200
        errors: list[dict[str, Any]] = response.json()["errors"]
        return errors


@pytest.fixture
def store() -> Iterator[DevStore]:
    with DevStore(api_secret=SECRET, job_seconds=0.0) as store:
        yield store


@pytest.fixture
def shop(store: DevStore) -> Shop:
    return store.add_shop(DOMAIN, TOKEN, plan="enterprise")


@pytest.fixture
def client(store: DevStore, shop: Shop) -> Client:
    return Client(store.origin)


@pytest.fixture
def product(shop: Shop) -> str:
    return shop.create_product("Blue Shirt", picture(), vendor="Acme", truth="Shirts")


def picture(size: tuple[int, int] = (600, 800), kind: str = "JPEG", colour: str = "navy") -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def wait_until(holds: Callable[[], bool], timeout_s: float = 5.0) -> None:
    """Wait until something holds; fails when it takes longer."""
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
