"""Style sheet and scripts: kept by browsers for as long as they are the same."""

from bs4 import Tag

from tests.review.browser import Browser


def test_what_a_page_links_to_is_kept_without_asking_again(ann: Browser) -> None:
    page = ann.open("/review")
    linked = [str(each.get("href") or each.get("src")) for each in page.select("link[href], script[src]")]
    assert len(linked) > 2
    for address in linked:
        assert "?v=" in address
        answer = ann.client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_another_version_is_not_kept(ann: Browser) -> None:
    sheet = ann.open("/review").select_one("link[rel=stylesheet]")
    assert isinstance(sheet, Tag)
    path = str(sheet["href"]).partition("?")[0]
    for address in (path, f"{path}?v=an-older-one"):
        assert "max-age" not in ann.client.get(address).headers["Cache-Control"]


def test_a_file_that_is_not_there(ann: Browser) -> None:
    assert ann.client.get("/static/nothing.js?v=None").status_code == 404
    assert ann.client.get("/static/../queue.py?v=1").status_code == 404
