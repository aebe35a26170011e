"""Every field of the schema can be read: a query made from the schema itself asks for all of them."""

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    execute_sync,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    parse,
    validate,
)

from shopify_bot.devstore import DevStore, Shop
from shopify_bot.devstore.api.schema import api_schema, field_of, type_of
from tests.devstore.conftest import DOMAIN, SHIRTS, Client, picture
from tests.devstore.operations import BULK_RUN, CREATE, PUBLISH, UPDATE

DEPTH = 6


def selection(kind: GraphQLObjectType | GraphQLInterfaceType, known: dict[str, str], depth: int) -> str:
    """All fields of a type, and of the types behind an interface, as deep as that."""
    parts = ["__typename"]
    if isinstance(kind, GraphQLInterfaceType):
        parts += [
            f"... on {one.name} {{ {selection(one, known, depth - 1)} }}"
            for one in api_schema().get_possible_types(kind)
            if depth > 2
        ]
    for name, field in kind.fields.items():
        alias = f"{kind.name}_{name}: {name}{arguments(field, known)}"
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            parts.append(alias)
        elif depth > 1:
            assert isinstance(inner, GraphQLObjectType | GraphQLInterfaceType)
            parts.append(f"{alias} {{ {selection(inner, known, depth - 1)} }}")
    return " ".join(parts)


def arguments(field: GraphQLField, known: dict[str, str]) -> str:
    given = {name: known[name] for name, argument in field.args.items() if is_required_argument(argument)}
    if "first" in field.args:
        given["first"] = "3"
    return f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""


def furnish(client: Client, shop: Shop) -> tuple[str, str]:
    """A product that has everything, and the collection it is in."""
    product = shop.create_product("Shirt", picture(), description_html="<p>Soft &amp; blue</p>")
    condition = {
        "matchType": "ANY",
        "relation": "EQUALS",
        "values": [{"categoryId": SHIRTS, "includeDescendants": False}],
    }
    inclusion = {
        "selections": [{"productId": product}],
        "conditions": [{"productCategory": condition}],
        "matchType": "ANY",
    }
    sources = [{"source": {"title": "Both", "inclusion": inclusion}}]
    made = client.data(CREATE, collection={"title": "Tops", "sources": sources})["collectionCreate"]
    client.data(UPDATE, product={"id": product, "category": SHIRTS, "status": "ACTIVE"})
    for id in (product, made["collection"]["id"]):
        client.data(PUBLISH, id=id, input=[{"publicationId": shop.publication("online_store").id}])
    return product, made["collection"]["id"]


def test_every_field_resolves(store: DevStore, client: Client, shop: Shop) -> None:
    product, collection = furnish(client, shop)
    publication = shop.publication("online_store").id
    bulk = client.data(BULK_RUN, query="{ products { edges { node { id } } } }")["bulkOperationRunQuery"]
    subjects = (
        product,
        collection,
        publication,
        SHIRTS,
        shop.product(product).media[0].id,
        bulk["bulkOperation"]["id"],
    )
    schema = api_schema()
    assert schema.query_type
    for id in subjects:
        known = {
            "id": f'"{id}"',
            "ids": f'["{id}"]',
            "publicationId": f'"{publication}"',
            "identifier": f'{{id: "{id}"}}',
        }
        document = parse(f"{{ {selection(schema.query_type, known, DEPTH)} }}")
        assert validate(schema, document) == []
        result = execute_sync(
            schema, document, context_value=shop, field_resolver=field_of, type_resolver=type_of
        )
        assert result.errors is None, result.errors[:3] if result.errors else ""


def test_facts_of_the_shop(client: Client) -> None:
    query = """{
      shop { name email currencyCode ianaTimezone url createdAt updatedAt primaryDomain { host sslEnabled } }
      currentAppInstallation { accessScopes { handle } }
      publicApiVersions { handle supported }
    }"""
    found = client.data(query)
    assert found["shop"]["url"] == f"https://{DOMAIN}"
    assert found["shop"]["createdAt"].endswith("Z")
    assert found["shop"]["primaryDomain"] == {"host": DOMAIN, "sslEnabled": True}
    handles = [scope["handle"] for scope in found["currentAppInstallation"]["accessScopes"]]
    assert handles == ["write_products", "write_publications"]
    assert found["publicApiVersions"] == [{"handle": "2026-10", "supported": True}]


def test_text_of_descriptions_and_legacy_ids(client: Client, shop: Shop) -> None:
    product, collection = furnish(client, shop)
    query = """query Q($p: ID!, $c: ID!) {
      product(id: $p) { description short: description(truncateAt: 4) legacyResourceId }
      collection(id: $c) { description legacyResourceId }
    }"""
    assert client.data(query, p=product, c=collection) == {
        "product": {
            "description": "Soft & blue",
            "short": "Soft",
            "legacyResourceId": product.rpartition("/")[2],
        },
        "collection": {"description": "", "legacyResourceId": collection.rpartition("/")[2]},
    }


def test_collections_are_listed_and_searched(client: Client, shop: Shop) -> None:
    made = [shop.create_collection(title) for title in ("Tops", "Bottoms", "Shoes")]
    query = """query Q($q: String) {
      collections(first: 9, query: $q, sortKey: TITLE, reverse: true) { nodes { id } }
    }"""
    tops, bottoms, shoes = ({"id": id} for id in made)
    assert client.data(query)["collections"]["nodes"] == [tops, shoes, bottoms]
    number = int(made[0].rpartition("/")[2])
    assert client.data(query, q=f"id:>{number}")["collections"]["nodes"] == [shoes, bottoms]
    assert client.data(query, q=f"id:<={number} handle:tops")["collections"]["nodes"] == [tops]
    assert client.data(query, q=f"id:>={number} -title:Tops AND unknown:3")["collections"]["nodes"] == [
        shoes,
        bottoms,
    ]
