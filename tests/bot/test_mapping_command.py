"""`shopify-bot mapping`: on the command line as a merchant would use it, with the local store."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from shopify_bot.cli import main
from shopify_bot.database import Database
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.tables import CategoryCheck, Mapping, Shop
from tests.conftest import API_SECRET

SHOP, OTHER = "demo.myshopify.com", "other.myshopify.com"
JEANS = "gid://shopify/TaxonomyCategory/aa-1-12-4"
Run = Callable[..., Result]


@pytest.fixture
def store() -> Iterator[DevStore]:
    with DevStore(api_secret=API_SECRET) as store:
        store.add_shop(SHOP, "shpat_demo")
        store.add_shop(OTHER, "shpat_other")
        yield store


@pytest.fixture
def store_shop(store: DevStore) -> StoreShop:
    return store.shop(SHOP)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: DevStore) -> Database:
    monkeypatch.setenv("SHOPIFY_BOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SHOPIFY_BOT_ADMIN_ORIGIN", store.origin)
    added = CliRunner().invoke(main, ["shops", "add", SHOP, "--token", "shpat_demo"])
    assert added.exit_code == 0, added.output
    return Database(f"sqlite:///{tmp_path / 'data' / 'shopify-bot.sqlite3'}")


@pytest.fixture
def run(database: Database) -> Run:
    def invoke(*arguments: str, given: str | bytes | None = None, fails: bool = False) -> Result:
        result = CliRunner().invoke(main, ("mapping", *arguments), input=given)
        assert (result.exit_code != 0) == fails, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return invoke


@pytest.fixture
def shown(run: Run) -> Callable[..., dict[str, Any]]:
    def show(label: str = "Shirts", *options: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(run("show", label, "--json", *options).stdout)
        return found

    return show


def add_other_shop() -> None:
    assert CliRunner().invoke(main, ["shops", "add", OTHER, "--token", "shpat_other"]).exit_code == 0


def test_show_lists_every_label_and_marks_own_choices(run: Run) -> None:
    run("set", "Shirts", "--product-type", "Camisa")
    lines = {line.split("\t")[0]: line for line in run("show").stdout.splitlines()}
    assert "Camisa" in lines["Shirts*"]
    assert "Tshirts" in lines
    assert "product_type*\tCamisa" in run("show", "Shirts").stdout
    assert len(json.loads(run("show", "--json").stdout)) == len(lines)


def test_set_changes_only_what_is_named(run: Run, shown: Callable[..., dict[str, Any]]) -> None:
    before = shown()
    run("set", "Shirts", "--tag", "red", "--tag", "blue", "--status", "draft")
    assert shown() == before | {"tags": ["red", "blue"], "status": "draft", "own": ["status", "tags"]}
    run("set", "Shirts", "--no-tags", "--default", "status")
    assert shown() == before | {"tags": [], "own": ["tags"]}
    run("set", "Shirts", "--default", "tags")
    assert shown() == before


@pytest.mark.parametrize("named", ["aa-1-12-4", JEANS, "Apparel & Accessories > Clothing > Pants > Jeans"])
def test_a_category_is_named_by_id_or_path(
    run: Run, shown: Callable[..., dict[str, Any]], store: DevStore, named: str
) -> None:
    path = store.around.taxonomy.by_id[JEANS].full_name
    run("set", "Shirts", "--category", named if named.startswith(("aa", "gid")) else path)
    assert (shown()["category_id"], shown()["category"]) == (JEANS, path)


def test_a_path_that_fits_several_lists_them(run: Run) -> None:
    told = run("set", "Shirts", "--category", "Shirt", fails=True).output
    assert "aa-1-13-7\tApparel" in told
    assert "Choose one of these by its id" in told
    assert "finds no category" in run("set", "Shirts", "--category", "Spaceship", fails=True).output


def test_an_archived_or_unknown_category_is_refused(run: Run, store: DevStore) -> None:
    store.archive_category(JEANS)
    assert "archived" in run("set", "Shirts", "--category", "aa-1-12-4", fails=True).output
    assert "knows no category" in run("set", "Shirts", "--category", "zz-1", fails=True).output


def test_a_collection_of_each_kind(
    run: Run, shown: Callable[..., dict[str, Any]], store_shop: StoreShop
) -> None:
    gid = store_shop.create_collection("Summer sale")
    for options, kind, title, id_ in (
        (("--collection", "Camisas"), "made", "Camisas", None),
        (("--collection-id", "summer-sale"), "existing", "Summer sale", gid),
        (("--collection-id", gid), "existing", "Summer sale", gid),
        (("--category-collection",), "condition", "Shirts", None),
        (("--no-collection",), "none", "", None),
    ):
        run("set", "Shirts", *options)
        found = shown()
        assert (found["collection_kind"], found["collection"], found["collection_id"]) == (kind, title, id_)
    assert "has no collection" in run("set", "Shirts", "--collection-id", "winter-sale", fails=True).output
    assert "exclude" in run("set", "Shirts", "--collection", "A", "--no-collection", fails=True).output


def test_a_collection_that_takes_no_products_is_refused(run: Run, store_shop: StoreShop) -> None:
    store_shop.create_collection("Of another app", shareable=True)
    told = run("set", "Shirts", "--collection-id", "of-another-app", fails=True).output
    assert "cannot be put into it" in told


def test_channels_are_named_by_title_or_id(
    run: Run, shown: Callable[..., dict[str, Any]], store_shop: StoreShop
) -> None:
    gid = store_shop.publication("online_store").id
    run("set", "Shirts", "--channel", "online store")
    assert shown()["channels"] == [gid]
    told = run("set", "Shirts", "--channel", "Moon", fails=True).output
    assert "Online Store (gid://" in told


def test_defaults_of_the_shop(run: Run, store_shop: StoreShop) -> None:
    assert run("defaults").stdout == "channels\tOnline Store\nstatus\tactive\n"
    gid = next(each for each in store_shop.publications if each != store_shop.publication("online_store").id)
    title = store_shop.publications[gid].title
    assert (
        run("defaults", "--channel", gid, "--status", "draft").stdout == f"channels\t{title}\nstatus\tdraft\n"
    )
    assert title not in run("defaults", "--online-store").stdout


def test_archived_categories_are_told(run: Run, database: Database) -> None:
    with database.writing() as session:
        shop = session.get_one(Shop, 1)
        row = CategoryCheck(shop_id=shop.id, category_id=JEANS, standing="archived")
        session.add(row)
    assert "The category of Jeans is archived" in run("show").stderr
    assert "archived" not in run("show", "Shirts").stderr
    assert json.loads(run("show", "Jeans", "--json").stdout)["standing"] == "archived"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "Spaceships"), "no label"),
        (("set", "Spaceships", "--no-tags"), "no label"),
        (("set", "Shirts"), "Say what to change"),
        (("set", "Shirts", "--tag", "a,b"), "comma"),
        (("show", "--shop", "nobody.myshopify.com"), "no shop"),
    ],
)
def test_what_is_wrong_is_said_on_one_line(run: Run, arguments: tuple[str, ...], says: str) -> None:
    assert says in run(*arguments, fails=True).output


def test_choices_for_labels_that_the_model_lacks_are_told(run: Run, database: Database) -> None:
    with database.writing() as session:
        session.add(Mapping(shop_id=1, label="Togas", product_type="Toga"))
    assert "your choices for Togas" in run("show").stderr
    assert "Togas" not in run("show", "Shirts").stderr


def test_with_two_shops_one_must_be_named(run: Run, shown: Callable[..., dict[str, Any]]) -> None:
    add_other_shop()
    assert "Say which shop" in run("show", fails=True).output
    run("set", "Shirts", "--product-type", "Theirs", "--shop", OTHER)
    assert shown("Shirts", "--shop", SHOP)["own"] == []
    assert shown("Shirts", "--shop", OTHER)["product_type"] == "Theirs"


def test_the_labels_of_a_shop_are_listed_as_it_mapped_them(run: Run) -> None:
    run("set", "Shirts", "--product-type", "Camisa")
    of_model = CliRunner().invoke(main, ["labels", "shirts"]).output
    of_shop = CliRunner().invoke(main, ["labels", "shirts", "--shop", SHOP]).output
    assert ("Camisa" in of_model, "Camisa" in of_shop) == (False, True)


@pytest.fixture(params=["csv", "json"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"mapping.{request.param}"


def test_what_was_exported_can_be_imported_elsewhere_and_again(
    run: Run, store: DevStore, store_shop: StoreShop, file: Path
) -> None:
    gid = store_shop.create_collection("Summer sale")
    run("set", "Shirts", "--category", "aa-1-12-4", "--tag", "=1+1", "--tag", "b", "--collection-id", gid)
    run("set", "Jeans", "--product-type", "", "--no-tags", "--category-collection", "--status", "unchanged")
    run("set", "Tshirts", "--no-collection", "--channel", "Online Store", "--product-type", '\'-x "y"; z')
    exported, before = run("export", str(file)), run("show", "--json").stdout
    assert exported.stdout == ""
    for label in ("Shirts", "Jeans", "Tshirts"):
        run("set", label, *(word for part in PARTS for word in ("--default", part)))
    assert run("show", "--json").stdout != before
    assert "Changed 3 of" in run("import", str(file)).stderr
    assert run("show", "--json").stdout == before
    calls = len(store.calls.entries(SHOP))
    assert "Changed 0 of" in run("import", str(file)).stderr
    assert len(store.calls.entries(SHOP)) == calls


PARTS = ("category", "product_type", "tags", "collection", "channels", "status")


def test_no_cell_of_the_table_starts_a_formula(run: Run) -> None:
    run("set", "Shirts", "--product-type", "=HYPERLINK(1)", "--tag", "@x", "--collection", "-2+3")
    run("set", "Jeans", "--product-type", "+1", "--collection", "＝1")  # noqa: RUF001
    table = list(csv.reader(io.StringIO(run("export").stdout)))
    assert not [cell for row in table for cell in row if cell[:1] and cell[0] in "=+-@\t\r＝"]  # noqa: RUF001


def test_a_dry_run_says_what_would_change(run: Run, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "edited.csv"
    table.write_text("label;product_type\nShirts;Camisa\nJeans;\n", "utf-8-sig")
    told = run("import", str(table), "--dry-run")
    assert (told.stdout, "Would change 1 of 2" in told.stderr) == ("Shirts\tproduct_type\n", True)
    assert "Shirts*" not in run("show").stdout
    run("import", str(table))
    assert "Shirts*" in run("show").stdout


def test_a_category_may_be_given_by_its_path(run: Run, shown: Callable[..., dict[str, Any]]) -> None:
    path = shown("Jeans")["category"]
    run("import", "-", given=f"label,category\nShirts,{path}\n")
    assert shown("Shirts")["category_id"] == JEANS


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("label,tags\nShirts,ok\nSpaceships,ok\nJeans,ok\n", "line 3 ('Spaceships')"),
        ("label,status\nShirts,draft\nJeans,gone\n", "line 3 ('Jeans'): There is no status"),
        ('label,tags\nShirts,"a\n\n', "line"),
        ("label,tags\nShirts,a,b\n", "line 2: it has 3 cells"),
        ("label,size\nShirts,a\n", "no column 'size'"),
        ("name\nShirts\n", "there is no label"),
        ("label,label\nShirts,Shirts\n", "there twice"),
        ("label\nShirts\nShirts\n", "line 3: the label 'Shirts' stood in line 2"),
        ("label,status\n,draft\n", "line 2: there is no label"),
        ("label,collection_kind\nShirts,existing\n", "Say which collection"),
        ("label,collection_id\nShirts,gid://shopify/Collection/1\n", "has no collection"),
        ("label,category_id\nShirts,zz-1\n", "knows no category"),
        ("label,channels\nShirts,Moon\n", "no sales channel"),
        ("", "is empty"),
        (b"label\nShirts\xff", "not UTF-8"),
        ('[{"label": "Shirts"}, {"label": 7}]', "entry 2: label must be a text"),
        ('[{"label": "Shirts", "tags": "a"}]', "entry 1: tags must be a list"),
        ('[{"label": "Spaceships"}]', "entry 1 ('Spaceships')"),
        ('{"label": "Shirts"}', "must be a list"),
        ("[1]", "entry 1: it is not an object"),
        ("[", "no JSON"),
    ],
)
def test_a_table_with_anything_wrong_changes_nothing(run: Run, text: str | bytes, says: str) -> None:
    before = run("show", "--json").stdout
    assert says in run("import", "-", given=text, fails=True).output
    assert run("show", "--json").stdout == before


def test_a_store_that_cannot_be_asked_changes_nothing(run: Run, database: Database) -> None:
    with database.writing() as session:
        session.get_one(Shop, 1).token = None
    assert "could not be asked" in run("set", "Shirts", "--category", "aa-1-12-4", fails=True).output
    run("set", "Shirts", "--product-type", "Camisa")
    assert "could not be asked" in run("defaults", fails=True).output
