"""Webhook subscriptions of the Admin API: made, changed, listed, refused, delivered to, and lost."""

from collections.abc import Iterator
from typing import Any

import pytest

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.conftest import DOMAIN, SECRET, TOKEN, Client, picture
from tests.devstore.receiver import Receiver

FIELDS = """id legacyResourceId topic uri name filter includeFields metafieldNamespaces format
  createdAt updatedAt apiVersion { handle supported }"""
MAKE = f"""mutation Make($topic: WebhookSubscriptionTopic!, $sub: WebhookSubscriptionInput!) {{
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $sub) {{
    webhookSubscription {{ {FIELDS} }} userErrors {{ field message }}
  }}
}}"""
CHANGE = f"""mutation Change($id: ID!, $sub: WebhookSubscriptionInput!) {{
  webhookSubscriptionUpdate(id: $id, webhookSubscription: $sub) {{
    webhookSubscription {{ {FIELDS} }} userErrors {{ field message }}
  }}
}}"""
REMOVE = """mutation Remove($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
}"""
LIST = """query List($topics: [WebhookSubscriptionTopic!], $uri: String, $after: String, $first: Int = 9) {
  webhookSubscriptions(first: $first, after: $after, topics: $topics, uri: $uri) {
    nodes { id topic uri } pageInfo { hasNextPage endCursor }
  }
  webhookSubscriptionsCount { count precision }
}"""
HTTPS = "https://bot.example/webhooks"
ADDRESS = ["webhookSubscription", "callbackUrl"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.start()
    yield receiver
    receiver.close()


def make(client: Client, topic: str, uri: str, **fields: Any) -> dict[str, Any]:
    payload = client.data(MAKE, topic=topic, sub={"uri": uri, **fields})["webhookSubscriptionCreate"]
    assert payload["userErrors"] == []
    made: dict[str, Any] = payload["webhookSubscription"]
    return made


def refusals(payload: dict[str, Any]) -> list[dict[str, Any]]:
    (answer,) = payload.values()
    found: list[dict[str, Any]] = answer.pop("userErrors")
    assert list(answer.values()) == [None]
    return found


def test_subscription_says_what_it_is(client: Client) -> None:
    made = make(client, "PRODUCTS_CREATE", HTTPS, includeFields=["id"], name="new-ones")
    assert made["legacyResourceId"] == made["id"].rpartition("/")[2]
    assert made["createdAt"] == made["updatedAt"]
    assert made | {"id": "", "legacyResourceId": "", "createdAt": "", "updatedAt": ""} == {
        "id": "",
        "legacyResourceId": "",
        "topic": "PRODUCTS_CREATE",
        "uri": HTTPS,
        "name": "new-ones",
        "filter": None,
        "includeFields": ["id"],
        "metafieldNamespaces": [],
        "format": "JSON",
        "createdAt": "",
        "updatedAt": "",
        "apiVersion": {"handle": "2026-10", "supported": True},
    }
    query = "query Q($id: ID!) { webhookSubscription(id: $id) { uri } node(id: $id) { id } }"
    assert client.data(query, id=made["id"]) == {
        "webhookSubscription": {"uri": HTTPS},
        "node": {"id": made["id"]},
    }


def test_listed_by_topic_address_and_page(client: Client) -> None:
    wanted = [("PRODUCTS_CREATE", HTTPS), ("PRODUCTS_UPDATE", HTTPS), ("PRODUCTS_UPDATE", f"{HTTPS}/2")]
    ids = [make(client, *one)["id"] for one in wanted]

    def listed(**arguments: Any) -> list[str]:
        return [one["id"] for one in client.data(LIST, **arguments)["webhookSubscriptions"]["nodes"]]

    assert listed() == ids
    assert listed(topics=["PRODUCTS_UPDATE"]) == ids[1:]
    assert listed(topics=["PRODUCTS_UPDATE"], uri=HTTPS) == ids[1:2]
    first = client.data(LIST, first=2)
    assert first["webhookSubscriptionsCount"] == {"count": 3, "precision": "EXACT"}
    page = first["webhookSubscriptions"]["pageInfo"]
    assert page["hasNextPage"]
    assert listed(first=2, after=page["endCursor"]) == ids[2:]


def test_changed_and_removed(client: Client) -> None:
    made = make(client, "PRODUCTS_CREATE", HTTPS, includeFields=["id"], filter="vendor:Acme")
    changed = client.data(CHANGE, id=made["id"], sub={"uri": f"{HTTPS}/new", "includeFields": None})
    after = changed["webhookSubscriptionUpdate"]["webhookSubscription"]
    assert (after["id"], after["uri"], after["includeFields"]) == (made["id"], f"{HTTPS}/new", [])
    assert (after["topic"], after["filter"]) == ("PRODUCTS_CREATE", "vendor:Acme")
    removed = client.data(REMOVE, id=made["id"])["webhookSubscriptionDelete"]
    assert removed == {"deletedWebhookSubscriptionId": made["id"], "userErrors": []}
    assert client.data(LIST)["webhookSubscriptions"]["nodes"] == []


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("", "Address can't be blank"),
        ("http://bot.example/webhooks", "Address protocol http:// is not supported"),
        ("pubsub://project:topic", "Address protocol pubsub:// is not supported"),
        ("bot.example", "Address is invalid"),
        ("https://", "Address is invalid"),
        ("https://[", "Address is invalid"),
        ("https://localhost/webhooks", "Address cannot be a Shopify or an internal domain"),
        ("https://demo.myshopify.com", "Address cannot be a Shopify or an internal domain"),
        ("https://bot.internal/webhooks", "Address cannot be a Shopify or an internal domain"),
    ],
)
def test_address_that_shopify_would_not_take(client: Client, shop: Shop, uri: str, message: str) -> None:
    answer = client.data(MAKE, topic="PRODUCTS_CREATE", sub={"uri": uri})
    assert refusals(answer) == [{"field": ADDRESS, "message": message}]
    assert shop.subscriptions == {}


