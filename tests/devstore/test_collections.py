"""Collections: made of sources, unpublished, their handles unique; members follow by a job."""

from typing import Any

import pytest

from shopify_bot.devstore import DevStore, Shop
from shopify_bot.devstore.taxonomy import Taxonomy, TaxonomyCategory
from tests.devstore.conftest import DOMAIN, SHIRTS, Client, wait_until
from tests.devstore.operations import CHANGE, CREATE, HAS, UPDATE


def picked(*products: str) -> dict[str, Any]:
    """A new source of hand-picked products."""
    selections = [{"productId": product} for product in products]
    return {"source": {"title": "Hand-picked", "inclusion": {"selections": selections}}}


def create(client: Client, title: str, *sources: dict[str, Any]) -> dict[str, Any]:
    payload = client.data(CREATE, collection={"title": title, "sources": list(sources)})["collectionCreate"]
    assert payload["userErrors"] == []
    made: dict[str, Any] = payload["collection"]
    return made


def select(client: Client, collection: dict[str, Any], **selections: list[str]) -> dict[str, Any]:
    inclusion = {name: [{"productId": id} for id in ids] for name, ids in selections.items()}
    update = {"condition": {"id": collection["sources"][0]["id"], "inclusion": inclusion}}
    changed = client.data(CHANGE, collection={"id": collection["id"], "sourcesToUpdate": [update]})
    payload: dict[str, Any] = changed["collectionUpdate"]
    return payload


def test_creating_twice_makes_two(client: Client, store: DevStore) -> None:
    made = [create(client, "Women's Tops") for _ in range(3)]
    assert [one["handle"] for one in made] == ["womens-tops", "womens-tops-1", "womens-tops-2"]
    assert len({one["id"] for one in made}) == 3
    assert len(store.ledger.entries(kind="collection_created", effective=True)) == 3


def test_new_collection_is_unpublished_and_found_by_handle(client: Client, product: str) -> None:
    made = create(client, "Topwear", picked(product))
    assert made["resourcePublicationsCount"] == {"count": 0}
    query = 'query Q { collectionByIdentifier(identifier: {handle: "topwear"}) { id } }'
    assert client.data(query) == {"collectionByIdentifier": {"id": made["id"]}}
    assert client.data(query.replace("topwear", "other")) == {"collectionByIdentifier": None}


def test_created_with_its_first_member(client: Client, store: DevStore, product: str) -> None:
    made = create(client, "Topwear", picked(product))
    found = client.data(HAS, id=made["id"], product=product)["collection"]
    assert found == {
        "hasProduct": True,
        "productsCount": {"count": 1},
        "products": {"nodes": [{"id": product}]},
    }
    assert store.ledger.tally(DOMAIN, product).memberships == (made["id"],)


def test_adding_a_member_twice_is_effective_once(client: Client, store: DevStore, product: str) -> None:
    made = create(client, "Topwear", picked())
    for _ in range(2):
        payload = select(client, made, selectionsToAdd=[product])
        assert payload["userErrors"] == []
        assert payload["job"]["id"].startswith("gid://shopify/Job/")
    assert [e.effective for e in store.ledger.entries(kind="member_added")] == [True, False]


def test_removing_a_member(client: Client, store: DevStore, product: str) -> None:
    made = create(client, "Topwear", picked(product))
    for _ in range(2):
        select(client, made, selectionsToRemove=[product])
    assert client.data(HAS, id=made["id"], product=product)["collection"]["hasProduct"] is False
    entries = store.ledger.entries(kind="member_removed", subject=product)
    assert [(e.before, e.effective) for e in entries] == [(made["id"], True), (None, False)]


def test_members_show_when_the_job_is_done() -> None:
    with DevStore(job_seconds=0.3) as store:
        product = store.add_shop(DOMAIN, "shpat_test").create_product("Shirt")
        client = Client(store.origin)
        made = create(client, "Topwear", picked())
        job = select(client, made, selectionsToAdd=[product])["job"]
        assert job["done"] is False
        assert client.data(HAS, id=made["id"], product=product)["collection"]["hasProduct"] is False
        query = "query J($id: ID!) { job(id: $id) { done } }"
        wait_until(lambda: bool(client.data(query, id=job["id"])["job"]["done"]))
        assert client.data(HAS, id=made["id"], product=product)["collection"]["hasProduct"] is True


def test_update_refuses_what_it_cannot_do(client: Client, shop: Shop, product: str) -> None:
    made = create(client, "Topwear", picked())
    assert select(client, made, selectionsToAdd=["gid://shopify/Product/1"])["userErrors"] == [
        {
            "field": ["sourcesToUpdate", "0", "condition", "inclusion", "selectionsToAdd", "0", "productId"],
            "message": "Product does not exist",
        }
    ]
    foreign = {**made, "sources": [{"id": "gid://shopify/CollectionConditionsSource/1"}]}
    assert (
        select(client, foreign, selectionsToAdd=[product])["userErrors"][0]["message"]
        == "Source does not exist"
    )
    gone = {**made, "id": "gid://shopify/Collection/1"}
    assert select(client, gone)["userErrors"] == [{"field": ["id"], "message": "Collection does not exist"}]


