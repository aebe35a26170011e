"""The mapping pages, with the local store behind them, by a browser without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from classifier.labels import LabelTree
from shopify_bot import mapping
from shopify_bot.bot import Bot
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.mapping import CategoryPick, Changes, CollectionPick, Filing, filing, filing_for
from shopify_bot.people.users import add_user
from shopify_bot.settings import Settings
from shopify_bot.tables import CategoryCheck, Mapping, Shop
from shopify_bot.vault import encrypt
from tests.conftest import API_SECRET
from tests.review.browser import Browser, words
from tests.review.seeding import PASSWORD

MINE, THEIRS = "demo.myshopify.com", "other.myshopify.com"
JEANS, SHIRTS = "gid://shopify/TaxonomyCategory/aa-1-12-4", "gid://shopify/TaxonomyCategory/aa-1-13-7"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \u202e{{ 7*7 }}"


@pytest.fixture
def store() -> Iterator[DevStore]:
    with DevStore(api_secret=API_SECRET) as store:
        for domain in (MINE, THEIRS):
            store.add_shop(domain, f"shpat_{domain}")
        yield store


@pytest.fixture
def store_shop(store: DevStore) -> StoreShop:
    return store.shop(MINE)


@pytest.fixture
def settings(settings: Settings, store: DevStore) -> Settings:
    return settings.model_copy(update={"admin_origin": store.origin})


def connected(bot: Bot, domain: str) -> Shop:
    with bot.database.writing() as session:
        shop = Shop(domain=domain, token=encrypt(bot.settings, f"shpat_{domain}"))
        session.add(shop)
    return shop


@pytest.fixture
def shop(bot: Bot) -> Shop:
    return connected(bot, MINE)


@pytest.fixture
def other(bot: Bot, shop: Shop) -> Shop:
    return connected(bot, THEIRS)


def change(bot: Bot, shop: Shop, tree: LabelTree, changes: Changes, label: str = "Shirts") -> None:
    with bot.database.writing() as session:
        mapping.change(session, shop, tree, label, changes, "ann")


def meaning(bot: Bot, shop: Shop, tree: LabelTree, label: str = "Shirts") -> Filing:
    with bot.database.reading() as session:
        return filing_for(session, shop, tree, label)


def fields(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form: texts, the chosen radio, the ticked boxes."""
    found: dict[str, Any] = {}
    for field in form.select("input[name]"):
        if field.get("type") == "checkbox":
            found.setdefault(field["name"], [])
            found[field["name"]] += [field["value"]] if field.has_attr("checked") else []
        elif field.get("type") != "radio" or field.has_attr("checked"):
            found[field["name"]] = field.get("value", "")
    return found


def send(browser: Browser, path: str = "/mapping/Shirts", **changed: Any) -> BeautifulSoup:
    """Open the form, change fields in it, and send it."""
    form = browser.open(path).select_one("form.mapping-form")
    return send_again(browser, form, **changed)


def send_again(browser: Browser, form: Tag, **changed: Any) -> BeautifulSoup:
    data = fields(form) | changed
    return browser.show(browser.client.post(str(form["action"]), data=data, follow_redirects=True))


def row(page: BeautifulSoup, label: str = "Shirts") -> Tag:
    found = page.select_one(f'[data-label-row="{label}"]')
    assert found is not None
    return found


def test_the_list_shows_what_every_label_writes(ann: Browser) -> None:
    page = ann.open("/mapping")
    assert [words(head) for head in page.select("section h2")] == ["Shoes", "Topwear", "Watches"]
    assert [words(cell) for cell in row(page).select("th, td")] == [
        "Shirts",
        "Shirts Apparel & Accessories > Clothing > Clothing Tops",
        "Shirt",
        "shirts",
        "Topwear",
        "As every label",
    ]
    assert not page.select(".own, .fallen")
    assert page.select_one(".tab[aria-current]").get_text() == "Settings"