def test_the_same_once_more_is_refused(client: Client) -> None:
    make(client, "PRODUCTS_CREATE", HTTPS, name="first")
    other = make(client, "PRODUCTS_CREATE", HTTPS, filter="vendor:Acme")
    taken = [{"field": ADDRESS, "message": "Address for this topic has already been taken"}]
    assert refusals(client.data(MAKE, topic="PRODUCTS_CREATE", sub={"uri": HTTPS})) == taken
    assert refusals(client.data(CHANGE, id=other["id"], sub={"filter": None})) == taken
    named = client.data(MAKE, topic="PRODUCTS_UPDATE", sub={"uri": HTTPS, "name": "first"})
    assert refusals(named)[0]["message"] == "Name already exists, no duplicate allowed"


def test_other_refusals(client: Client) -> None:
    gone = "gid://shopify/WebhookSubscription/1"
    unknown = [{"field": ["id"], "message": "Webhook subscription does not exist"}]
    assert refusals(client.data(CHANGE, id=gone, sub={"uri": HTTPS})) == unknown
    assert refusals(client.data(REMOVE, id=gone)) == unknown
    fieldless = client.data(MAKE, topic="PRODUCTS_CREATE", sub={"uri": HTTPS, "filter": "Acme"})
    assert "specify the field(s)" in refusals(fieldless)[0]["message"]
    xml = client.data(MAKE, topic="PRODUCTS_CREATE", sub={"uri": HTTPS, "format": "XML"})
    assert refusals(xml)[0]["field"] == ["webhookSubscription", "format"]


@pytest.mark.parametrize("topic", ["CUSTOMERS_REDACT", "CUSTOMERS_DATA_REQUEST", "SHOP_REDACT"])
def test_compliance_topics_cannot_be_subscribed_to(client: Client, topic: str) -> None:
    assert topic in client.errors(MAKE, topic=topic, sub={"uri": HTTPS})[0]["message"]


def test_topic_needs_its_scope(store: DevStore, client: Client, shop: Shop) -> None:
    shop.scopes = ("write_publications",)
    (refusal,) = refusals(client.data(MAKE, topic="PRODUCTS_CREATE", sub={"uri": HTTPS}))
    assert refusal["field"] == ["topic"]
    make(client, "APP_UNINSTALLED", HTTPS)


