"""Things by their global ids: up to 250 at once, and null for what is gone."""

from shopify_bot.devstore import Shop
from tests.devstore.conftest import SHIRTS, Client

NODES = """query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Product { title }
    ... on Collection { title productsCount { count precision } }
    ... on TaxonomyCategory { fullName isArchived isLeaf }
  }
}"""


def test_nodes_of_all_kinds_in_the_order_asked_for(client: Client, shop: Shop, product: str) -> None:
    collection = shop.create_collection("Tops", products=(product,))
    assert client.data(NODES, ids=[SHIRTS, collection, product])["nodes"] == [
        {
            "__typename": "TaxonomyCategory",
            "id": SHIRTS,
            "fullName": "Apparel & Accessories > Clothing > Clothing Tops > Shirts",
            "isArchived": False,
            "isLeaf": True,
        },
        {
            "__typename": "Collection",
            "id": collection,
            "title": "Tops",
            "productsCount": {"count": 1, "precision": "EXACT"},
        },
        {"__typename": "Product", "id": product, "title": "Blue Shirt"},
    ]


def test_what_is_gone_or_never_was_is_null(client: Client, shop: Shop, product: str) -> None:
    collection = shop.create_collection("Tops")
    shop.delete_product(product)
    shop.delete_collection(collection)
    ids = [product, collection, "gid://shopify/TaxonomyCategory/zz-1", "gid://shopify/Order/1"]
    assert client.data(NODES, ids=ids)["nodes"] == [None, None, None, None]
    assert client.data("query N($id: ID!) { node(id: $id) { id } }", id=product) == {"node": None}


def test_what_is_no_global_id_is_refused(client: Client) -> None:
    assert "Invalid global id '7'" in client.errors(NODES, ids=["7"])[0]["message"]


def test_no_more_than_250_at_once(client: Client, product: str) -> None:
    assert client.data(NODES, ids=[product] * 250)["nodes"][249]["id"] == product
    (error,) = client.errors(NODES, ids=[product] * 251)
    assert error["extensions"]["code"] == "MAX_INPUT_SIZE_EXCEEDED"
    assert "251 is greater than the maximum allowed of 250" in error["message"]