def test_own_choices_are_marked_counted_and_shown_alone(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree
) -> None:
    change(bot, shop, tree, {"product_type": "Camisa", "status": "draft"})
    page = ann.open("/mapping")
    assert words(row(page).select_one("[data-label=Type]")) == "Your own choice: Camisa"
    assert words(row(page).select_one("[data-label=Publishing]")) == "Your own choice: Draft"
    assert len(row(page).select(".own")) == 2
    assert words(page.select_one(".switch")) == "All 4 Your own 1"
    assert len(ann.open("/mapping?own=1").select("[data-label-row]")) == 1


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("tshi", ["Tshirts"]),
        ("CAMISA", ["Shirts"]),
        ("clothing tops", ["Shirts", "Tshirts"]),
        ("aa-8-1", ["Sports Shoes"]),
        ("nothing at all", []),
        ("%", []),
    ],
)
def test_labels_are_found_by_what_they_write(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree, text: str, labels: list[str]
) -> None:
    change(bot, shop, tree, {"product_type": "Camisa"})
    ann.open("/mapping")
    answer = ann.client.get("/mapping", query_string={"q": text})
    page = ann.show(answer)
    assert [each["data-label-row"] for each in page.select("[data-label-row]")] == labels
    assert page.select_one("#q")["value"] == text


def test_saving_unchanged_changes_nothing(ann: Browser, bot: Bot, shop: Shop, tree: LabelTree) -> None:
    send(ann)
    assert (ann.path, ann.toast[:5]) == ("/mapping", "Saved")
    assert meaning(bot, shop, tree) == filing(tree, "Shirts")
    change(bot, shop, tree, ALL)
    before = meaning(bot, shop, tree)
    send(ann)
    assert meaning(bot, shop, tree) == before


ALL: Changes = {
    "category": CategoryPick(JEANS, "Apparel > Jeans"),
    "product_type": "Camisa",
    "tags": ["a", "b"],
    "collection": CollectionPick("existing", "Sale", "gid://shopify/Collection/7"),
    "channels": ["gid://shopify/Publication/1", "gid://shopify/Publication/2"],
    "status": "draft",
}


def test_every_part_can_be_changed(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree, store: DevStore, store_shop: StoreShop
) -> None:
    sale = store_shop.create_collection("Summer sale")
    online_store = store_shop.publication("online_store").id
    send(
        ann,
        category_id=JEANS,
        product_type=" Camisa ",
        tags="linen, new season,, linen",
        collection_kind="existing",
        collection_id=sale,
        channels_of="label",
        channel=[online_store],
        status="DRAFT",
    )
    assert "Saved" in ann.toast
    assert meaning(bot, shop, tree) == Filing(
        "Shirts",
        JEANS,
        store.around.taxonomy.by_id[JEANS].full_name,
        "Camisa",
        ("linen", "new season"),
        "Summer sale",
        "existing",
        sale,
        (online_store,),
        "DRAFT",
        frozenset(mapping.PARTS),
    )


@pytest.mark.parametrize(
    ("chosen", "kind", "title"),
    [
        ({"collection_kind": "made", "made_title": "Camisas"}, "made", "Camisas"),
        ({"collection_kind": "condition"}, "condition", "Shirts"),
        ({"collection_kind": "condition", "condition_title": "All shirts"}, "condition", "All shirts"),
        ({"collection_kind": "none"}, "none", ""),
    ],
)
def test_the_other_kinds_of_collection(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree, chosen: dict[str, str], kind: str, title: str
) -> None:
    send(ann, **chosen)
    found = meaning(bot, shop, tree)
    assert (found.collection_kind, found.collection, found.own) == (kind, title, {"collection"})
    form = ann.open("/mapping/Shirts").select_one("form.mapping-form")
    assert fields(form)["collection_kind"] == kind
    assert send_again(ann, form)
    assert meaning(bot, shop, tree) == found


def test_each_part_goes_back_to_the_default_by_itself(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree
) -> None:
    change(bot, shop, tree, ALL)
    for count, part in enumerate(mapping.PARTS, 1):
        page = ann.open("/mapping/Shirts")
        assert len(page.select("button[name=back]")) == 7 - count
        send_again(ann, page.select_one("form.mapping-form"), back=part, product_type="not saved")
        assert "default holds again" in ann.toast
        assert part not in meaning(bot, shop, tree).own
    assert meaning(bot, shop, tree) == filing(tree, "Shirts")


