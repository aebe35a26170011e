"""Searching the shop's store while a label is mapped, for the page's script."""

from dataclasses import asdict, dataclass

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from shopify_bot.review.blueprint import pages, the_store_search
from shopify_bot.review.languages import _, ngettext
from shopify_bot.review.presenting import shorten
from shopify_bot.review.session import visit
from shopify_bot.store_search import Answer, StoreCollection, TaxonomyCategory

LONGEST_QUERY = 200


@dataclass(frozen=True)
class Option:
    """Something to choose: its id, its name, what else to know; `can` is False for what cannot be chosen."""

    value: str
    text: str
    note: str = ""
    can: bool = True


@pages.get("/mapping/categories.json")
def mapping_categories() -> ResponseReturnValue:
    """`GET /mapping/categories.json?q=`: taxonomy categories that the store finds."""
    return told(find_categories(request.args.get("q", "")))


@pages.get("/mapping/collections.json")
def mapping_collections() -> ResponseReturnValue:
    """`GET /mapping/collections.json?q=`: collections of the store by the words of their titles."""
    return told(find_collections(request.args.get("q", "")))


def told(answer: Answer[list[Option]]) -> ResponseReturnValue:
    """The answer as JSON; a store that could not be asked is a `problem`, not an error."""
    return jsonify(found=[asdict(option) for option in answer.found], problem=answer.problem)


def find_categories(text: str) -> Answer[list[Option]]:
    """Categories that are in use, by a text."""
    answer = the_store_search().categories(visit().shop, shorten(text.strip(), LONGEST_QUERY))
    return Answer([category_option(each) for each in answer.found], answer.problem)


def find_collections(text: str) -> Answer[list[Option]]:
    """Collections by a text."""
    answer = the_store_search().collections(visit().shop, shorten(text.strip(), LONGEST_QUERY))
    return Answer([collection_option(each) for each in answer.found], answer.problem)


def category_option(category: TaxonomyCategory) -> Option:
    """A category to choose, unless it is archived."""
    note = _("archived") if category.is_archived else ""
    return Option(category.gid, category.path, note, not category.is_archived)


def collection_option(collection: StoreCollection) -> Option:
    """A collection to choose, unless products cannot be put into it."""
    notes = {
        "hand": "",
        "rules": _("also filled by rules"),
        "others": _("filled by other collections or another app"),
    }
    held = collection.count
    count = "" if held is None else ngettext("%(count)s product", "%(count)s products", held)
    note = ", ".join(filter(None, (count, notes[collection.filled_by])))
    return Option(collection.gid, collection.title, note, collection.filled_by != "others")