def test_delivered_to_whoever_subscribed(
    store: DevStore, client: Client, shop: Shop, receiver: Receiver
) -> None:
    make(client, "PRODUCTS_CREATE", receiver.url, name="whole")
    make(client, "PRODUCTS_CREATE", f"{receiver.url}/2", includeFields=["id", "images.src", "none"])
    make(client, "PRODUCTS_CREATE", f"{receiver.url}/3", filter="vendor:Other")
    shop.update_product(shop.create_product("Shirt", picture(), vendor="Acme"), title="Renamed")
    assert store.webhooks.settle()
    whole, part = receiver.received
    assert (whole.event_id, whole.topic) == (part.event_id, "products/create")
    assert whole.headers["X-Shopify-Webhook-Id"] != part.headers["X-Shopify-Webhook-Id"]
    assert (whole.headers.get("X-Shopify-Name"), part.headers.get("X-Shopify-Name")) == ("whole", None)
    assert whole.headers["X-Shopify-Api-Version"] == part.headers["X-Shopify-Api-Version"] == "2026-10"
    assert whole.content["title"] == "Shirt"
    assert part.content.keys() == {"id", "images"}
    assert [set(image) for image in part.content["images"]] == [{"src"}]


def test_given_up_after_the_last_retry(
    store: DevStore, client: Client, shop: Shop, receiver: Receiver
) -> None:
    store.webhooks.set(retry_s=(0.02,))
    make(client, "PRODUCTS_CREATE", receiver.url)
    kept = make(client, "PRODUCTS_UPDATE", receiver.url)
    receiver.answers = [500, 500]
    shop.create_product("Shirt")
    store.webhooks.settle()
    assert [sent.status for sent in store.webhooks.sent] == [500, 500]
    assert list(shop.subscriptions) == [kept["id"]]


def test_address_of_the_app_is_never_given_up(receiver: Receiver) -> None:
    receiver.answers = [500]
    with DevStore(receiver.url, SECRET) as store:
        store.webhooks.set(retry_s=())
        shop = store.add_shop(DOMAIN, TOKEN)
        make(Client(store.origin), "PRODUCTS_CREATE", f"{receiver.url}/api")
        for title in ("Shirt", "Shoe"):
            shop.create_product(title)
            store.webhooks.settle()
        addresses = [sent.delivery.target.uri for sent in store.webhooks.sent]
    assert addresses == [receiver.url, f"{receiver.url}/api"] * 2


def test_another_shop_has_its_own(store: DevStore, client: Client, receiver: Receiver) -> None:
    other = store.add_shop("other.myshopify.com", "shpat_other")
    make(Client(store.origin, "shpat_other"), "PRODUCTS_CREATE", receiver.url)
    store.shop(DOMAIN).create_product("Ours")
    other.create_product("Theirs")
    store.webhooks.settle()
    assert [one.content["title"] for one in receiver.received] == ["Theirs"]
    assert client.data(LIST)["webhookSubscriptions"]["nodes"] == []


def test_uninstalling_tells_and_removes_them(
    store: DevStore, client: Client, shop: Shop, receiver: Receiver
) -> None:
    make(client, "APP_UNINSTALLED", receiver.url)
    make(client, "PRODUCTS_CREATE", receiver.url)
    shop.uninstall()
    shop.create_product("Shirt")
    store.webhooks.settle()
    assert receiver.topics == ["app/uninstalled"]
    assert shop.subscriptions == {}


def test_events_that_nobody_is_told_of(
    store: DevStore, client: Client, shop: Shop, receiver: Receiver
) -> None:
    make(client, "PRODUCTS_CREATE", receiver.url)
    make(client, "PRODUCTS_DELETE", receiver.url)
    store.webhooks.lose(topics=("products/create",))
    shop.delete_product(shop.create_product("Lost"))
    store.webhooks.lose(0.5)
    for number in range(20):
        shop.create_product(f"Shirt {number}")
    store.webhooks.lose(0)
    shop.create_product("Last")
    store.webhooks.settle()
    came = [one.content["title"] for one in receiver.received if one.topic == "products/create"]
    lost = [event.content["title"] for event in store.webhooks.lost]
    assert "products/delete" in receiver.topics
    assert lost[0] == "Lost"
    assert came[-1] == "Last"
    assert 2 < len(lost) < 20
    assert len(came) + len(lost) == 22
