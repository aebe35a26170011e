"""Pictures: there is none before READY, and small copies come from the addresses that the API gives."""

import io
from typing import Any

import pytest
import requests
from PIL import Image

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.conftest import DOMAIN, TOKEN, Client, picture, wait_until
from tests.devstore.operations import MEDIA


def nodes(client: Client, product: str, pixels: int = 448) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.data(MEDIA, id=product, pixels=pixels)["product"]["media"]["nodes"]
    return found


def test_ready_picture_and_its_small_copy(client: Client, product: str) -> None:
    (media,) = nodes(client, product)
    assert media["status"] == "READY"
    assert (media["image"]["width"], media["image"]["height"]) == (600, 800)
    original = requests.get(media["image"]["url"], timeout=5)
    assert Image.open(io.BytesIO(original.content)).size == (600, 800)
    small = requests.get(media["image"]["small"], timeout=5)
    assert small.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(small.content)).size == (336, 448)


def test_copies_are_never_enlarged(client: Client, shop: Shop) -> None:
    product = shop.create_product("Tiny", picture((60, 80), "PNG"))
    (media,) = nodes(client, product)
    small = Image.open(io.BytesIO(requests.get(media["image"]["small"], timeout=5).content))
    assert (small.size, small.format) == ((60, 80), "JPEG")


def test_changed_address_is_forbidden(client: Client, product: str) -> None:
    (media,) = nodes(client, product)
    assert requests.get(media["image"]["small"].replace("448", "4480"), timeout=5).status_code == 403


def test_late_picture_is_processed_first(client: Client, shop: Shop) -> None:
    product = shop.create_product("Late", picture(), late_seconds=60)
    (media,) = shop.product(product).media
    address = f"{client.origin}/cdn/shop/files/{media.file_name}"
    for earlier, status in ((0, "UPLOADED"), (30, "PROCESSING"), (31, "READY")):
        media.uploaded_at -= earlier
        media.ready_at -= earlier
        (shown,) = nodes(client, product)
        assert shown["status"] == status
        assert (shown["image"] is not None) == (status == "READY")
        assert requests.get(address, timeout=5).status_code == (200 if status == "READY" else 404)


def test_processing_seconds_hold_for_every_picture() -> None:
    with DevStore(processing_seconds=0.2) as store:
        product = store.add_shop(DOMAIN, TOKEN).create_product("Shirt", picture())
        assert nodes(Client(store.origin), product)[0]["image"] is None
        wait_until(lambda: nodes(Client(store.origin), product)[0]["image"] is not None)


@pytest.mark.parametrize("data", [b"", b"<html>no picture</html>", picture()[:300]])
def test_broken_picture_is_served_as_it_is(client: Client, shop: Shop, data: bytes) -> None:
    product = shop.create_product("Broken", data)
    (media,) = nodes(client, product)
    assert media["status"] == "READY"
    assert requests.get(media["image"]["small"], timeout=5).content == data


def test_failed_picture_never_has_an_image(client: Client, shop: Shop, product: str) -> None:
    shop.product(product).media[0].failed = True
    query = """query Q($id: ID!) { product(id: $id) { media(first: 1) { nodes {
      status mediaErrors { code message } ... on MediaImage { image { url } } } } } }"""
    (media,) = client.data(query, id=product)["product"]["media"]["nodes"]
    assert (media["status"], media["image"]) == ("FAILED", None)
    assert media["mediaErrors"][0]["code"] == "IMAGE_PROCESSING_FAILURE"


def test_product_without_picture_has_no_media(client: Client, shop: Shop) -> None:
    product = shop.create_product("Bare")
    assert nodes(client, product) == []
    query = "query Q($id: ID!) { product(id: $id) { featuredMedia { id } } }"
    assert client.data(query, id=product)["product"]["featuredMedia"] is None


def test_replaced_picture_has_another_address(client: Client, shop: Shop, product: str) -> None:
    (before,) = nodes(client, product)
    shop.update_product(product, picture=picture(colour="red"))
    (after,) = nodes(client, product)
    assert before["image"]["url"] != after["image"]["url"]


@pytest.mark.parametrize(
    "title", ["Été — 100 % coton", "上衣", "../../etc/passwd", "<script>alert(1)</script>", "x" * 300]
)
def test_any_title_makes_an_address_that_works(client: Client, shop: Shop, title: str) -> None:
    (media,) = nodes(client, shop.create_product(title, picture()))
    assert requests.get(media["image"]["small"], timeout=5).status_code == 200


def test_pictures_fail_on_request(client: Client, store: DevStore, product: str) -> None:
    (media,) = nodes(client, product)
    store.faults.set(picture_5xx=1)
    assert requests.get(media["image"]["url"], timeout=5).status_code == 503
    store.faults.clear()
    assert requests.get(media["image"]["url"], timeout=5).status_code == 200
    store.faults.set(picture_reset=1)
    with pytest.raises(requests.ConnectionError):
        requests.get(media["image"]["url"], timeout=5)
    store.faults.clear()
    store.faults.set(picture_delay_s=1)
    with pytest.raises(requests.Timeout):
        requests.get(media["image"]["url"], timeout=0.2)


def test_unknown_picture_is_404(client: Client) -> None:
    assert requests.get(f"{client.origin}/cdn/shop/files/none.jpg?v=1", timeout=5).status_code == 404
