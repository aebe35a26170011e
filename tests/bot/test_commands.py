"""The commands, on a database in a temporary folder, with no Redis in sight."""

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from shopify_bot.bot import make_bot
from shopify_bot.chores.rota import Kind
from shopify_bot.cli import main
from shopify_bot.database import Database
from shopify_bot.errors import StartError
from shopify_bot.running import one_machine
from shopify_bot.running.one_machine import Address, must_be_free
from shopify_bot.states import State
from shopify_bot.tables import (
    Chore,
    Decision,
    Prediction,
    Product,
    Publication,
    Review,
    SettingChange,
    Shop,
    User,
    now,
)
from tests.bot.web import web

Run = Callable[..., Result]
SHOP = "demo.myshopify.com"


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOPIFY_BOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SHOPIFY_BOT_ADMIN_ORIGIN", "http://127.0.0.1:1")  # no command here asks a store
    return tmp_path / "data"


@pytest.fixture
def run(data_dir: Path) -> Run:
    def invoke(*arguments: str, given: str | None = None, fails: bool = False) -> Result:
        result = CliRunner().invoke(main, arguments, input=given)
        assert (result.exit_code != 0) == fails, result.output
        return result

    return invoke


@pytest.fixture
def database(run: Run, data_dir: Path) -> Database:
    run("shops", "add", SHOP, "--token", "shpat_secret", "--no-check")
    return Database(f"sqlite:///{data_dir / 'shopify-bot.sqlite3'}")


def add_review(
    database: Database, title: str, label: str | None = "Shirts", state: State = State.PENDING
) -> int:
    with database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        product = Product(shop_id=shop.id, gid=f"gid://shopify/Product/{title}", title=title)
        session.add(product)
        session.flush()
        review = Review(shop_id=shop.id, product_id=product.id, state=state)
        session.add(review)
        session.flush()
        top = [{"label": label, "probability": 0.9}] if label else []
        session.add(
            Prediction(
                shop_id=shop.id,
                review_id=review.id,
                model_version="m",
                label=label,
                confidence=0.9 if label else None,
                top=top,
            )
        )
        return review.id


def state_of(database: Database, review_id: int) -> str:
    with database.reading() as session:
        return session.get_one(Review, review_id).state


def test_the_token_is_kept_encrypted(database: Database, data_dir: Path) -> None:
    with database.reading() as session:
        kept = session.scalars(select(Shop.token)).one()
    assert kept is not None
    assert "shpat_secret" not in kept
    for file in data_dir.rglob("*"):
        assert not file.is_file() or b"shpat_secret" not in file.read_bytes(), file


def test_a_token_may_come_from_a_pipe(run: Run) -> None:
    result = run("shops", "add", "https://Other.myshopify.com/", "--no-check", given="shpat_piped\n")
    assert "shpat" not in result.output
    told = "other.myshopify.com\tactive\tstatic token\tdoes not expire\tscopes not known yet\n"
    assert run("shops", "list").stdout == told


def test_a_wrong_domain_is_refused_in_one_line(run: Run) -> None:
    result = run("shops", "add", "example.com", "--token", "x", fails=True)
    assert result.stderr.strip().splitlines()[-1].startswith("Error: 'example.com' is no shop domain")


def test_users(run: Run, database: Database) -> None:
    run("users", "add", "anna", given="correct horse\n")
    run("users", "add", "ben", "--shop", SHOP, given="battery staple\n")
    assert run("users", "list").stdout == "anna\nben\n"
    assert "at least 10" in run("users", "add", "carl", given="short\n", fails=True).stderr
    assert "already" in run("users", "add", "anna", given="correct horse\n", fails=True).stderr
    with database.reading() as session:
        assert "horse" not in session.scalars(select(User.password_hash)).first()  # type: ignore[operator]
    run("users", "remove", "anna")
    assert run("users", "list").stdout == "ben\n"
    run("users", "password", "ben", given="another staple\n")
    with database.reading() as session:
        changes = session.scalars(select(SettingChange).order_by(SettingChange.id))
        logged = [(each.kind, (each.values or {})["name"], (each.values or {})["source"]) for each in changes]
    kinds = [("user_added", "anna"), ("user_added", "ben"), ("user_removed", "anna"), ("password_set", "ben")]
    assert logged == [(kind, name, "cli") for kind, name in kinds]


def test_review_list_prints_json_alone(run: Run, database: Database) -> None:
    review_id = add_review(database, "Ünïcode <b>shirt</b>")
    add_review(database, "Published", state=State.PUBLISHED)
    (row,) = json.loads(run("review", "list", "--state", "pending", "--json").stdout)
    assert row["id"] == review_id
    assert (row["shop"], row["title"], row["state"]) == (SHOP, "Ünïcode <b>shirt</b>", "pending")
    assert (row["label"], row["confidence"]) == ("Shirts", 0.9)
    assert row["top"] == [{"label": "Shirts", "probability": 0.9}]
    assert row["product_gid"].startswith("gid://shopify/Product/")
    assert len(json.loads(run("review", "list", "--json").stdout)) == 2


