"""What happens elsewhere appears by itself: a new product, and what became of a decision."""

from shopify_bot.states import State
from tests.e2e.person import Person
from tests.e2e.reviewing import NO_OTHER, Reviewing
from tests.e2e.stage import Stage


def test_a_new_product_and_its_publication_appear_without_a_reload(stage: Stage, ann: Person) -> None:
    stage.clear()
    at = Reviewing.begin(ann)
    assert at.shown == NO_OTHER
    ann.page.evaluate("window.stayed = true")
    [review] = stage.create()
    at.wait_for_other(NO_OTHER)
    assert at.shown == str(review)
    at.decide("a")
    stage.wait_for(review, State.PUBLISHED)
    ann.page.locator(f'.toast[data-live-review="{review}"]', has_text="Revert").wait_for()
    assert ann.page.evaluate("window.stayed"), "the page was never loaded anew"
