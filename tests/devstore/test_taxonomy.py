"""The categories the store knows, and how the API shows them."""

from pathlib import Path

import pytest

from classifier.labels import load_tree
from shopify_bot.devstore import DevStore, DevStoreError, Shop
from shopify_bot.devstore.taxonomy import load_taxonomy
from tests.devstore.conftest import DOMAIN, SHIRTS, TOKEN, Client
from tests.devstore.operations import UPDATE

LINES = """# Shopify Product Taxonomy
gid://shopify/TaxonomyCategory/ap     : Animals
gid://shopify/TaxonomyCategory/ap-1   : Animals > Pets
gid://shopify/TaxonomyCategory/ap-1-2 : Animals > Pets > Cats
gid://shopify/TaxonomyCategory/ap-1-3 : Animals > Pets > Dogs
"""
SEARCH = """query S($search: String, $of: ID) {
  taxonomy { categories(first: 20, search: $search, descendantsOf: $of) { nodes { id name } } }
}"""


@pytest.fixture
def animals(tmp_path: Path) -> Path:
    file = tmp_path / "taxonomy.txt"
    file.write_text(LINES, encoding="utf-8")
    return file


def test_every_leaf_of_the_label_tree_is_known() -> None:
    known = load_taxonomy()
    for leaf in load_tree("fashion").leaves.values():
        category = known.find(f"gid://shopify/TaxonomyCategory/{leaf.taxonomy_id.rpartition('/')[2]}")
        assert category is not None
        assert category.full_name == leaf.taxonomy_name


def test_categories_of_a_file_are_known_too(animals: Path) -> None:
    with DevStore(taxonomy_file=animals) as store:
        product = store.add_shop(DOMAIN, TOKEN).create_product("Cat")
        client = Client(store.origin)
        cats = "gid://shopify/TaxonomyCategory/ap-1-2"
        found = client.data(UPDATE, product={"id": product, "category": cats})["productUpdate"]["product"]
        assert found["category"] == {"id": cats, "fullName": "Animals > Pets > Cats"}
        query = """{ node(id: "gid://shopify/TaxonomyCategory/ap-1") { ... on TaxonomyCategory {
          name level isRoot isLeaf isArchived parentId ancestorIds childrenIds } } }"""
        assert client.data(query)["node"] == {
            "name": "Pets",
            "level": 2,
            "isRoot": False,
            "isLeaf": False,
            "isArchived": False,
            "parentId": "gid://shopify/TaxonomyCategory/ap",
            "ancestorIds": ["gid://shopify/TaxonomyCategory/ap"],
            "childrenIds": [cats, "gid://shopify/TaxonomyCategory/ap-1-3"],
        }
        nodes = client.data(SEARCH, of="gid://shopify/TaxonomyCategory/ap-1")["taxonomy"]["categories"][
            "nodes"
        ]
        assert [node["name"] for node in nodes] == ["Cats", "Dogs"]


def test_search_by_words(client: Client) -> None:
    nodes = client.data(SEARCH, search="shirts")["taxonomy"]["categories"]["nodes"]
    assert {"id": SHIRTS, "name": "Shirts"} in nodes


def names(client: Client, search: str) -> list[str]:
    return [node["name"] for node in client.data(SEARCH, search=search)["taxonomy"]["categories"]["nodes"]]


def test_search_takes_words_in_any_order_and_names_first(tmp_path: Path) -> None:
    file = tmp_path / "taxonomy.txt"
    lines = (
        ("ga", "Women's Gear"),
        ("ga-1", "Women's Gear > Boots"),
        ("ga-2", "Women's Gear > Care"),
        ("ga-2-1", "Women's Gear > Care > Boot Polish"),
        ("ga-1-1", "Women's Gear > Boots > Laces"),
    )
    rows = (f"gid://shopify/TaxonomyCategory/{key} : {name}" for key, name in lines)
    file.write_text("\n".join(rows), encoding="utf-8")
    with DevStore(taxonomy_file=file) as store:
        store.add_shop(DOMAIN, TOKEN)
        client = Client(store.origin)
        assert names(client, "gear boot") == ["Boots", "Boot Polish", "Laces"]
        assert names(client, "BOOT women's GEAR") == ["Boots", "Boot Polish", "Laces"]
        assert names(client, "polish gear") == ["Boot Polish"]
        assert names(client, "men's gear") == []


def test_archived_category_says_so_and_is_found_no_more(
    client: Client, store: DevStore, product: str
) -> None:
    client.data(UPDATE, product={"id": product, "category": SHIRTS})
    assert "Shirts" in names(client, "clothing shirts")
    store.archive_category(SHIRTS)
    query = """query N($ids: [ID!]!) {
      nodes(ids: $ids) {
        ... on TaxonomyCategory { isArchived }
        ... on Product { category { id isArchived } }
      }
    }"""
    archived = {"isArchived": True}
    assert client.data(query, ids=[SHIRTS, product]) == {
        "nodes": [archived, {"category": {"id": SHIRTS, **archived}}]
    }
    assert "Shirts" not in names(client, "clothing shirts")
    with pytest.raises(DevStoreError, match="knows no category gid://shopify/TaxonomyCategory/zz"):
        store.archive_category("gid://shopify/TaxonomyCategory/zz")


def test_category_can_be_taken_away_again_but_must_exist(client: Client, shop: Shop, product: str) -> None:
    client.data(UPDATE, product={"id": product, "category": SHIRTS})
    (error,) = client.errors(
        UPDATE, product={"id": product, "category": "gid://shopify/TaxonomyCategory/zz-9"}
    )
    assert error["extensions"]["code"] == "INVALID_PRODUCT_TAXONOMY_NODE_ID"
    assert shop.product(product).category == SHIRTS
    found = client.data(UPDATE, product={"id": product, "category": None})["productUpdate"]["product"]
    assert found["category"] is None


def test_file_without_categories_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DevStoreError, match="Cannot read"):
        load_taxonomy(tmp_path / "none.txt")
    (tmp_path / "empty.txt").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(DevStoreError, match="has no line"):
        load_taxonomy(tmp_path / "empty.txt")
