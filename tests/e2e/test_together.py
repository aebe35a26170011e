"""Two people on one product, and one person who presses twice: one decision counts, and everybody is told."""

from shopify_bot.states import State
from tests.e2e.person import Person
from tests.e2e.reviewing import Reviewing
from tests.e2e.stage import Stage


def test_of_two_people_on_one_product_one_counts_and_the_other_is_told(
    stage: Stage, ann: Person, ben: Person
) -> None:
    stage.clear()
    review, other = stage.create(2)
    at, there = (Reviewing.begin(person, f"/review/{review}") for person in (ann, ben))
    assert at.shown == there.shown == str(review)
    at.decide("s")
    stage.wait_for(review, State.SKIPPED)
    there.decide("x")
    ben.page.locator(".toast", has_text="ann").wait_for()
    assert stage.decisions(review) == [("skip", None, "ann")]
    assert there.shown == str(other), "what does not wait any more is not shown again"


def test_a_key_pressed_twice_decides_once(stage: Stage, ann: Person) -> None:
    stage.clear()
    first, second, third = stage.create(3)
    at = Reviewing.begin(ann)
    assert at.shown == str(first)
    ann.page.evaluate(
        """() => {  // both before anything could be drawn or answered
          const button = document.querySelector('article.one [data-key="a"]');
          button.click();
          button.click();
        }"""
    )
    at.wait_for_other(str(first))
    ann.page.wait_for_timeout(1000)
    assert [kind for kind, _, _ in stage.decisions(first)] == ["approve"]
    assert stage.decisions(second) == stage.decisions(third) == []


def test_a_double_click_decides_one_product(stage: Stage, ann: Person) -> None:
    """The second click meets the button of the next product, which nobody has seen yet."""
    stage.clear()
    first, *others = stage.create(3)
    at = Reviewing.begin(ann)
    ann.page.locator('article.one button[data-key="a"]').dblclick()
    at.wait_for_other(str(first))
    stage.wait(lambda: bool(stage.decisions(first)))
    ann.page.wait_for_timeout(1000)
    assert [stage.decisions(each) for each in others] == [[], []]
    ann.press("s", "s")
    stage.wait(lambda: bool(stage.decisions(others[0])))
    ann.page.wait_for_timeout(1000)
    assert stage.decisions(others[1]) == []


def test_a_form_sent_twice_counts_once(stage: Stage, ann: Person) -> None:
    stage.clear()
    [review] = stage.create()
    ann.open(f"/review/{review}")
    statuses = ann.page.evaluate(
        """async () => {
          const form = document.querySelector('article.one form[data-decides]');
          const button = form.querySelector('[data-key="a"]');
          const body = new URLSearchParams(new FormData(form));
          const url = button.getAttribute("formaction") ?? form.action;
          const send = () => fetch(url, { method: "POST", body });
          return (await Promise.all([send(), send()])).map((answer) => answer.status);
        }"""
    )
    assert statuses == [200, 200]
    assert [kind for kind, _, _ in stage.decisions(review)] == ["approve"]


def test_what_is_on_screen_is_told_when_somebody_else_decides_it(
    stage: Stage, ann: Person, ben: Person
) -> None:
    stage.clear()
    review = stage.create(2)[0]
    at, there = (Reviewing.begin(person, f"/review/{review}") for person in (ann, ben))
    at.decide("s")
    ben.page.locator(".toast", has_text="Somebody else decided this product just now").wait_for()
    assert there.shown == str(review), "nothing is taken out of somebody's hands"


def test_what_others_decided_does_not_come_on_screen(stage: Stage, ann: Person, ben: Person) -> None:
    stage.clear()
    first, second, third, fourth = stage.create(4)
    at = Reviewing.begin(ann)
    there = Reviewing.begin(ben, f"/review/{third}")
    there.decide("s")
    stage.wait_for(third, State.SKIPPED)
    at.decide("s")
    assert at.shown == str(second)
    at.decide("s")
    assert at.shown == str(fourth)
    assert [kind for kind, _, _ in stage.decisions(first)] == ["skip"]


def test_an_undo_never_touches_what_somebody_else_decided(stage: Stage, ann: Person, ben: Person) -> None:
    """Ann decides what Ben has decided already, and undoes it before she is told."""
    stage.clear()
    review, other = stage.create(2)
    at, there = (Reviewing.begin(person, f"/review/{review}") for person in (ann, ben))
    there.decide("x")
    stage.wait_for(review, State.DISMISSED)
    ann.page.evaluate(
        """() => {  // both before anything could be answered
          document.querySelector('article.one [data-key="s"]').click();
          document.querySelector('#undo').click();
        }"""
    )
    ann.page.locator(".toast", has_text="ben").wait_for()
    assert at.shown == str(other)
    assert stage.decisions(review) == [("dismiss", None, "ben")]