def test_source_of_another_app_takes_no_members(client: Client, shop: Shop, product: str) -> None:
    id = shop.create_collection("Shared", shareable=True)
    (source,) = shop.collections[id].sources
    payload = select(client, {"id": id, "sources": [{"id": source.id}]}, selectionsToAdd=[product])
    assert payload["userErrors"][0]["message"] == "Source is managed by another app"


def test_create_refuses_what_it_cannot_do(client: Client, store: DevStore) -> None:
    for wanted, message in (
        ({"title": ""}, "Title can't be blank"),
        ({"title": "x" * 256}, "Title is too long (maximum is 255 characters)"),
        ({"title": "A", "sources": [picked("gid://shopify/Product/1")]}, "Product does not exist"),
    ):
        payload = client.data(CREATE, collection=wanted)["collectionCreate"]
        assert payload["collection"] is None
        assert payload["userErrors"][0]["message"] == message
    assert store.ledger.entries() == []


def test_category_condition_brings_products_in_by_itself(client: Client, shop: Shop, product: str) -> None:
    tops = "gid://shopify/TaxonomyCategory/aa-1-13"
    shop.around.taxonomy = _with_tops(shop, tops)
    condition = {
        "matchType": "ANY",
        "relation": "EQUALS",
        "values": [{"categoryId": tops, "includeDescendants": True}],
    }
    inclusion = {"matchType": "ALL", "conditions": [{"productCategory": condition}]}
    made = create(client, "Tops", {"source": {"title": "By category", "inclusion": inclusion}})
    assert client.data(HAS, id=made["id"], product=product)["collection"]["hasProduct"] is False
    client.data(UPDATE, product={"id": product, "category": SHIRTS})
    assert client.data(HAS, id=made["id"], product=product)["collection"]["hasProduct"] is True


def _with_tops(shop: Shop, tops: str) -> Taxonomy:
    name = "Apparel & Accessories > Clothing > Clothing Tops"
    return Taxonomy([*shop.around.taxonomy.by_id.values(), TaxonomyCategory(tops, name)])


def test_joining_through_the_product(client: Client, shop: Shop, store: DevStore, product: str) -> None:
    id = shop.create_collection("Sale")
    found = client.data(UPDATE, product={"id": product, "collectionsToJoin": [id]})["productUpdate"][
        "product"
    ]
    assert found["collections"]["nodes"] == [{"id": id}]
    found = client.data(UPDATE, product={"id": product, "collectionsToLeave": [id]})["productUpdate"][
        "product"
    ]
    assert found["collections"]["nodes"] == []
    assert [e.kind for e in store.ledger.entries(subject=product)] == ["member_added", "member_removed"]


def test_deleted_product_leaves_its_collections(client: Client, shop: Shop, product: str) -> None:
    id = shop.create_collection("Sale", products=(product,))
    shop.delete_product(product)
    assert client.data(HAS, id=id, product=product)["collection"]["productsCount"] == {"count": 0}


def test_deleted_collection_is_gone(client: Client, shop: Shop, product: str) -> None:
    id = shop.create_collection("Sale", products=(product,), published=True)
    shop.delete_collection(id)
    assert client.data(HAS, id=id, product=product) == {"collection": None}
    found = client.data(
        "query Q($id: ID!) { product(id: $id) { collections(first: 5) { nodes { id } } } }", id=product
    )
    assert found["product"]["collections"]["nodes"] == []


def test_sources_show_what_they_are(client: Client, shop: Shop, product: str) -> None:
    made = create(client, "Topwear", picked(product))
    query = """query Q($id: ID!) { collection(id: $id) { sources { __typename title
      ... on CollectionConditionsSource { targetType shareable
        inclusion { matchType conditions { __typename id }
          selections(first: 5) { nodes { product { id } variantIds } } } } } } }"""
    assert client.data(query, id=made["id"])["collection"]["sources"] == [
        {
            "__typename": "CollectionConditionsSource",
            "title": "Hand-picked",
            "targetType": "PRODUCTS",
            "shareable": False,
            "inclusion": {
                "matchType": None,
                "conditions": [],
                "selections": {"nodes": [{"product": {"id": product}, "variantIds": None}]},
            },
        }
    ]


@pytest.mark.parametrize(
    "change", [{"title": "Tops"}, {"handle": "Other Tops"}, {"descriptionHtml": "<p>x</p>"}]
)
def test_renaming_needs_no_job(client: Client, change: dict[str, str]) -> None:
    made = create(client, "Topwear")
    payload = client.data(CHANGE, collection={"id": made["id"], **change})["collectionUpdate"]
    assert (payload["job"], payload["userErrors"]) == (None, [])


def test_source_can_be_added_and_deleted_later(client: Client, shop: Shop, product: str) -> None:
    made = create(client, "Topwear")
    client.data(CHANGE, collection={"id": made["id"], "sourcesToCreate": [picked(product)]})
    assert client.data(HAS, id=made["id"], product=product)["collection"]["hasProduct"] is True
    (source,) = shop.collections[made["id"]].sources
    client.data(CHANGE, collection={"id": made["id"], "sourcesToDelete": [source.id]})
    assert client.data(HAS, id=made["id"], product=product)["collection"]["hasProduct"] is False