def test_review_list_and_show_tell_what_is_sure_and_what_was_seen(run: Run, database: Database) -> None:
    ids = [add_review(database, title) for title in ("Sure", "Category", "Guess")]
    unlabelled = add_review(database, "Nothing", label=None)
    said = (
        ("leaf", "image_and_text", "Sure\tfrom picture and title"),
        ("category", "image", "Topwear, which one is unsure\tfrom the picture alone"),
        ("nothing", "text", "Unsure\tfrom the title alone"),
    )
    with database.writing() as session:
        for review_id, (sure, kind, _) in zip(ids, said, strict=True):
            row = update(Prediction).where(Prediction.review_id == review_id)
            session.execute(
                row.values(sure=sure, kind=kind, category="Topwear", decides_alone=sure == "leaf")
            )
    lines = run("review", "list").stdout.splitlines()
    titles = ("Sure", "Category", "Guess")
    assert lines == [
        *(
            f"{review_id}\tpending\tShirts\t90%\t{words}\t{title}"
            for review_id, (*_, words), title in zip(ids, said, titles, strict=True)
        ),
        f"{unlabelled}\tpending\t-\t-\t-\t-\tNothing",
    ]
    assert (
        "predicted  Shirts, 90%, from picture and title (by m)" in run("review", "show", str(ids[0])).stdout
    )
    guess = run("review", "show", str(ids[2])).stdout
    assert "predicted  Unsure, from the title alone (by m)" in guess
    assert "Approving takes the best guess, Shirts." in guess
    assert "predicted  nothing" in run("review", "show", str(unlabelled)).stdout
    row = json.loads(run("review", "show", str(ids[1]), "--json").stdout)
    assert (row["sure"], row["category"], row["kind"]) == ("category", "Topwear", "image")
    assert row["decides_alone"] is False
    assert "no review 999" in run("review", "show", "999", fails=True).stderr


def test_review_list_tells_the_label_that_was_decided(run: Run, database: Database) -> None:
    ids = [add_review(database, title) for title in ("Corrected", "Approved", "Undone")]
    unlabelled = add_review(database, "No picture", label=None)
    for review_id in (ids[0], ids[2], unlabelled):
        run("review", "correct", str(review_id), "Watches")
    run("review", "approve", str(ids[1]))
    run("review", "reopen", str(ids[2]))
    lines = [line.split("\t")[1:5] for line in run("review", "list").stdout.splitlines()]
    assert lines == [
        ["approved", "Watches", "-", "corrected from Shirts"],
        ["approved", "Shirts", "90%", "-"],
        ["pending", "Shirts", "90%", "-"],
        ["approved", "Watches", "-", "chosen by a person"],
    ]
    rows = json.loads(run("review", "list", "--json").stdout)
    assert [row["decided_label"] for row in rows] == ["Watches", "Shirts", None, "Watches"]
    assert [row["label"] for row in rows] == ["Shirts", "Shirts", "Shirts", None]


def test_approve_all_leaves_what_has_no_label(run: Run, database: Database) -> None:
    assert run("review", "approve", "--all").exit_code == 0
    ids = [add_review(database, f"Shirt {number}") for number in range(3)]
    unlabelled = add_review(database, "No picture", label=None)
    result = run("review", "approve", "--all", "--shop", SHOP)
    assert "Approved 3" in result.stderr
    assert {state_of(database, each) for each in ids} == {State.APPROVED}
    assert state_of(database, unlabelled) == State.PENDING
    run("review", "approve", str(ids[0]))


def test_approving_without_a_label_says_what_to_do(run: Run, database: Database) -> None:
    unlabelled = add_review(database, "No picture", label=None)
    result = run("review", "approve", str(unlabelled), fails=True)
    assert f"shopify-bot review correct {unlabelled} LABEL" in result.stderr


def test_several_are_decided_one_by_one(run: Run, database: Database) -> None:
    review_id = add_review(database, "Shirt")
    assert "no review 999" in run("review", "approve", "999", str(review_id), fails=True).stderr
    assert state_of(database, review_id) == State.APPROVED


def test_approving_again_is_harmless(run: Run, database: Database) -> None:
    review_id = add_review(database, "Shirt")
    run("review", "approve", str(review_id))
    with database.writing() as session:
        session.execute(update(Review).values(state=State.PUBLISHED))
    run("review", "approve", str(review_id))
    assert state_of(database, review_id) == State.PUBLISHED
    assert run("review", "approve").exit_code == 0


