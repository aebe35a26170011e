"""The settings: deciding alone is asked for twice and promises what was measured; team and language."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from classifier.bundle import Contents, write_bundle
from classifier.calibration import Calibration
from classifier.datasets.split import PartIds
from shopify_bot.alone.switching import Terms, turn_on
from shopify_bot.bot import Bot
from shopify_bot.people.changelog import USER_ADDED, changes, log_change
from shopify_bot.people.users import add_user
from shopify_bot.review.signing import limits
from shopify_bot.settings import Settings
from shopify_bot.tables import Decision, SettingChange, Shop, SignIn, User, now
from tests.review.browser import Browser, words
from tests.review.conftest import save_nothing
from tests.review.seeding import PASSWORD, add_review, add_shop, small_tree

FIGURES = {"evaluation": {"image_and_text": {"accuracy": 0.9706, "top4": 0.9999, "coverage_at_995": None}}}


@pytest.fixture(scope="session")
def sure_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle that decides alone, from picture and title."""
    tree = small_tree()
    calibration = Calibration(
        precision=0.995,
        thresholds={"image_and_text": {"*": 0.97}},
        coverage={"image_and_text": 0.78},
    )
    none = frozenset[str]()
    parts, labels = PartIds(none, none, none), tuple(tree.leaves)
    folder = tmp_path_factory.mktemp("models") / "sure"
    contents = Contents("none", 32, calibration, labels, tree, FIGURES, parts, card="For tests.")
    write_bundle(folder, contents, save_nothing)
    return folder


@pytest.fixture
def settings(settings: Settings, sure_bundle: Path) -> Settings:
    """The settings of all tests, with a model that decides alone."""
    return settings.model_copy(update={"model": sure_bundle})


@pytest.fixture
def member(app: Flask, bot: Bot, shop: Shop) -> Browser:
    """The browser of somebody who sees this shop alone."""
    with bot.database.writing() as session:
        add_user(session, "mia", PASSWORD, shop)
    browser = Browser(app.test_client())
    browser.open("/login")
    browser.press("Sign in", name="mia", password=PASSWORD)
    return browser


def shop_now(bot: Bot, shop: Shop) -> Shop:
    with bot.database.reading() as session:
        return session.get_one(Shop, shop.id)


def log_of(bot: Bot, shop: Shop) -> list[tuple[str, str]]:
    with bot.database.reading() as session:
        return [(each.kind, each.made_by) for each in changes(session, shop, 20)]


def user(bot: Bot, name: str) -> User | None:
    with bot.database.reading() as session:
        return session.scalar(select(User).where(User.name == name))


def user_id(bot: Bot, name: str) -> str:
    found = user(bot, name)
    assert found is not None
    return str(found.id)


def decide_many(bot: Bot, shop: Shop, right: int, wrong: int) -> None:
    """Decisions of a person about what the model was sure of."""
    review = add_review(bot, shop)
    with bot.database.writing() as session:
        for number in range(right + wrong):
            session.add(
                Decision(
                    shop_id=shop.id,
                    review_id=review,
                    kind="approve" if number < right else "correct",
                    label="Shirts" if number < right else "Watches",
                    predicted_label="Shirts",
                    confidence=0.995 if number % 2 else 0.98,
                    decides_alone=True,
                    reviewer="ann",
                    source="web",
                    counts=1,
                    created_at=now() - timedelta(days=1),
                )
            )


def test_the_overview_leads_everywhere(ann: Browser, shop: Shop) -> None:
    page = ann.open("/settings")
    text = words(page.select_one("main"))
    assert "Off Every product waits for a person." in text
    assert "The Online Store alone" in text
    assert "sure-" in text
    assert "97.1%" in text
    assert "99.9%" in text, "never rounded to certainty"
    targets = {link["href"] for link in page.select("main a")}
    assert {"/settings/alone", "/mapping", "/mapping#defaults", "/settings/team", "/shops"} <= targets
    assert page.select_one(".tab[aria-current]").get_text() == "Settings"


@pytest.mark.parametrize(
    "path", ["/settings", "/settings/alone", "/settings/team", "/settings/changes", "/mapping"]
)
def test_every_settings_page_names_itself(ann: Browser, path: str) -> None:
    page = ann.open(path)
    current = page.select(".subnav [aria-current]")
    assert [link["href"] for link in current] == [path]
    assert len(page.select("h1")) == 1