def test_a_search_keeps_what_was_typed_and_offers_what_is_found(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree, store_shop: StoreShop
) -> None:
    sale = store_shop.create_collection("Summer sale")
    typed = {"product_type": "Camisa", "collection_kind": "existing", "category_q": "jeans"}
    page = send(ann, step="search", collection_q="summ", **typed)
    assert ann.response.status_code == 200
    assert meaning(bot, shop, tree) == filing(tree, "Shirts")
    assert page.select_one(f"input[name=category_id][value='{JEANS}']")
    assert "Summer sale 0 products" in words(page.select_one("#part-collection .found"))
    form = page.select_one("form.mapping-form")
    assert fields(form) | typed == fields(form)
    send_again(ann, form, category_id=JEANS, collection_id=sale)
    found = meaning(bot, shop, tree)
    assert (found.category_id, found.product_type, found.collection_gid) == (JEANS, "Camisa", sale)


def test_a_text_that_was_not_searched_for_is_searched_before_saving(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree
) -> None:
    page = send(ann, category_q="jeans", product_type="Camisa")
    assert page.select("#part-category .found input")
    assert meaning(bot, shop, tree).own == frozenset()
    send_again(ann, page.select_one("form.mapping-form"))
    assert meaning(bot, shop, tree).own == {"product_type"}


def test_what_cannot_be_chosen_is_shown_and_refused(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree, store: DevStore, store_shop: StoreShop
) -> None:
    store.archive_category(JEANS)
    foreign = store_shop.create_collection("Of an app", shareable=True)
    page = send(ann, step="search", collection_q="of", collection_kind="existing")
    assert page.select_one(f"input[value='{foreign}']").has_attr("disabled")
    page = send(
        ann, category_id=JEANS, collection_kind="existing", collection_id=foreign, product_type="Camisa"
    )
    assert ann.response.status_code == 422
    assert "archived" in words(page.select_one("#problem-category"))
    assert "cannot be put into it" in words(page.select_one("#problem-collection"))
    assert fields(page.select_one("form.mapping-form"))["product_type"] == "Camisa"
    assert meaning(bot, shop, tree) == filing(tree, "Shirts")


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("category", {"category_id": "gid://shopify/Product/1"}),
        ("category", {"category_id": "gid://shopify/TaxonomyCategory/zz-9"}),
        ("product_type", {"product_type": "x" * 256}),
        ("tags", {"tags": "x" * 256}),
        ("collection", {"collection_kind": "smart"}),
        ("collection", {"collection_kind": "made", "made_title": " "}),
        ("collection", {"collection_kind": "existing"}),
        ("collection", {"collection_kind": "existing", "collection_id": "gid://shopify/Collection/1"}),
        ("channels", {"channels_of": "label"}),
        ("channels", {"channels_of": "label", "channel": ["gid://shopify/Publication/1"]}),
        ("status", {"status": "GONE"}),
    ],
)
def test_what_is_wrong_is_said_at_its_part(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree, part: str, typed: dict[str, Any]
) -> None:
    page = send(ann, **({"status": "DRAFT"} | typed))
    assert ann.response.status_code == 422
    assert [each["id"] for each in page.select("[id^=problem-]")] == [f"problem-{part}"]
    assert page.select_one(f"#part-{part}")["aria-describedby"] == f"problem-{part}"
    assert page.select_one(".refused a")["href"] == f"#part-{part}"
    assert meaning(bot, shop, tree) == filing(tree, "Shirts")


def test_parts_that_were_not_sent_stay(ann: Browser, bot: Bot, shop: Shop, tree: LabelTree) -> None:
    change(bot, shop, tree, ALL)
    before = meaning(bot, shop, tree)
    ann.open("/mapping/Shirts")
    ann.post("/mapping/Shirts", product_type="Polo")
    after = meaning(bot, shop, tree)
    assert (after.product_type, after.tags, after.publication_ids) == (
        "Polo",
        before.tags,
        before.publication_ids,
    )


def test_what_another_changed_while_the_form_was_open_stays(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree
) -> None:
    change(bot, shop, tree, ALL)
    form = ann.open("/mapping/Shirts").select_one("form.mapping-form")
    change(bot, shop, tree, {"tags": ["theirs"], "channels": None, "category": None})
    send_again(ann, form, product_type="Mine")
    now = meaning(bot, shop, tree)
    assert (now.product_type, now.tags, now.publication_ids) == ("Mine", ("theirs",), None)
    assert now.category == filing(tree, "Shirts").category