def test_correct_knows_the_label_in_any_case(run: Run, database: Database) -> None:
    review_id = add_review(database, "Watch")
    assert "no label 'Bananas'" in run("review", "correct", str(review_id), "Bananas", fails=True).stderr
    run("review", "correct", str(review_id), "watches")
    with database.reading() as session:
        decision = session.scalars(select(Decision)).one()
    assert (decision.kind, decision.label, decision.predicted_label) == ("correct", "Watches", "Shirts")
    assert decision.source == "cli"


def test_skip_reopen_retry(run: Run, database: Database) -> None:
    review_id = add_review(database, "Later")
    run("review", "skip", str(review_id))
    assert state_of(database, review_id) == State.SKIPPED
    run("review", "reopen", str(review_id))
    assert state_of(database, review_id) == State.PENDING
    failed = add_review(database, "Failed", state=State.FAILED)
    assert "Retrying 1" in run("review", "retry", "--all").stderr
    assert state_of(database, failed) == State.RECEIVED


def test_a_persons_category_is_told_and_stays_unless_said_otherwise(run: Run, database: Database) -> None:
    ids = [add_review(database, title) for title in ("Kept", "Replaced", "Corrected")]
    with database.writing() as session:
        session.execute(update(Product).values(category_id="gid://b", category_name="Tops > Blouses"))
    (row, *_) = json.loads(run("review", "list", "--json").stdout)
    assert row["store_category"] == {"id": "gid://b", "name": "Tops > Blouses"}
    assert row["set_by_person"] is True
    assert "in store   Tops > Blouses, set by a person" in run("review", "show", str(ids[0])).stdout
    run("review", "approve", str(ids[0]))
    run("review", "approve", str(ids[1]), "--replace-category")
    run("review", "correct", str(ids[2]), "Watches", "--replace-category")
    with database.reading() as session:
        found = session.scalars(select(Decision).order_by(Decision.id)).all()
        assert [each.replaces_category for each in found] == [False, True, True]
        assert {each.store_category_id for each in found} == {"gid://b"}
    assert "in place of the category in the store" in run("review", "show", str(ids[1])).stdout


def test_reverting_and_reviewing_again(run: Run, database: Database) -> None:
    review_id = add_review(database, "Shirt", state=State.PUBLISHED)
    assert "nothing to take back" in run("review", "revert", str(review_id), fails=True).stderr
    state = {"category_id": None, "category_name": None, "product_type": "", "status": "DRAFT", "tags": []}
    with database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        made = Publication(shop_id=shop.id, review_id=review_id, label="Shirts", before=state)
        made.after, made.finished_at = state | {"said": ["The category was kept."]}, now()
        session.add(made)
    assert "Reverting 1" in run("review", "revert", str(review_id)).stderr
    assert state_of(database, review_id) == State.REVERTING
    left = {"what": "Category", "because": "somebody changed it since"}
    with database.writing() as session:
        session.execute(update(Review).values(state=State.REVERTED))
        outcome = {"put_back": [{"what": "Status", "to": "Draft"}], "left": [left]}
        session.execute(update(Publication).values(reverted=outcome, reverted_at=now()))
    told = run("review", "show", str(review_id)).stdout
    for line in (
        "published  The category was kept.",
        "put back   Status: Draft",
        "left       Category: ",
    ):
        assert line in told
    assert json.loads(run("review", "show", str(review_id), "--json").stdout)["reverted"]["left"] == [left]
    run("review", "reopen", str(review_id))
    assert state_of(database, review_id + 1) == State.RECEIVED
    assert "in the review already" in run("review", "reopen", str(review_id), fails=True).stderr


def test_another_shop_is_no_way_in(run: Run, database: Database) -> None:
    review_id = add_review(database, "Shirt")
    run("shops", "add", "other.myshopify.com", "--token", "x", "--no-check")
    for command in ("approve", "skip", "reopen", "retry", "revert"):
        assert (
            "no review"
            in run("review", command, str(review_id), "--shop", "other.myshopify.com", fails=True).stderr
        )
    assert json.loads(run("review", "list", "--shop", "other.myshopify.com", "--json").stdout) == []
    run("review", "approve", "--all", "--shop", "other.myshopify.com")
    assert state_of(database, review_id) == State.PENDING


def test_status(run: Run, database: Database) -> None:
    add_review(database, "Shirt")
    found = json.loads(run("status", "--json").stdout)
    assert set(found["products"]) == {state.value for state in State}
    assert found["products"]["pending"] == 1
    assert found["redis"] == "none"
    assert {each["kind"] for each in found["chores"]} == set(Kind)
    with database.writing() as session:
        session.execute(update(Chore).where(Chore.kind == "reconcile").values(error="the token was refused"))
    assert f"{SHOP}: reconcile: the token was refused" in run("status").stdout