def test_turning_it_on_is_asked_for_twice(ann: Browser, bot: Bot, shop: Shop) -> None:
    ann.open("/settings/alone")
    page = ann.press("Turn on", above="", checked="0.05")
    assert not shop_now(bot, shop).approves_alone
    text = words(page.select_one("main"))
    assert "without anybody looking" in text
    assert "about 99.5 are right" in text
    assert "5% of them still come to a person" in text
    ann.press("Yes, turn it on")
    kept = shop_now(bot, shop)
    assert (kept.approves_alone, kept.alone_above, kept.checked_share) == (True, None, 0.05)
    assert kept.alone_promise == 0.995
    assert kept.alone_since is not None
    assert ann.toast.startswith("The model now decides alone")
    assert log_of(bot, shop) == [("alone_on", "ann")]
    ann.press("Turn off")
    assert not shop_now(bot, shop).approves_alone
    assert log_of(bot, shop)[0] == ("alone_off", "ann")


def test_less_for_the_model_is_saved_at_once_and_more_is_asked_for(
    ann: Browser, bot: Bot, shop: Shop
) -> None:
    ann.open("/settings/alone")
    ann.post("/settings/alone", above="0.99", checked="0.05", confirmed="1")
    ann.open("/settings/alone")
    ann.press("Save", within="main", above="0.995", checked="0.1")
    assert (shop_now(bot, shop).alone_above, shop_now(bot, shop).checked_share) == (0.995, 0.1)
    ann.press("Save", within="main", above="0.99", checked="0.1")
    assert shop_now(bot, shop).alone_above == 0.995
    ann.press("Yes, save it")
    assert shop_now(bot, shop).alone_above == 0.99
    assert [kind for kind, _ in log_of(bot, shop)] == ["alone_changed", "alone_changed", "alone_on"]


@pytest.mark.parametrize("sent", [{"above": "0.5", "checked": "0.05"}, {"above": "", "checked": "0"}, {}])
def test_what_is_no_choice_is_refused_beside_its_field(
    ann: Browser, bot: Bot, shop: Shop, sent: dict[str, str]
) -> None:
    ann.open("/settings/alone")
    answer = ann.post("/settings/alone", confirmed="1", **sent)
    assert answer.status_code == 422
    assert "field-problem" in answer.text
    assert not shop_now(bot, shop).approves_alone


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_each_choice_says_what_it_would_have_done_here(ann: Browser, bot: Bot, shop: Shop) -> None:
    decide_many(bot, shop, right=118, wrong=2)
    rows = {
        words(row.select_one("label")): words(row) for row in ann.open("/settings/alone").select("tbody tr")
    }
    own = next(text for name, text in rows.items() if name.startswith("The model"))
    assert "about 99.5 of 100" in own
    assert "98.3 of 100" in own
    assert "118 of 120 that somebody looked at; likely between 94.1% and 99.5%" in own
    assert "100% 120 products" in own
    assert "50% 60 products" in rows["At least 99% sure"]


def test_too_few_decisions_are_said_to_be_too_few(ann: Browser, bot: Bot, shop: Shop) -> None:
    decide_many(bot, shop, right=7, wrong=0)
    text = words(ann.open("/settings/alone").select_one("main"))
    assert "Not known yet: 7 of the 50 decisions that it takes" in text
    assert "about 78% of the products that it was tested with" in text


def test_a_model_that_promises_less_than_was_agreed_to_is_asked_about_again(
    ann: Browser, bot: Bot, shop: Shop
) -> None:
    """Until then it decides nothing, and the page says why."""
    with bot.database.writing() as session:
        turn_on(session, shop, Terms(None, 0.05), 0.999, "ben")
    page = ann.open("/settings/alone")
    told = "the model in use promises that 99.5 of 100 are right, and 99.9 were agreed to"
    assert told in words(page.select_one(".banner.warning"))
    ann.press("Save", within="main", above="", checked="0.05")
    assert shop_now(bot, shop).alone_promise == 0.999
    ann.press("Yes, save it")
    assert shop_now(bot, shop).alone_promise == 0.995
    assert not ann.page.select(".banner.warning")


