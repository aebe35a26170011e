"""On a phone: a swipe to the right approves, one to the left skips."""

import pytest

from tests.e2e.conftest import OpenContext
from tests.e2e.person import Person
from tests.e2e.reviewing import Reviewing
from tests.e2e.stage import Stage

STEPS = 8


@pytest.fixture
def finger(context: OpenContext) -> Person:
    """Ann with her phone."""
    phone = context(viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True)
    return Person(phone.new_page(), "ann").sign_in()


def swipe(person: Person, away: int, down: int = 0, fingers: int = 1) -> None:
    """Draw fingers across the picture, `away` pixels to the right and `down`."""
    box = person.page.locator("article.one .shot").first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = person.page.context.new_cdp_session(person.page)
    for step in range(STEPS + 1):
        kind = "touchStart" if step == 0 else "touchMove"
        at = {"x": x + away * step / STEPS, "y": y + down * step / STEPS}
        points = [{"x": at["x"], "y": at["y"] + 40 * finger, "id": finger} for finger in range(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_swiping(stage: Stage, finger: Person) -> None:
    stage.clear()
    first, second, third = stage.create(3)
    at = Reviewing.begin(finger)
    swipe(finger, 40)
    finger.page.wait_for_timeout(400)
    assert at.shown == str(first), "too short a way to mean anything"
    swipe(finger, 160)
    at.wait_for_other(str(first))
    finger.page.wait_for_timeout(400)
    swipe(finger, -160)
    at.wait_for_other(str(second))
    assert at.shown == str(third)
    stage.wait(lambda: bool(stage.decisions(second)))
    assert [kind for kind, _, _ in stage.decisions(first)] == ["approve"]
    assert [kind for kind, _, _ in stage.decisions(second)] == ["skip"]


def test_scrolling_and_zooming_decide_nothing(stage: Stage, finger: Person) -> None:
    stage.clear()
    first = stage.create(2)[0]
    at = Reviewing.begin(finger)
    swipe(finger, 30, down=-150)
    swipe(finger, 160, fingers=2)
    finger.page.wait_for_timeout(600)
    assert (at.shown, stage.decisions(first)) == (str(first), [])