def test_doctor_says_what_to_mend(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("doctor", fails=True)
    assert "mend  SHOPIFY_BOT_SHOPIFY_API_SECRET is not set" in result.stdout
    monkeypatch.setenv("SHOPIFY_BOT_SHOPIFY_API_SECRET", "hush-hush")
    result = run("doctor")
    assert "hush" not in result.output
    assert re.search(
        r"predicts the \d+ labels that it has learnt, of \d+ that a person can choose", result.stdout
    )
    assert re.search(
        r"ok  The model runs with (Keras|OpenVINO) on the (GPU|processor): \d+ pict", result.stdout
    )
    monkeypatch.setenv("SHOPIFY_BOT_ENGINE", "openvino")
    monkeypatch.setenv("SHOPIFY_BOT_DEVICE", "gpu")
    assert "Check SHOPIFY_BOT_ENGINE and SHOPIFY_BOT_DEVICE" in run("doctor", fails=True).stdout
    monkeypatch.setenv("SHOPIFY_BOT_MODEL", "/nowhere")
    assert "Check SHOPIFY_BOT_MODEL" in run("doctor", fails=True).stdout
    monkeypatch.setenv("SHOPIFY_BOT_BATCH_SIZE", "many")
    assert "SHOPIFY_BOT_BATCH_SIZE" in run("doctor", fails=True).stdout


def test_doctor_tells_where_the_model_decides_alone(
    run: Run, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_SHOPIFY_API_SECRET", "hush-hush")
    assert SHOP not in run("doctor").stdout
    agreed: dict[str, Any] = {"approves_alone": True, "alone_promise": 0.995, "checked_share": 0.05}
    for values, told in (
        (agreed, f"ok  {SHOP}: the model decides alone from the model's own thresholds on; 5% of it"),
        ({"alone_promise": 0.999}, f"warning  {SHOP}: the model in use promises 99.5%, but 99.9%"),
        (
            {"approves_alone": False, "alone_stopped": {"wrong": 3, "checks": 40}},
            f"warning  {SHOP}: deciding alone turned itself off, since 3 of 40 checks were wrong.",
        ),
    ):
        with database.writing() as session:
            session.execute(update(Shop).values(values))
        assert told in run("doctor").stdout


def test_doctor_names_addresses_that_cannot_be_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_REDIS_URL", "localhost:6379")
    monkeypatch.setenv("SHOPIFY_BOT_DATABASE_URL", "mysql://me:hunter2@host/name")
    result = run("doctor", fails=True)
    assert "SHOPIFY_BOT_REDIS_URL must look like" in result.stdout
    assert "SHOPIFY_BOT_DATABASE_URL must look like" in result.stdout
    monkeypatch.setenv("SHOPIFY_BOT_DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:1/name")
    monkeypatch.setenv("SHOPIFY_BOT_REDIS_URL", "redis://:hunter2@127.0.0.1:1/0")
    result = run("doctor", fails=True)
    assert "The database cannot be reached" in result.stdout
    assert "Redis does not answer" in result.stdout
    assert "hunter2" not in result.output


def test_doctor_tells_whether_our_address_leads_here(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    monkeypatch.setenv("SHOPIFY_BOT_SHOPIFY_API_SECRET", "hush-hush")
    monkeypatch.setenv("SHOPIFY_BOT_APP_URL", "http://127.0.0.1:1")
    assert "127.0.0.1:1 does not lead here, seen from this machine: no connection" in run("doctor").stdout
    with web(make_bot()) as url:
        monkeypatch.setenv("SHOPIFY_BOT_APP_URL", url)
        assert f"ok  {url} leads here." in run("doctor").stdout
    monkeypatch.delenv("SHOPIFY_BOT_ADMIN_ORIGIN")
    assert "APP_URL must start with https://" in run("doctor", fails=True).stdout


def test_a_port_that_is_taken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_machine, "FREE_S", 0)
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = Address("127.0.0.1", other.getsockname()[1])
        with pytest.raises(StartError, match="choose another port"):
            must_be_free(address)


def test_a_database_that_is_away_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:1/name")
    result = run("status", fails=True)
    assert result.stderr.startswith("Error: The database cannot be used")
    assert "hunter2" not in result.output


def test_a_token_that_cannot_be_one_is_refused(run: Run) -> None:
    assert "access token" in run("shops", "add", SHOP, "--token", "shpat_€", fails=True).stderr
    assert "access token" in run("shops", "add", SHOP, given="\n", fails=True).stderr


def test_labels_can_be_searched(run: Run) -> None:
    assert any(line.startswith("Watches\tWatches\t") for line in run("labels").stdout.splitlines())
    assert "Sandals" not in run("labels", "watch").stdout
