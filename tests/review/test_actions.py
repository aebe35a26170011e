"""What the buttons do to the state, and who is told what."""

import pytest

from shopify_bot.bot import Bot
from shopify_bot.states import State
from shopify_bot.tables import Shop
from tests.review.browser import Browser
from tests.review.seeding import (
    add_review,
    add_shop,
    decisions_of,
    predict_again,
    set_state,
    state_of,
)

ACTIONS = ("approve", "correct", "skip", "dismiss", "reopen", "retry")
WRITTEN = (
    "Being written to the store: Shirts, type Shirt, tag shirts, in the collection Topwear, "
    "active in the Online Store."
)


def test_approving_moves_the_review_and_says_so(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Approve Shirts")
    assert state_of(bot, review) == State.APPROVED
    assert decisions_of(bot, review) == [("approve", "Shirts", "ann", "web")]
    assert ann.toast == f"Approved as Shirts. {WRITTEN}"
    assert ann.path == "/review"


def test_one_click_chooses_another_likely_label(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Tshirts")
    assert decisions_of(bot, review) == [("correct", "Tshirts", "ann", "web")]
    assert ann.toast.startswith("Corrected to Tshirts. Being written to the store: T-Shirts, type T-Shirt")


@pytest.mark.parametrize("typed", ["Watches", "  watches ", "WATCHES"])
def test_correcting_to_a_typed_label(ann: Browser, bot: Bot, shop: Shop, typed: str) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Correct", label=typed)
    assert state_of(bot, review) == State.APPROVED
    assert decisions_of(bot, review) == [("correct", "Watches", "ann", "web")]


def test_correcting_to_the_predicted_label_is_an_approval(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Correct", label="Shirts")
    assert decisions_of(bot, review) == [("approve", "Shirts", "ann", "web")]


@pytest.mark.parametrize(
    ("typed", "told"), [("Spaceships", "no label “Spaceships”"), (" ", "Choose a label.")]
)
def test_an_unknown_label_changes_nothing(ann: Browser, bot: Bot, shop: Shop, typed: str, told: str) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Correct", label=typed)
    assert state_of(bot, review) == State.PENDING
    assert decisions_of(bot, review) == []
    assert told in ann.toast


def test_an_endless_unknown_label_is_told_in_short(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop)
    ann.open("/review")
    ann.press("Correct", label="x" * 10_000)
    assert len(ann.toast) < 120


def test_skipping_and_taking_up_again(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Skip")
    assert state_of(bot, review) == State.SKIPPED
    assert ann.toast == "Skipped. Nothing is written; it waits among the skipped ones."
    ann.open("/review?state=skipped")
    ann.press("Take up again")
    assert state_of(bot, review) == State.PENDING
    assert ann.path == f"/review/{review}"
    assert [kind for kind, *_ in decisions_of(bot, review)] == ["skip", "reopen"]


def test_undo_brings_an_approval_back(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Approve Shirts")
    ann.press("Undo")
    assert state_of(bot, review) == State.PENDING
    assert ann.toast == "Taken up again."
    assert ann.has_button("Approve Shirts")


def test_undo_is_not_offered_once_publishing_has_begun(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    token = ann.token()
    ann.client.post(f"/review/{review}/approve", data={"csrf_token": token})
    set_state(bot, review, State.PUBLISHING)
    ann.open("/review")
    assert ann.toast == f"Approved as Shirts. {WRITTEN}"
    assert not ann.has_button("Undo", within=".toast")


def test_a_late_undo_is_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Approve Shirts")
    set_state(bot, review, State.PUBLISHED)
    ann.press("Undo")
    assert state_of(bot, review) == State.PUBLISHED
    assert "Nothing was changed" in ann.toast
    assert "It is published" in ann.toast


@pytest.mark.parametrize("meanwhile", [State.APPROVED, State.PUBLISHING, State.PUBLISHED])
def test_a_double_click_counts_once(ann: Browser, bot: Bot, shop: Shop, meanwhile: State) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    for _ in range(2):
        assert ann.post(f"/review/{review}/approve").status_code == 303
        set_state(bot, review, meanwhile)
    assert decisions_of(bot, review) == [("approve", "Shirts", "ann", "web")]
    page = ann.open("/review")
    assert "success" in page.select_one(".toast")["class"]


@pytest.mark.parametrize("second", ["Approve Shirts", "Tshirts", "Skip"])
def test_of_two_people_the_first_counts_and_the_second_is_told(
    ann: Browser, ben: Browser, bot: Bot, shop: Shop, second: str
) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ben.open("/review")
    ann.press("Approve Shirts")
    ben.press(second)
    assert decisions_of(bot, review) == [("approve", "Shirts", "ann", "web")]
    assert "Approved as Shirts by ann." in ben.toast


def test_a_decision_about_an_older_prediction_is_refused(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    predict_again(bot, review, (("Watches", 0.8), ("Shirts", 0.2)))
    ann.press("Approve Shirts")
    assert state_of(bot, review) == State.PENDING
    assert "newer prediction" in ann.toast
    ann.press("Approve Watches")
    assert decisions_of(bot, review) == [("approve", "Watches", "ann", "web")]


def test_without_a_picture_one_corrects_but_cannot_approve(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, top=(), note="no usable picture: it is not ready")
    page = ann.open("/review")
    assert not ann.has_button("Approve")
    assert "no usable picture: it is not ready" in page.select_one(".note").get_text()
    ann.post(f"/review/{review}/approve")
    assert state_of(bot, review) == State.PENDING
    ann.open("/review")
    assert "nothing to approve" in ann.toast
    ann.press("Use label", label="Watches")
    assert decisions_of(bot, review) == [("correct", "Watches", "ann", "web")]


@pytest.mark.parametrize(("decided", "state"), [(True, State.APPROVED), (False, State.RECEIVED)])
def test_a_failed_review_is_tried_again_where_it_failed(
    ann: Browser, bot: Bot, shop: Shop, decided: bool, state: State
) -> None:
    review = add_review(bot, shop)
    if decided:
        ann.open("/review")
        ann.press("Approve Shirts")
    set_state(bot, review, State.FAILED, error="The store said no.")
    page = ann.open("/operations")
    assert "The store said no." in page.get_text()
    ann.press("Try again")
    assert state_of(bot, review) == state
    assert decisions_of(bot, review)[-1][0] == "retry"
    assert ann.path == "/operations"


@pytest.mark.parametrize("action", ACTIONS)
def test_without_a_token_nothing_happens(ann: Browser, bot: Bot, shop: Shop, action: str) -> None:
    review = add_review(bot, shop)
    answer = ann.client.post(f"/review/{review}/{action}", data={"label": "Shirts"})
    assert answer.status_code == 400
    assert "try that once more" in answer.text
    assert decisions_of(bot, review) == []


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stranger_changes_nothing(ann: Browser, bot: Bot, shop: Shop, action: str) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Sign out")
    answer = ann.post(f"/review/{review}/{action}", label="Shirts")
    assert answer.status_code == 303
    assert answer.location == "/login"
    assert decisions_of(bot, review) == []


@pytest.mark.parametrize("action", ACTIONS)
def test_another_shops_review_is_not_there(ann: Browser, bot: Bot, shop: Shop, action: str) -> None:
    foreign = add_review(bot, add_shop(bot, "other.myshopify.com"), "A secret product")
    ann.open("/review")
    absent = ann.post(f"/review/{foreign + 999}/{action}", label="Shirts")
    answer = ann.post(f"/review/{foreign}/{action}", label="Shirts")
    assert answer.status_code == 404
    assert answer.text == absent.text
    assert state_of(bot, foreign) == State.PENDING
    assert decisions_of(bot, foreign) == []


@pytest.mark.parametrize("action", ACTIONS)
def test_buttons_are_no_links(ann: Browser, bot: Bot, shop: Shop, action: str) -> None:
    review = add_review(bot, shop)
    assert ann.client.get(f"/review/{review}/{action}").status_code == 405


def test_the_way_on_stays_on_this_host(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    assert ann.post(f"/review/{review}/skip", next="https://evil.example/").location == "/review"


def test_after_the_last_product_comes_the_first_again(ann: Browser, bot: Bot, shop: Shop) -> None:
    first, second = add_review(bot, shop, "First"), add_review(bot, shop, "Second")
    ann.open(f"/review/{second}")
    ann.press("Approve Shirts")
    assert ann.path == f"/review/{first}"
    ann.press("Approve Shirts")
    assert ann.path == "/review"
    assert "all caught up" in ann.page.get_text()


def test_what_is_not_ours_does_not_come_back(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    ann.press("Not ours")
    assert state_of(bot, review) == State.DISMISSED
    assert decisions_of(bot, review) == [("dismiss", None, "ann", "web")]
    assert ann.toast == "Set aside as not ours. Nothing is written, and it does not come back."
    assert "all caught up" in ann.page.get_text()
    ann.press("Undo")
    assert state_of(bot, review) == State.PENDING
    assert ann.path == f"/review/{review}"


@pytest.mark.parametrize(("undo_s", "told"), [(5.0, "Written to the store in 5 s: "), (0.0, "Being written")])
def test_an_approval_tells_how_long_it_can_be_undone(
    ann: Browser, bot: Bot, shop: Shop, undo_s: float, told: str
) -> None:
    object.__setattr__(bot, "settings", bot.settings.model_copy(update={"undo_s": undo_s}))
    add_review(bot, shop)
    ann.open("/review")
    ann.press("Approve Shirts")
    assert told in ann.toast
