"""Collections found by the words of their titles, and what a page shows of each."""

import pytest

from shopify_bot.devstore import Shop
from tests.devstore.conftest import JEANS, SHIRTS, Client

SEARCH = """query Search($q: String, $after: String) {
  collections(first: 2, after: $after, query: $q, sortKey: TITLE) {
    nodes {
      id
      title
      handle
      productsCount { count precision }
      sources {
        ... on CollectionConditionsSource {
          inclusion {
            conditions {
              ... on CollectionSourceInclusionConditionProductCategory {
                values { category { id } includeDescendants }
              }
            }
          }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (None, ["blue jeans", "Blue Shirts", "Summer sale", "T-Shirts"]),
        ("title:shirts", ["Blue Shirts", "T-Shirts"]),
        ("title:shi*", ["Blue Shirts", "T-Shirts"]),
        ("title:shi", []),
        ("title:blue shirts", ["Blue Shirts"]),
        ("title:'blue sh*'", ["Blue Shirts"]),
        ("jea*", ["blue jeans"]),
        ("*", ["blue jeans", "Blue Shirts", "Summer sale", "T-Shirts"]),
        ("title:hirts", []),
        ("handle:summer-sale", ["Summer sale"]),
        ("title:'sale\\'s'", []),
    ],
)
def test_search(client: Client, shop: Shop, query: str | None, titles: list[str]) -> None:
    for title in ("T-Shirts", "Blue Shirts", "Summer sale", "blue jeans"):
        shop.create_collection(title)
    found, after, more = [], None, True
    while more:
        page = client.data(SEARCH, q=query, after=after)["collections"]
        found += [node["title"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert found == titles


def test_collection_of_a_category_says_so(client: Client, shop: Shop, product: str) -> None:
    shop.create_product("Jeans", category=JEANS)
    shop.update_product(product, category=SHIRTS)
    id = shop.create_collection("By category", categories=("gid://shopify/TaxonomyCategory/aa-1-13", JEANS))
    shop.around.taxonomy.archive(JEANS)
    query = """query Q($id: ID!, $product: ID!) {
      collection(id: $id) { hasProduct(id: $product) }
      product(id: $product) { inCollection(id: $id) collections(first: 3) { nodes { id } } }
    }"""
    assert client.data(query, id=id, product=product) == {
        "collection": {"hasProduct": True},
        "product": {"inCollection": True, "collections": {"nodes": [{"id": id}]}},
    }


def test_conditions_of_a_collection_are_shown(client: Client, shop: Shop) -> None:
    shop.create_product("Jeans", category=JEANS)
    id = shop.create_collection("Trousers", categories=(JEANS,))
    (node,) = client.data(SEARCH, q="trousers")["collections"]["nodes"]
    values = [{"category": {"id": JEANS}, "includeDescendants": True}]
    assert node == {
        "id": id,
        "title": "Trousers",
        "handle": "trousers",
        "productsCount": {"count": 1, "precision": "EXACT"},
        "sources": [{"inclusion": {"conditions": [{"values": values}]}}],
    }
