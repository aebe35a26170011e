"""The page of insights: its figures, its charts, and what it says when there is little to tell."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from shopify_bot.alone.evidence import Share
from shopify_bot.bot import Bot
from shopify_bot.review.insights import charts
from shopify_bot.review.insights.labels import Confusion
from shopify_bot.review.insights.outcomes import in_all, over_time
from shopify_bot.review.insights.periods import Period, steps
from shopify_bot.review.insights.sureness import sureness
from shopify_bot.review.insights.telling import between, lasting, long_day, rate
from shopify_bot.review.insights.waits import waits
from shopify_bot.states import State
from shopify_bot.tables import Decision, Shop, now
from shopify_bot.tallies import Sum, roll_up
from tests.review.browser import Browser, words
from tests.review.seeding import add_review, add_shop

HOSTILE = "<script>alert(1)</script>\u202e👗"


def decide(
    bot: Bot, shop: Shop, kind: str, predicted: str, label: str | None, days: int = 0, **values: object
) -> None:
    """A decision of some days ago, by Ann unless said otherwise, of small-1 with 0.95."""
    said = {
        "reviewer": "ann",
        "source": "web",
        "confidence": 0.95,
        "model_version": "small-1",
        "decides_alone": True,
        "seconds": 60.0,
        **values,
    }
    review = add_review(bot, shop, state=State.PUBLISHED)
    with bot.database.writing() as session:
        row = Decision(shop_id=shop.id, review_id=review, kind=kind, predicted_label=predicted, label=label)
        row.counts, row.created_at = 1, now() - timedelta(days=days)
        for name, value in said.items():
            setattr(row, name, value)
        session.add(row)


def some(bot: Bot, shop: Shop) -> None:
    """Seven judged, one skipped, one decided alone; two of them with an earlier model, long ago."""
    for _ in range(4):
        decide(bot, shop, "approve", "Shirts", "Shirts")
    decide(bot, shop, "correct", "Shirts", "Tshirts", confidence=0.6, decides_alone=False)
    decide(bot, shop, "dismiss", "Watches", None, confidence=0.4, decides_alone=False)
    decide(bot, shop, "skip", "Shirts", None)
    decide(bot, shop, "approve", "Shirts", "Shirts", source="alone", reviewer="shopify-bot")
    decide(bot, shop, "approve", "Watches", "Watches", days=40, model_version="small-0")


def scores(browser: Browser) -> dict[str, str]:
    """The figures at the head of the page, by their names."""
    return {words(each.dt): words(each.dd) for each in browser.page.select(".score")}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("rolled", [False, True])
def test_the_head_tells_what_became_of_products(ann: Browser, bot: Bot, shop: Shop, rolled: bool) -> None:
    some(bot, shop)
    if rolled:
        roll_up(bot, shop, timedelta(0))
    ann.open("/insights?period=all")
    found = scores(ann)
    assert found["Products decided"] == "9 9 predicted"
    assert found["Approved as predicted"].startswith("71.4% 5 between ")
    assert (found["Corrected"], found["Not ours"], found["Skipped"]) == ("14.3% 1", "14.3% 1", "12.5% 1")
    assert found["Decided alone"] == "11.1% 1"
    ann.open("/insights?period=7")
    assert scores(ann)["Products decided"] == "8 9 predicted"
    ann.open("/insights?period=all&model=small-0")
    assert scores(ann)["Products decided"] == "1 0 predicted"


def test_the_pace_is_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    for days in (9, 9, 9, 0):
        decide(bot, shop, "approve", "Shirts", "Shirts", days=days)
    said = words(ann.open("/insights?period=all").select_one(".pace"))
    day = long_day((now() - timedelta(days=9)).date())
    assert said == f"Products a day, on average: 0.4 predicted, 0.4 decided. Most were decided on {day}: 3."


def test_a_model_that_does_not_exist_is_no_filter(ann: Browser, bot: Bot, shop: Shop) -> None:
    some(bot, shop)
    ann.open("/insights?period=decade&model=none&sort=colour&labels=7")
    assert scores(ann)["Products decided"] == "8 9 predicted"


def test_what_was_undone_is_not_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open(f"/review/{review}")
    ann.post(f"/review/{review}/skip")
    ann.open("/insights")
    assert scores(ann)["Products decided"] == "1 1 predicted"
    ann.post(f"/review/{review}/reopen")
    ann.open("/insights")
    assert scores(ann)["Products decided"] == "0 1 predicted"


def test_of_few_decisions_it_says_that_they_mean_little(ann: Browser, bot: Bot, shop: Shop) -> None:
    page = ann.open("/insights")
    assert "Nothing in this period" in words(page.main)
    assert "Nothing to tell yet" in words(ann.open("/insights?period=all").main)
    decide(bot, shop, "approve", "Shirts", "Shirts")
    page = ann.open("/insights")
    assert "1 judgement of people so far; shares mean little below 100." in words(page.select_one(".banner"))


def test_labels_tell_what_they_are_confused_with(ann: Browser, bot: Bot, shop: Shop) -> None:
    some(bot, shop)
    page = ann.open("/insights?period=all")
    rows = [words(row) for row in page.select("#labels")[0].find_next("tbody").select("tr")]
    assert rows[0].startswith("Shirts 5 80% between")
    assert rows[0].endswith("Tshirts 1")
    assert rows[1].startswith("Watches 2 50% between")
    assert rows[1].endswith("Not ours 1")
    link = page.find("a", string="Show")
    assert link["href"] == "/history?predicted=Shirts&label=Tshirts"
    by_right = ann.open("/insights?period=all&sort=right#labels")
    assert words(by_right.select_one("#labels").find_next("tbody").tr).startswith("Watches")
    assert words(by_right.select_one("[aria-sort]")) == "Approved as predicted"


def test_the_threshold_in_use_is_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    some(bot, shop)
    said = words(ann.open("/insights?period=all").select_one(".said"))
    assert said.startswith(
        "Of 8 decided products, 6 (75%) were above it. Of the 5 among them that people judged, 100%"
    )
    with bot.database.writing() as session:
        session.execute(update(Shop).values(alone_above=0.99))
    page = ann.open("/insights?period=all")
    assert "Your threshold: 99%" in words(page.main)
    assert "0 (0%) were above it. People judged none of them." in words(page.select_one(".said"))


def test_every_chart_has_a_name_and_its_figures_in_a_table(ann: Browser, bot: Bot, shop: Shop) -> None:
    some(bot, shop)
    page = ann.open("/insights?period=all")
    plots = page.select("svg.plot")
    assert len(plots) == 5
    for plot in plots:
        named = str(plot["aria-labelledby"]).split()
        assert all(page.find(id=each).get_text() for each in named)
        assert plot.find_parent("section").select("table")
    assert not page.select("[style]")
    assert len({each["id"] for each in page.select("[id]")}) == len(page.select("[id]"))


def test_versions_and_labels_show_as_text(ann: Browser, bot: Bot, shop: Shop) -> None:
    decide(bot, shop, "correct", HOSTILE, HOSTILE + "!", model_version=HOSTILE)
    page = ann.open("/insights?period=all")
    assert not page.select("main script")
    assert HOSTILE in [each.get_text() for each in page.select("main bdi")]


def test_the_other_shops_figures_do_not_show(ann: Browser, bot: Bot, shop: Shop) -> None:
    decide(bot, add_shop(bot, "zzz.myshopify.com"), "approve", "Sports Shoes", "Sports Shoes")
    assert "Nothing to tell yet" in words(ann.open("/insights?period=all").main)


def test_french(ann: Browser, bot: Bot, shop: Shop) -> None:
    some(bot, shop)
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    assert "71,4" in words(ann.open("/insights?period=all").main)


def test_steps_grow_with_the_period() -> None:
    today = date(2026, 11, 21)
    assert len(steps(today - timedelta(days=29), today).starts) == 30
    weeks = steps(today - timedelta(days=89), today)
    assert (weeks.unit, weeks.starts[0].weekday(), len(weeks.starts)) == ("week", 0, 13)
    months = steps(date(2025, 2, 27), today)
    assert (months.unit, len(months.starts), months.starts[-1]) == ("month", 22, date(2026, 11, 1))
    assert months.place(date(2025, 2, 27)) == 0
    assert months.place(date(2026, 10, 31)) == 20


def test_models_begin_where_they_were_first_seen() -> None:
    period = Period("7", date(2026, 11, 21))
    sums = {
        ("2026-11-15", "approve", "web", "b"): Sum(3),
        ("2026-11-21", "approve", "alone", "b"): Sum(2),
        ("2026-11-21", "prediction", "", "b"): Sum(7),
    }
    over = over_time(sums, period, {"b": "2026-11-16", "a": "2026-01-01"})
    assert over.begins == ((1, "b"),)
    assert [each.decided for each in over.each] == [3, 0, 0, 0, 0, 0, 2]
    total = in_all(sums)
    assert (total.approved, total.alone, total.predicted, total.right.total) == (3, 2, 7, 3)


def test_the_curve_agrees_with_a_count() -> None:
    sums = {
        ("approve", "", True, 990): Sum(90),
        ("correct", "", False, 990): Sum(10),
        ("approve", "alone", True, 995): Sum(50),
        ("approve", "", False, 700): Sum(30),
        ("dismiss", "", False, -1): Sum(5),
        ("skip", "", False, 990): Sum(99),
    }
    found = sureness(sums, 0.99)
    assert found.chosen.above == Share(140, 185)
    assert found.chosen.right == Share(90, 90)
    assert {point.threshold: (point.above.right, point.right) for point in found.curve} == {
        0.5: (180, Share(120, 130)),
        0.7: (180, Share(120, 130)),
        0.99: (150, Share(90, 100)),
        0.995: (50, Share(0, 0)),
    }
    own = sureness(sums, None)
    assert (own.is_models, own.chosen.above.right, own.chosen.threshold) == (True, 140, 0.99)


def test_the_matrix_counts_every_judgement_once() -> None:
    sums = {("approve", "", f"l{n:02}", f"l{n:02}"): Sum(50 - n) for n in range(20)}
    sums |= {("correct", "", "l00", f"l{n:02}"): Sum(2) for n in range(1, 20)}
    sums |= {("dismiss", "", "l00", ""): Sum(3), ("approve", "alone", "l00", "l00"): Sum(99)}
    confusion = Confusion(sums)
    matrix = confusion.matrix()
    assert [label for label, _ in matrix.rows] == [f"l{n:02}" for n in range(10)]
    first = [cell.count for cell in matrix.rows[0][1]]
    assert first == [50, *[2] * 9, 20, 3]
    assert confusion.of_label("l00").right == Share(50, 91)
    assert confusion.labels("right")[0].label == "l00"


def test_percentiles_come_of_powers_of_two() -> None:
    found = waits(
        {("prediction", 2): Sum(50, 150.0), ("prediction", 5): Sum(50, 1200.0), ("decision", 1): Sum(1)},
        "prediction",
    )
    assert (found.count, found.median, found.mean) == (100, 4.0, 13.5)
    assert found.high is not None
    assert 16 < found.high < 32
    assert [bar.count for bar in found.bars] == [50, 0, 0, 50]
    assert waits({}, "prediction").median is None


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.99996, "99.9%"), (1.0, "100%"), (0.996, "99.6%"), (0.0001, "<0.1%"), (0, "0%"), (0.25, "25%")],
)
def test_shares_are_never_rounded_to_certainty(value: float, told: str) -> None:
    assert rate(value) == told


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.25, "0.2 s"), (12.4, "12 s"), (90, "2 min"), (7200, "2 h"), (200_000, "2 days")]
)
def test_waits_are_told_in_their_unit(seconds: float, told: str) -> None:
    assert lasting(seconds) == told


def test_small_samples_have_an_interval() -> None:
    assert between(Share(95, 100)) == "between 88.8% and 97.8%"
    assert between(Share(9_950, 10_000)) == ""
    assert between(Share(0, 0)) == ""


def test_lines_break_where_nothing_is_known() -> None:
    assert charts.line([(0, 50), (1, None), (2, 25), (3, 100)]) == "M0 50 M2 75 L3 0"
    assert charts.ticks(37) == (40, 20)
    assert charts.ticks(0) == (2, 1)
    assert charts.floor_of([0.93, 0.97]) == 0.9
