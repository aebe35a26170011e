"""What a label means in a shop: the default, what the merchant chose, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from classifier.labels import LabelTree, load_tree
from shopify_bot.database import Database
from shopify_bot.errors import BadMapping, UnknownLabel
from shopify_bot.mapping import (
    CATEGORY_GID,
    PARTS,
    CategoryPick,
    Changes,
    CollectionPick,
    change,
    change_shop,
    filing,
    filing_for,
    filings,
    reset,
)
from shopify_bot.tables import Mapping, Shop

CHANNEL, OTHER = "gid://shopify/Publication/1", "gid://shopify/Publication/2"
COLLECTION = "gid://shopify/Collection/7"
JEANS = CategoryPick("aa-1-12-4", "Apparel & Accessories > Clothing > Pants > Jeans")
ALL: Changes = {
    "category": JEANS,
    "product_type": "Denim",
    "tags": ["blue", "denim"],
    "collection": CollectionPick("existing", "All denim", COLLECTION),
    "channels": [CHANNEL, OTHER],
    "status": "draft",
}


@pytest.fixture
def tree() -> LabelTree:
    return load_tree()


@pytest.fixture
def shop(database: Database) -> Shop:
    return add_shop(database, "demo.myshopify.com")


def add_shop(database: Database, domain: str) -> Shop:
    with database.writing() as session:
        shop = Shop(domain=domain)
        session.add(shop)
    return shop


def test_a_shop_that_chose_nothing_has_the_default(database: Database, shop: Shop, tree: LabelTree) -> None:
    with database.reading() as session:
        assert filing_for(session, shop, tree, "Shirts") == filing(tree, "Shirts")
        assert filings(session, shop, tree) == {label: filing(tree, label) for label in tree.leaves}


def test_what_was_chosen_replaces_the_default_part_by_part(
    database: Database, shop: Shop, tree: LabelTree
) -> None:
    default = filing(tree, "Shirts")
    with database.writing() as session:
        change(session, shop, tree, "Shirts", {"product_type": " Camisa ", "tags": ["a", "A", "b"]}, "ann")
    with database.reading() as session:
        found = filing_for(session, shop, tree, "Shirts")
    assert (found.product_type, found.tags, found.own) == ("Camisa", ("a", "b"), {"product_type", "tags"})
    assert (found.category_id, found.collection) == (default.category_id, default.collection)


def test_all_parts_are_told_as_own_and_come_back_as_they_were(
    database: Database, shop: Shop, tree: LabelTree
) -> None:
    with database.writing() as session:
        row = change(session, shop, tree, "Shirts", ALL, "ann")
        assert row.changed_by == "ann"
    with database.reading() as session:
        found = filings(session, shop, tree)["Shirts"]
        assert found == filing_for(session, shop, tree, "Shirts")
    assert found.own == set(PARTS)
    assert (found.category_id, found.category) == (CATEGORY_GID + JEANS.gid, JEANS.path)
    assert (found.collection_kind, found.collection, found.collection_gid) == (
        "existing",
        "All denim",
        COLLECTION,
    )
    assert (found.publication_ids, found.status) == ((CHANNEL, OTHER), "DRAFT")
    with database.writing() as session:
        reset(session, shop, tree, "Shirts", PARTS, "ben")
    with database.reading() as session:
        assert filing_for(session, shop, tree, "Shirts") == filing(tree, "Shirts")


def test_what_equals_the_default_is_the_default(database: Database, shop: Shop, tree: LabelTree) -> None:
    default = filing(tree, "Shirts")
    same: Changes = {
        "category": CategoryPick(default.category_id, "however it is called now"),
        "product_type": default.product_type,
        "tags": default.tags,
        "collection": CollectionPick("made", default.collection),
    }
    with database.writing() as session:
        change(session, shop, tree, "Shirts", ALL, "ann")
        change(session, shop, tree, "Shirts", same, "ann")
        found = filing_for(session, shop, tree, "Shirts")
    assert found.own == {"channels", "status"}
    assert found.category == default.category


@pytest.mark.parametrize(
    ("pick", "title", "gid"),
    [
        (CollectionPick("made", "Camisas"), "Camisas", None),
        (CollectionPick("existing", "Sale", COLLECTION), "Sale", COLLECTION),
        (CollectionPick("condition"), "Jeans", None),
        (CollectionPick("condition", "Trousers"), "Trousers", None),
        (CollectionPick("none", "Ignored"), "", None),
    ],
)
def test_a_collection_is_one_of_four_kinds(
    database: Database, shop: Shop, tree: LabelTree, pick: CollectionPick, title: str, gid: str | None
) -> None:
    with database.writing() as session:
        change(session, shop, tree, "Shirts", ALL, "ann")
        change(session, shop, tree, "Shirts", {"collection": pick}, "ann")
        found = filing_for(session, shop, tree, "Shirts")
    assert (found.collection_kind, found.collection, found.collection_gid) == (pick.kind, title, gid)


def test_no_tag_and_no_type_are_choices_too(database: Database, shop: Shop, tree: LabelTree) -> None:
    with database.writing() as session:
        change(session, shop, tree, "Shirts", {"product_type": " ", "tags": []}, "ann")
        found = filing_for(session, shop, tree, "Shirts")
    assert (found.product_type, found.tags, found.own) == ("", (), {"product_type", "tags"})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"category": CategoryPick("gid://shopify/Product/1", "A")}, "no category"),
        ({"category": CategoryPick("", "A")}, "no category"),
        ({"category": CategoryPick("aa-1-13; DROP", "A")}, "no category"),
        ({"category": CategoryPick("aa-1", "  ")}, "is empty"),
        ({"product_type": "x" * 256}, "256 characters"),
        ({"product_type": "a\0b"}, "cannot be shown"),
        ({"tags": ["ok", "x" * 256]}, "256 characters"),
        ({"tags": ["red, blue"]}, "comma"),
        ({"tags": [""]}, "empty"),
        ({"tags": [f"t{number}" for number in range(251)]}, "251 tags"),
        ({"collection": CollectionPick("smart", "A")}, "kind of collection"),
        ({"collection": CollectionPick("made", " ")}, "is empty"),
        ({"collection": CollectionPick("existing", "A")}, "which collection"),
        ({"collection": CollectionPick("existing", None, COLLECTION)}, "is empty"),
        ({"collection": CollectionPick("existing", "A", "gid://shopify/Product/1")}, "which collection"),
        ({"channels": []}, "at least one"),
        ({"channels": ["Online Store"]}, "no sales channel"),
        ({"status": "ARCHIVED"}, "no status"),
    ],
)
def test_what_the_store_would_not_take_is_refused(
    database: Database, shop: Shop, tree: LabelTree, changes: Any, says: str
) -> None:
    with pytest.raises(BadMapping, match=says) as refused, database.writing() as session:
        change(session, shop, tree, "Shirts", {"status": "draft", **changes}, "ann")
    assert refused.value.part in changes
    with database.reading() as session:
        assert session.scalars(select(Mapping)).all() == []


def test_a_label_that_is_not_in_the_tree_is_refused(database: Database, shop: Shop, tree: LabelTree) -> None:
    with pytest.raises(UnknownLabel), database.writing() as session:
        change(session, shop, tree, "Spaceships", {"tags": []}, "ann")
    with pytest.raises(UnknownLabel), database.reading() as session:
        filing_for(session, shop, tree, "Spaceships")


def test_two_shops_never_see_each_others_mapping(database: Database, shop: Shop, tree: LabelTree) -> None:
    other = add_shop(database, "other.myshopify.com")
    with database.writing() as session:
        change(session, shop, tree, "Shirts", {"product_type": "Mine"}, "ann")
        change(session, other, tree, "Shirts", {"product_type": "Theirs"}, "ben")
        reset(session, other, tree, "Shirts", ["product_type"], "ben")
        change_shop(session, other, {"channels": [OTHER], "status": "draft"})
    with database.reading() as session:
        assert filing_for(session, shop, tree, "Shirts").product_type == "Mine"
        assert filing_for(session, other, tree, "Shirts") == filing(tree, "Shirts")
        assert filings(session, other, tree)["Shirts"] == filing(tree, "Shirts")
        assert session.get_one(Shop, shop.id).publication_ids is None


def test_the_shops_own_channels_and_status(database: Database, shop: Shop) -> None:
    with database.writing() as session:
        row = change_shop(session, shop, {"channels": [CHANNEL, CHANNEL], "status": "unchanged"})
        assert (row.publication_ids, row.publish_status) == ([CHANNEL], "UNCHANGED")
        assert change_shop(session, shop, {"status": "active"}).publication_ids == [CHANNEL]
        assert change_shop(session, shop, {"channels": None}).publication_ids is None
    with pytest.raises(BadMapping), database.writing() as session:
        change_shop(session, shop, {"status": "gone"})
    with database.reading() as session:
        assert session.get_one(Shop, shop.id).publish_status == "ACTIVE"


def test_a_hostile_text_is_kept_as_it_is(database: Database, shop: Shop, tree: LabelTree) -> None:
    text = "\u202e<script>' OR 1=1 -- 👗🔥"
    with database.writing() as session:
        change(session, shop, tree, "Shirts", {"product_type": text, "tags": [text]}, text * 20)
    with database.reading() as session:
        found = filing_for(session, shop, tree, "Shirts")
    assert (found.product_type, found.tags) == (text, (text,))


def test_changes_at_the_same_moment_all_count(database: Database, shop: Shop, tree: LabelTree) -> None:
    parts: list[Changes] = [{"product_type": "T"}, {"tags": ["a"]}, {"status": "draft"}]
    parts.append({"channels": [CHANNEL]})
    together = Barrier(len(parts))

    def one(changes: Changes) -> None:
        together.wait()
        with database.writing() as session:
            change(session, shop, tree, "Shirts", changes, "ann")

    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(one, parts))
    with database.reading() as session:
        assert filing_for(session, shop, tree, "Shirts").own == {"product_type", "tags", "status", "channels"}
        assert len(session.scalars(select(Mapping)).all()) == 1