def test_a_change_from_the_command_line_is_said_to_be_one(ann: Browser, bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        log_change(session, shop, USER_ADDED, "root", name="carl", source="cli")
    row = ann.open("/settings/changes").select_one("tbody tr")
    assert ", from the command line" in words(row)


def test_a_model_that_never_decides_alone_cannot_be_let(
    ann: Browser, bot: Bot, shop: Shop, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.settings, "model", bundle)
    page = ann.open("/settings/alone")
    assert "never decides alone" in words(page.select_one("main"))
    assert not ann.has_button("Turn on")
    assert ann.post("/settings/alone", above="", checked="0.05", confirmed="1").status_code == 422
    assert not shop_now(bot, shop).approves_alone


def test_that_it_turned_itself_off_stands_on_every_page_until_somebody_read_it(
    ann: Browser, ben: Browser, bot: Bot, shop: Shop
) -> None:
    with bot.database.writing() as session:
        session.get_one(Shop, shop.id).alone_stopped = {"wrong": 3, "checks": 41, "promise": 0.995}
    for path in ("/review", "/settings/alone", "/settings"):
        banner = ann.open(path).select_one(".stopped")
        assert "Of 41 checked products, 3 were not what the model said" in words(banner)
    ben.open("/review")
    ben.press("Understood")
    assert ben.path == "/review"
    assert shop_now(bot, shop).alone_stopped is None
    assert ann.open("/review").select_one(".stopped") is None


def test_the_log_names_who_and_what(ann: Browser, bot: Bot, shop: Shop) -> None:
    assert "Nothing was changed yet" in words(ann.open("/settings/changes").select_one("main"))
    with bot.database.writing() as session:
        for number in range(60):
            values = {"name": f"<b>user {number}"}
            session.add(SettingChange(shop_id=shop.id, kind="user_added", values=values, made_by="ben"))
    page = ann.open("/settings/changes")
    first = words(page.select_one("tbody tr"))
    assert "<b>user 59" in first
    assert "ben" in first
    assert len(page.select("tbody tr")) == 50
    older = page.find("a", string="Older")
    assert len(ann.open(str(older["href"])).select("tbody tr")) == 10


def test_somebody_is_added_with_a_password_that_is_shown_once(
    app: Flask, ann: Browser, bot: Bot, shop: Shop
) -> None:
    ann.open("/settings/team")
    page = ann.press("Add", within=".add-member", name="nina", sees="shop")
    password = page.select_one("[data-password]").get_text()
    assert len(password) == 19
    assert user(bot, "nina").shop_id == shop.id  # type: ignore[union-attr]
    assert ann.open("/settings/team").select_one("[data-password]") is None
    nina = Browser(app.test_client())
    nina.open("/login")
    nina.press("Sign in", name="nina", password=password)
    assert nina.path == "/review"
    assert log_of(bot, shop) == [("user_added", "ann")]


def test_an_owner_adds_another_owner_and_a_member_cannot(
    ann: Browser, member: Browser, bot: Bot, shop: Shop
) -> None:
    ann.open("/settings/team")
    ann.press("Add", within=".add-member", name="olga", password=PASSWORD, sees="all")
    assert user(bot, "olga").shop_id is None  # type: ignore[union-attr]
    member.open("/settings/team")
    member.post("/settings/team/add", name="paul", password=PASSWORD, sees="all")
    assert user(bot, "paul").shop_id == shop.id  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("ann", PASSWORD, "That name is taken."),
        ("quim", "short", "It needs at least 10 characters."),
        ("", PASSWORD, "Enter a name."),
        ("x" * 200, PASSWORD, "at most 120 plain characters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    ann: Browser, bot: Bot, name: str, password: str, told: str
) -> None:
    ann.open("/settings/team")
    page = ann.press("Add", within=".add-member", name=name, password=password, sees="shop")
    assert ann.response is not None
    assert ann.response.status_code == 422
    problem = page.select_one(".field-problem")
    assert told in words(problem)
    assert page.select_one(f"[aria-describedby={problem['id']}]") is not None
    assert log_of_all(bot) == []


def log_of_all(bot: Bot) -> list[str]:
    with bot.database.reading() as session:
        return list(session.scalars(select(SettingChange.kind)))


def test_who_is_removed_is_signed_out_at_once(ann: Browser, member: Browser, bot: Bot, shop: Shop) -> None:
    member.open("/review")
    assert member.path == "/review"
    ann.open("/settings/team")
    ann.press("Remove mia")
    assert user(bot, "mia") is None
    member.open("/review")
    assert member.path == "/login"
    assert log_of(bot, shop) == [("user_removed", "ann")]


def test_nobody_removes_themselves(ann: Browser, bot: Bot) -> None:
    ann.open("/settings/team")
    assert not ann.has_button("Remove ann")
    ann.post("/settings/team/remove", user=user_id(bot, "ann"))
    assert user(bot, "ann") is not None


def test_a_member_manages_their_own_shop_alone(member: Browser, bot: Bot, shop: Shop) -> None:
    other = add_shop(bot, "other.myshopify.com")
    with bot.database.writing() as session:
        add_user(session, "owner", PASSWORD)
        add_user(session, "stranger", PASSWORD, other)
        add_user(session, "colleague", PASSWORD, shop)
    text = words(member.open("/settings/team").select_one("main"))
    assert "colleague" in text
    assert "owner" in text
    assert "stranger" not in text
    for name in ("owner", "stranger"):
        for action in ("remove", "password", "back"):
            answer = member.post(f"/settings/team/{action}", user=user_id(bot, name), password="x" * 12)
            assert answer.status_code == 404, (name, action)
    member.open("/settings/team")
    member.press("Remove colleague")
    assert user(bot, "colleague") is None


def test_an_owner_manages_those_of_the_shop_on_screen(ann: Browser, bot: Bot, shop: Shop) -> None:
    other = add_shop(bot, "other.myshopify.com")
    with bot.database.writing() as session:
        add_user(session, "stranger", PASSWORD, other)
    ann.open("/settings/team")
    assert ann.post("/settings/team/remove", user=user_id(bot, "stranger")).status_code == 404
    assert ann.post("/settings/team/remove", user="no number").status_code == 404
    assert user(bot, "stranger") is not None


def test_a_new_password_ends_their_sign_ins(ann: Browser, member: Browser, bot: Bot, shop: Shop) -> None:
    ann.open("/settings/team")
    answer = ann.post(
        "/settings/team/password", user=user_id(bot, "mia"), password="a new password of theirs"
    )
    assert answer.status_code == 303
    member.open("/review")
    assert member.path == "/login"
    member.press("Sign in", name="mia", password="a new password of theirs")
    assert member.path == "/review"
    assert log_of(bot, shop) == [("password_set", "ann")]


def test_ones_own_password_needs_the_present_one_and_keeps_this_browser_signed_in(
    app: Flask, ann: Browser, bot: Bot
) -> None:
    elsewhere = Browser(app.test_client())
    elsewhere.open("/login")
    elsewhere.press("Sign in", name="ann", password=PASSWORD)
    me = user_id(bot, "ann")
    ann.open("/settings/team")
    refused = ann.post("/settings/team/password", user=me, password="another password", current="wrong")
    assert refused.status_code == 422
    assert "This is not your password." in refused.text
    ann.post("/settings/team/password", user=me, password="another password", current=PASSWORD)
    ann.open("/settings/team")
    assert ann.path == "/settings/team"
    assert ann.toast.endswith("has a new password.")
    elsewhere.open("/review")
    assert elsewhere.path == "/login"
    with bot.database.reading() as session:
        assert len(session.scalars(select(SignIn.id).where(SignIn.user_id == int(me))).all()) == 1


def test_the_present_password_cannot_be_guessed_here(
    ann: Browser, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TRIES_PER_NAME", 2)
    me = user_id(bot, "ann")
    ann.open("/settings/team")
    fields = {"user": me, "password": "another password"}
    for guess in ("first", "second"):
        ann.post("/settings/team/password", **fields, current=guess)
    right = ann.post("/settings/team/password", **fields, current=PASSWORD)
    assert right.status_code == 422
    assert "Too many tries" in right.text


def test_who_signs_in_with_shopify_can_be_removed_and_let_in_again(
    ann: Browser, bot: Bot, shop: Shop
) -> None:
    with bot.database.writing() as session:
        session.add(User(shop_id=shop.id, name="Dana", password_hash="", shopify_id="42"))
    ann.open("/settings/team")
    page = ann.press("Remove Dana")
    assert "Removed" in words(page.select_one(".team"))
    ann.press("Let in again")
    assert user(bot, "Dana").barred_at is None  # type: ignore[union-attr]
    assert [kind for kind, _ in log_of(bot, shop)] == ["user_back", "user_removed"]


def test_names_show_as_text(ann: Browser, bot: Bot, shop: Shop) -> None:
    name = "<script>alert(1)</script>\u202e"
    with bot.database.writing() as session:
        add_user(session, name, PASSWORD, shop)
    page = ann.open("/settings/team")
    assert page.select_one(".team script") is None
    assert name in page.select_one(".team").get_text()


def test_the_language_is_kept_for_the_person(app: Flask, ann: Browser, bot: Bot) -> None:
    page = ann.open("/settings")
    assert page.html["lang"] == "en"
    assert ann.post("/settings/language", language="fr", next="/history").location == "/history"
    assert ann.open("/settings").html["lang"] == "fr"
    assert user(bot, "ann").language == "fr"  # type: ignore[union-attr]
    ann.post("/settings/language", language="")
    assert ann.open("/settings").html["lang"] == "en"
    assert user(bot, "ann").language is None  # type: ignore[union-attr]
    ann.post("/settings/language", language="../../etc", next="//evil.example")
    assert user(bot, "ann").language is None  # type: ignore[union-attr]


def test_the_language_can_be_changed_from_the_menu(ann: Browser) -> None:
    ann.open("/history")
    ann.press("Français", within=".menu")
    assert ann.path == "/history"
    assert ann.page.html["lang"] == "fr"