def test_two_who_change_the_same_part_are_told_of_each_other(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree
) -> None:
    form = ann.open("/mapping/Shirts").select_one("form.mapping-form")
    change(bot, shop, tree, {"tags": ["theirs"]})
    page = send_again(ann, form, tags="mine", product_type="Mine")
    assert (ann.response.status_code, meaning(bot, shop, tree).tags) == (422, ("theirs",))
    assert "has changed meanwhile" in words(page.select_one("#problem-tags"))
    assert not page.select("#problem-product_type")
    page = send_again(ann, page.select_one("form.mapping-form"), step="search", category_q="jeans")
    send_again(ann, page.select_one("form.mapping-form"), category_q="")
    now = meaning(bot, shop, tree)
    assert (now.tags, now.product_type) == (("mine",), "Mine")


def test_the_shops_channels_and_status(ann: Browser, bot: Bot, shop: Shop, store_shop: StoreShop) -> None:
    chosen = [store_shop.publication("online_store").id, next(iter(store_shop.publications))]
    page = ann.open("/mapping")
    form = page.select_one(".shop-defaults form")
    send_again(ann, form, channel=chosen, status="DRAFT")
    with bot.database.reading() as session:
        row = session.get_one(Shop, shop.id)
        assert (row.publication_ids, row.publish_status) == (list(dict.fromkeys(chosen)), "DRAFT")
    form = ann.page.select_one(".shop-defaults form")
    assert fields(form) | {"status": "DRAFT"} == fields(form)
    assert "Online Store" in words(ann.page.select_one(".shop-defaults summary"))
    send_again(ann, form, channel=[], status="ACTIVE")
    with bot.database.reading() as session:
        assert session.get_one(Shop, shop.id).publication_ids is None
    send_again(ann, form, channel=["gid://shopify/Publication/1"])
    assert "no sales channel of the shop" in ann.toast


def test_choices_for_labels_that_the_model_lacks_are_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    assert not ann.open("/mapping").select(".unused")
    with bot.database.writing() as session:
        session.add(Mapping(shop_id=shop.id, label="Togas", product_type="Toga"))
    page = ann.open("/mapping")
    assert "your choices for Togas" in words(page.select_one(".unused"))
    assert not page.select('[data-label-row="Togas"]')
    ann.open("/mapping/Togas")
    assert ann.response.status_code == 404


