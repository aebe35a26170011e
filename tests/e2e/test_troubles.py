"""The network goes away, the session ends: nothing decided is lost or counts twice, and the page says so."""

from shopify_bot.states import State
from tests.e2e.person import Person
from tests.e2e.reviewing import Reviewing
from tests.e2e.stage import Stage


def test_what_is_decided_without_a_network_is_sent_when_there_is_one(stage: Stage, ann: Person) -> None:
    stage.clear()
    first, second, third = stage.create(3)
    at = Reviewing.begin(ann)
    ann.page.context.set_offline(True)
    at.decide("a")
    at.decide("s")
    assert at.shown == str(third), "the next ones are here already"
    ann.page.locator(".toast.warning").wait_for()
    assert stage.decisions(first) == stage.decisions(second) == []
    ann.page.context.set_offline(False)
    stage.wait(lambda: bool(stage.decisions(second)))
    assert [kind for kind, _, _ in stage.decisions(first)] == ["approve"]
    assert [kind for kind, _, _ in stage.decisions(second)] == ["skip"]


def test_a_session_that_ended_meanwhile_saves_nothing_and_says_so(stage: Stage, ann: Person) -> None:
    stage.clear()
    review = stage.create(2)[0]
    at = Reviewing.begin(ann)
    stage.sign_everybody_out()
    ann.press("a")
    ann.page.locator(".toast.warning a", has_text="Sign in").wait_for()
    assert at.person.page.locator("article.one").get_attribute("data-review") == str(review)
    assert stage.decisions(review) == []
    ann.page.locator(".toast.warning a", has_text="Sign in").focus()
    ann.press("Enter")
    ann.page.wait_for_url("**/login**")
    ann.fill_in()
    ann.press("a")
    stage.wait_for(review, State.APPROVED)


def test_leaving_asks_while_something_is_not_sent(stage: Stage, ann: Person) -> None:
    stage.clear()
    first = stage.create(2)[0]
    at = Reviewing.begin(ann)
    asked: list[str] = []
    ann.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    ann.page.context.set_offline(True)
    at.decide("a")
    ann.page.locator(".toast.warning").wait_for()
    ann.page.evaluate("location.href = '/history'")
    ann.page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    ann.page.context.set_offline(False)
    stage.wait(lambda: bool(stage.decisions(first)))
    ann.page.locator(".toast", has_text="Approved").wait_for()
    ann.open("/history")
    assert asked == ["beforeunload"]


def test_an_error_that_does_not_pass_brings_the_product_back(stage: Stage, ann: Person) -> None:
    """It would hold up every other decision otherwise."""
    stage.clear()
    first = stage.create(2)[0]
    at = Reviewing.begin(ann)
    ann.page.evaluate("Sender.AGAIN_MS = 50")
    broken = f"**/review/{first}/approve*"
    ann.page.route(broken, lambda route: route.fulfill(status=500, body="broken"))
    ann.press("a")
    ann.page.locator(".toast.warning", has_text="This was not saved").wait_for()
    assert at.shown == str(first)
    ann.page.unroute(broken)
    at.decide("a")
    stage.wait(lambda: bool(stage.decisions(first)))
