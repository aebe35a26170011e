"""Finding a label by what a person types."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from classifier.label_search import LabelSearch
from classifier.labels import LabelTree, Leaf
from shopify_bot.labels import label_tree
from shopify_bot.mapping import Filing
from shopify_bot.review.blueprint import filings_of, labels_of, pages, the_bot
from shopify_bot.review.changes import Filings
from shopify_bot.review.session import visit

MOST_FOUND = 12
MOST_LISTED = 500
LONGEST_TYPED = 200


@pages.get("/labels.json")
def labels_json() -> ResponseReturnValue:
    """`GET /labels.json`: labels by name, synonym, type or path of the category, `?q=` what is typed.

    The best match comes first. Without anything typed the labels come by category, `whole` when these are
    all of them; `also` and `path` are what else they are found by.
    """
    typed = request.args.get("q", "")[:LONGEST_TYPED]
    with the_bot().database.reading() as database:
        filings = filings_of(the_bot(), database, visit().shop)
    found = [offer(leaf, filings) for leaf in matching(typed, filings)]
    return jsonify(found=found, whole=len(found) == len(filings), problem=None)


def matching(typed: str, filings: Filings) -> tuple[Leaf, ...]:
    """The labels that fit, best first."""
    if not typed.strip():
        leaves = labels_of(the_bot()).leaves.values()
        return tuple(sorted(leaves, key=lambda leaf: (leaf.category, leaf.name)))[:MOST_LISTED]
    return search_in(filings).find(typed, MOST_FOUND)


def search_in(filings: Filings) -> LabelSearch:
    """Looks labels up by the shop's own categories and types where it has any."""
    tree = labels_of(the_bot())
    if not any(filing.own for filing in filings.values()):
        return search_of(the_bot().settings.model)
    leaves = {name: as_filed(leaf, filings[name]) for name, leaf in tree.leaves.items()}
    return LabelSearch(LabelTree(tree.name, leaves))


@lru_cache(maxsize=4)
def search_of(model: Path) -> LabelSearch:
    """Looks labels up by what the model's own tree says."""
    return LabelSearch(label_tree(model))


def as_filed(leaf: Leaf, filing: Filing) -> Leaf:
    """The label with the category and type that it has in the shop; those of the model find it too."""
    if not filing.own:
        return leaf
    return replace(
        leaf,
        taxonomy_name=filing.category,
        product_type=filing.product_type,
        synonyms=(*leaf.synonyms, leaf.product_type, leaf.taxonomy_name),
    )


def offer(leaf: Leaf, filings: Filings) -> dict[str, object]:
    """One label as the page lists it, with the category that it is filed under in the shop."""
    filed = as_filed(leaf, filings[leaf.name])
    return {
        "value": leaf.name,
        "text": leaf.name,
        "note": filed.taxonomy_name,
        "also": " ".join((filed.product_type, *filed.tags, *filed.synonyms)),
        "path": f"{filed.category} {filed.taxonomy_name}",
        "can": True,
    }