def test_archived_categories_stand_first(ann: Browser, bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        session.add(CategoryCheck(shop_id=shop.id, category_id=SHIRTS, standing="archived"))
    page = ann.open("/mapping")
    link = page.select_one(".fallen a")
    assert (link.get_text(), link["href"]) == ("Shirts", "/mapping/Shirts")
    assert "is archived" in words(page.select_one(".fallen"))
    assert ann.open("/mapping/Shirts").select_one(".fallen")
    assert not ann.open("/mapping/Watches").select(".fallen")


def test_a_store_that_cannot_be_asked_is_a_sentence_on_the_page(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree
) -> None:
    change(bot, shop, tree, ALL)
    with bot.database.writing() as session:
        session.get_one(Shop, shop.id).token = None
    assert "could not be asked" in words(ann.open("/mapping").select_one(".shop-defaults"))
    page = send(ann, step="search", category_q="jeans")
    assert "could not be asked" in words(page.select_one("#problem-category"))
    page = send(ann, category_id=SHIRTS.replace("-7", "-8"))
    assert (ann.response.status_code, "could not be asked" in words(page.main)) == (422, True)
    send(ann, product_type="Still possible")
    assert meaning(bot, shop, tree).product_type == "Still possible"
    for path in ("categories", "collections"):
        answer = ann.client.get(f"/mapping/{path}.json?q=a")
        assert (answer.status_code, answer.json["found"]) == (200, [])
        assert "could not be asked" in answer.json["problem"]


def test_search_for_the_script(ann: Browser, shop: Shop, store_shop: StoreShop) -> None:
    gid = store_shop.create_collection(HOSTILE)
    answer = ann.client.get("/mapping/categories.json", query_string={"q": "jeans"}).json
    assert answer["problem"] is None
    assert JEANS in [each["value"] for each in answer["found"]]
    found = ann.client.get("/mapping/collections.json", query_string={"q": "script"}).json["found"]
    assert found == [{"value": gid, "text": HOSTILE, "note": "0 products", "can": True}]
    assert ann.client.get("/mapping/categories.json", query_string={"q": "x" * 9000}).status_code == 200


def test_hostile_texts_are_text(
    ann: Browser, bot: Bot, shop: Shop, tree: LabelTree, store_shop: StoreShop
) -> None:
    gid = store_shop.create_collection(HOSTILE)
    change(
        bot,
        shop,
        tree,
        {"product_type": HOSTILE, "tags": [HOSTILE], "category": CategoryPick("aa-1", HOSTILE)},
    )
    change(bot, shop, tree, {"collection": CollectionPick("existing", HOSTILE, gid)})
    pages = [ann.open("/mapping"), ann.open("/mapping/Shirts"), send(ann, collection_q="script")]
    for page in pages:
        assert not page.select("main script, [onerror], main img")
        assert HOSTILE in [bdi.get_text() for bdi in page.select("bdi")]


def test_a_label_that_is_not_there_is_not_found(ann: Browser) -> None:
    for label in ("Spaceships", "..%2f..%2fetc", "a/b", "%3Cscript%3E"):
        ann.open(f"/mapping/{label}")
        assert ann.response.status_code == 404
    ann.open("/mapping")
    assert ann.post("/mapping/Spaceships", product_type="A").status_code == 404


def test_two_shops_with_the_same_labels_never_see_each_others_choices(
    app: Flask, bot: Bot, shop: Shop, other: Shop, tree: LabelTree, store: DevStore
) -> None:
    change(bot, shop, tree, {"product_type": "Mine"})
    store.shop(THEIRS).create_collection("Their collection")
    with bot.database.writing() as session:
        add_user(session, "other", PASSWORD, other)
        session.add(CategoryCheck(shop_id=shop.id, category_id=SHIRTS, standing="archived"))
    browser = Browser(app.test_client())
    browser.open("/login")
    browser.press("Sign in", name="other", password=PASSWORD)
    calls = len(store.calls.entries(MINE))
    for path in ("/mapping", "/mapping/Shirts"):
        page = browser.open(path)
        assert "Mine" not in page.get_text()
        assert not page.select(".own, .fallen, .badge.good")
    send(browser, product_type="Theirs")
    browser.open("/mapping")
    browser.post("/mapping/defaults", status="DRAFT")
    assert browser.client.get("/mapping/collections.json?q=their").json["found"]
    assert meaning(bot, shop, tree).product_type == "Mine"
    assert meaning(bot, other, tree).product_type == "Theirs"
    with bot.database.reading() as session:
        assert session.get_one(Shop, shop.id).publish_status == "ACTIVE"
    assert len(store.calls.entries(MINE)) == calls


@pytest.mark.parametrize("path", ["/mapping", "/mapping?q=shirt&own=1", "/mapping/Shirts"])
def test_the_pages_are_hardened_and_labelled(ann: Browser, path: str) -> None:
    page = ann.open(path)
    assert "unsafe" not in ann.response.headers["Content-Security-Policy"]
    assert not page.select("style, [style], script:not([src]), [onclick]")
    for field in page.select("input:not([type=hidden])"):
        assert page.select_one(f"label[for='{field['id']}']"), field
    for form in page.select("form[method=post]"):
        assert form.select_one("input[name=csrf_token]")
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for each in page.select("[aria-labelledby], [aria-describedby]"):
        assert (each.get("aria-labelledby") or each.get("aria-describedby")) in ids


def test_a_form_without_a_token_changes_nothing(ann: Browser, bot: Bot, shop: Shop, tree: LabelTree) -> None:
    for path in ("/mapping/Shirts", "/mapping/defaults"):
        answer = ann.client.post(path, data={"product_type": "A", "status": "DRAFT"})
        assert answer.status_code == 400
    assert meaning(bot, shop, tree) == filing(tree, "Shirts")
