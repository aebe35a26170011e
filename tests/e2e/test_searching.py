"""Labels are searched in the page; it finds what the server would, in the same order."""

from pathlib import Path

from playwright.sync_api import Browser

import shopify_bot
from classifier.label_search import LabelSearch
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing
from shopify_bot.review.queue.label_finding import MOST_FOUND, offer
from shopify_bot.settings import Settings

SCRIPT = Path(shopify_bot.__file__).parent / "review" / "static" / "labels.js"
FIND = "([labels, typed]) => typed.map((each) => bestLabels(labels, each).map((found) => found.text))"


def test_the_page_finds_what_the_server_finds(browser: Browser) -> None:
    tree = label_tree(Settings().model)
    filings = {name: filing(tree, name) for name in tree.leaves}
    labels = [offer(leaf, filings) for leaf in tree.leaves.values()]
    words = {word for label in labels for word in f"{label['text']} {label['also']} {label['path']}".split()}
    typed = sorted({part.lower() for word in words for part in (word[:2], word[:4], word)} | set(tree.leaves))
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    found = page.evaluate(FIND, [labels, typed])
    page.close()
    search = LabelSearch(tree)
    expected = [[leaf.name for leaf in search.find(each, MOST_FOUND)] for each in typed]
    assert dict(zip(typed, found, strict=True)) == dict(zip(typed, expected, strict=True))
    assert any(expected)
