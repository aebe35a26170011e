"""Many at once: choose, look at what is written, approve, watch it happen, and take it back in time."""

from shopify_bot.states import State
from tests.e2e.person import Person
from tests.e2e.stage import Stage

PRODUCTS = 4


def test_a_bulk_approval_and_its_undoing(stage: Stage, ann: Person) -> None:
    stage.clear()
    reviews = stage.create(PRODUCTS)
    ann.open("/table?state=pending")
    ann.page.locator("[data-select-all]").press("Space")
    ann.page.locator("button[name=kind][value=approve]").press("Enter")
    ann.sees(f"Approve {PRODUCTS} products?")
    ann.page.get_by_role("button", name=f"Approve {PRODUCTS}").press("Enter")
    ann.page.wait_for_url("**/bulk/*")
    ann.page.locator(".badge.good").wait_for()
    assert {stage.state(review) for review in reviews} == {State.APPROVED}
    ann.press("u")
    stage.wait(lambda: {stage.state(review) for review in reviews} == {State.PENDING})
    assert [[kind for kind, _, _ in stage.decisions(each)] for each in reviews] == [
        ["approve", "reopen"]
    ] * PRODUCTS
    assert not any(stage.store.ledger.entries(subject=stage.gid(review)) for review in reviews)
    assert ann.errors == []
