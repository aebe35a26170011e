"""Without JavaScript: approving and correcting are forms like any other."""

from tests.e2e.conftest import OpenContext
from tests.e2e.person import Person
from tests.e2e.stage import Stage


def test_approve_and_correct(stage: Stage, context: OpenContext) -> None:
    stage.clear()
    first, second = stage.create(2)
    ann = Person(context(java_script_enabled=False).new_page(), "ann").sign_in()
    ann.open("/review")
    assert ann.page.locator("article.one").get_attribute("data-review") == str(first)
    ann.page.locator('article.one button[data-key="a"]').press("Enter")
    ann.page.wait_for_load_state()
    assert [kind for kind, _, _ in stage.decisions(first)] == ["approve"]
    assert ann.page.locator("article.one").get_attribute("data-review") == str(second)
    field = ann.page.locator("article.one input[name=label]")
    field.fill("Sports Shoes")
    field.press("Enter")
    ann.page.wait_for_load_state()
    assert [each[:2] for each in stage.decisions(second)] == [("correct", "Sports Shoes")]
