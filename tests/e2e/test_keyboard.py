"""Keys beside those that decide: searching and giving up, help, one held down, undoing after a reload."""

from shopify_bot.states import State
from tests.e2e.person import Person
from tests.e2e.reviewing import NO_OTHER, Reviewing
from tests.e2e.stage import Stage


def focus(person: Person) -> str:
    """Id of the element that has the focus."""
    return str(person.page.evaluate("document.activeElement.id"))


def test_escape_leads_from_the_search_back_to_the_keys(stage: Stage, ann: Person) -> None:
    stage.clear()
    first = stage.create(2)[0]
    at = Reviewing.begin(ann)
    ann.press("/")
    ann.type("wat")
    ann.page.locator("article.one [role=option]").first.wait_for()
    ann.press("Escape")
    assert focus(ann) == "title"
    assert ann.page.locator("article.one [role=option]:visible").count() == 0
    assert ann.page.locator("article.one input[name=label]").input_value() == ""
    at.decide("a")
    stage.wait(lambda: bool(stage.decisions(first)))
    assert [kind for kind, _, _ in stage.decisions(first)] == ["approve"]


def test_the_list_of_keys_holds_the_focus_and_the_keys(stage: Stage, ann: Person) -> None:
    stage.clear()
    first = stage.create(2)[0]
    at = Reviewing.begin(ann)
    ann.page.locator("#title").focus()
    ann.press("?", "a", "s", "Tab", "Tab", "Tab")
    outside = "!document.querySelector('#keys').contains(document.activeElement)"
    assert not ann.page.evaluate(f"document.activeElement !== document.body && {outside}")
    ann.press("Escape")
    assert not ann.page.locator("#keys").is_visible()
    assert focus(ann) == "title"
    assert (at.shown, stage.decisions(first)) == (str(first), [])


def test_a_key_held_down_decides_one_product(stage: Stage, ann: Person) -> None:
    stage.clear()
    first, *others = stage.create(3)
    at = Reviewing.begin(ann)
    for _ in range(5):
        ann.page.keyboard.down("a")
    ann.page.keyboard.up("a")
    at.wait_for_other(str(first))
    stage.wait(lambda: bool(stage.decisions(first)))
    assert focus(ann) == "title"
    assert [stage.decisions(each) for each in others] == [[], []]


def test_what_was_decided_is_undone_after_a_reload(stage: Stage, ann: Person) -> None:
    stage.clear()
    first, second, third = stage.create(3)
    at = Reviewing.begin(ann)
    at.decide("s")
    at.decide("x")
    stage.wait_for(second, State.DISMISSED)
    ann.open("/review")
    at.wait_for_other(NO_OTHER)
    assert at.shown == str(third)
    at.go("u")
    at.go("u")
    assert at.shown == str(first)
    stage.wait_for(first, State.PENDING)
    assert stage.state(second) == State.PENDING


def test_an_empty_selection_leaves_the_focus_where_it_is(stage: Stage, ann: Person) -> None:
    """Others wait, which are of another selection: the page asks and changes nothing."""
    stage.clear()
    stage.create(2)
    ann.open("/review?vendor=Nobody")
    ann.page.locator("#stage [data-empty]").wait_for()
    ann.page.locator(".switch a").first.focus()
    before = len(ann.requests)
    ann.page.wait_for_timeout(5000)
    assert ann.page.evaluate("document.activeElement.matches('.switch a')")
    assert len(ann.requests) == before
