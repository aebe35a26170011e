"""Sums of decisions and predictions: they equal a count of the rows, rolled up or not, at any moment."""

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select, update

from shopify_bot import tallies
from shopify_bot.bot import Bot
from shopify_bot.chores import rota
from shopify_bot.chores.rota import Kind
from shopify_bot.jobs.chores import ChoreWork
from shopify_bot.stores import Stores
from shopify_bot.tables import Decision, Prediction, Product, Review, Shop, Tally, now
from shopify_bot.tallies import Kept, Part, Sum, Tallies, confidence_bucket, rolling, wait_bucket

AT_ONCE = timedelta(0)
LABELS = ("Shirts", "Tshirts", "Watches", None)
MODELS = ("small-1", "small-2")
START = datetime(2026, 10, 1, 22, tzinfo=UTC)


class History:
    """A shop with decisions and predictions at random, and how many there should be of each."""

    def __init__(self, bot: Bot, seed: int, domain: str = "demo.myshopify.com") -> None:
        self.bot, self.random, self.moment = bot, Random(seed), START
        self.standing: list[int] = []
        with bot.database.writing() as session:
            self.shop = Shop(domain=domain)
            session.add(self.shop)
            session.flush()
            product = Product(shop_id=self.shop.id, gid="gid://shopify/Product/1")
            session.add(product)
            session.flush()
            reviews = [
                Review(shop_id=self.shop.id, product_id=product.id, state="published") for _ in range(300)
            ]
            session.add_all(reviews)
        self.reviews = [review.id for review in reviews]

    def goes_on(self, steps: int) -> None:
        """So many decisions, undoings and predictions more."""
        with self.bot.database.writing() as session:
            for _ in range(steps):
                self.moment += timedelta(hours=self.random.random() * 3)
                session.add(self.step())
                session.flush()
                self.note(session)

    def step(self) -> Decision | Prediction:
        row: Decision | Prediction
        chance = self.random.random()
        if chance < 0.3:
            row = Prediction(seconds=self.random.choice((0.05, 1.0, 7.5, 90_000.0, None)))
        elif chance < 0.45 and self.standing:
            undone = self.standing.pop(self.random.randrange(len(self.standing)))
            row = Decision(kind="reopen", counts=-1, undoes_id=undone, reviewer="ben", source="web")
        elif chance < 0.5:
            row = Decision(kind=self.random.choice(("revert", "retry", "reopen")), reviewer="a", source="cli")
        else:
            row = self.decision()
        row.shop_id, row.review_id = self.shop.id, self.random.choice(self.reviews)
        row.created_at = self.moment
        if isinstance(row, Prediction):
            row.model_version = self.random.choice(MODELS)
        self.last = row
        return row

    def decision(self) -> Decision:
        kind = self.random.choice(("approve", "approve", "approve", "correct", "skip", "dismiss"))
        predicted = self.random.choice(LABELS)
        chosen = {"approve": predicted, "correct": self.random.choice(LABELS)}.get(kind)
        return Decision(
            kind=kind,
            label=chosen,
            predicted_label=predicted,
            reviewer="ann",
            source=self.random.choice(("web", "cli", "alone")),
            confidence=self.random.choice((None, 0.25, 0.57, 0.9, 0.995, 1.0)),
            model_version=self.random.choice((*MODELS, None)),
            decides_alone=self.random.choice((None, True, False)),
            seconds=self.random.choice((None, 2.0, 65.5, -0.5)),
            counts=1,
        )

    def note(self, session: Any) -> None:
        if isinstance(self.last, Decision) and self.last.counts == 1:
            self.standing.append(self.last.id)

    def decided(self, *names: str, since: date | None = None, model: str | None = None) -> Counter[Any]:
        """The decisions that hold, counted one by one."""
        with self.bot.database.reading() as session:
            rows = session.scalars(select(Decision).where(Decision.shop_id == self.shop.id)).all()
        undone = {row.undoes_id for row in rows}
        found: Counter[Any] = Counter()
        for row in rows:
            held = row.counts == 1 and row.id not in undone
            if held and not (since and row.created_at.date() < since) and model in (None, row.model_version):
                found[tuple(said(row, name) for name in names)] += 1
        return found


def said(row: Decision, name: str) -> object:
    """The value of a decision as a key has it."""
    match name:
        case "day":
            return row.created_at.date().isoformat()
        case "bucket":
            return confidence_bucket(row.confidence)
        case "alone":
            return "alone" if row.source == "alone" else ""
        case "decides_alone":
            return bool(row.decides_alone)
        case _:
            return getattr(row, name) or ""


def counts(sums: dict[tuple[Any, ...], Sum]) -> Counter[Any]:
    """The sums of decisions, whose first column is the kind, without the seconds."""
    return Counter({key: total.count for key, total in sums.items() if key[0] != "prediction"})


def check(history: History) -> None:
    """Every part equals a count of the rows, for all days and some, for all models and one."""
    for since, model in ((None, None), (date(2026, 10, 12), None), (None, "small-1")):
        with history.bot.database.reading() as session:
            read = Tallies(session, history.shop, since, model)
            days = counts(read.sums(Part.DAYS, "kind", "day", "source", "model_version"))
            labels = counts(read.sums(Part.LABELS, "kind", "source", "predicted_label", "label"))
            sure = counts(read.sums(Part.CONFIDENCE, "kind", "source", "decides_alone", "bucket"))
        asked: dict[str, Any] = {"since": since, "model": model}
        assert days == history.decided("kind", "day", "source", "model_version", **asked)
        assert labels == history.decided("kind", "alone", "predicted_label", "label", **asked)
        assert sure == history.decided("kind", "alone", "decides_alone", "bucket", **asked)


def roll_all(history: History, settled: timedelta = AT_ONCE) -> None:
    while tallies.roll_up(history.bot, history.shop, settled)["more"]:
        pass


def test_sums_equal_a_count_of_the_rows_whether_rolled_up_or_not(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolling, "AT_ONCE", 37)
    history, other = History(bot, 1), History(bot, 2, "other.myshopify.com")
    for _ in range(2):
        history.goes_on(120)
        other.goes_on(40)
        tallies.roll_up(bot, history.shop, AT_ONCE)
        check(history)
        roll_all(history)
        check(history)
        check(other)


def test_what_was_undone_after_it_was_rolled_up_leaves_nothing(bot: Bot) -> None:
    history = History(bot, 3)
    history.goes_on(100)
    roll_all(history)
    with bot.database.writing() as session:
        for undone in history.standing:
            row = Decision(kind="reopen", counts=-1, undoes_id=undone, reviewer="ben", source="web")
            row.shop_id, row.review_id = history.shop.id, history.reviews[0]
            session.add(row)
    for _ in range(2):
        with bot.database.reading() as session:
            read = Tallies(session, history.shop)
            assert not counts(read.sums(Part.DAYS, "kind"))
            assert not read.sums(Part.LABELS)
            assert not read.sums(Part.CONFIDENCE)
        roll_all(history)
    with bot.database.reading() as session:
        left = select(func.max(Tally.count), func.max(func.abs(Tally.seconds)))
        assert session.execute(left.where(Tally.kind != "prediction")).one() == (0, 0.0)


def test_waits_are_those_of_people_and_of_first_predictions(bot: Bot) -> None:
    history = History(bot, 4)
    history.goes_on(150)
    for _ in range(2):
        with bot.database.reading() as session:
            sums = Tallies(session, history.shop).sums(Part.WAITS, "kind", "bucket")
            first = select(func.min(Prediction.id)).group_by(Prediction.review_id)
            query = select(Prediction.seconds).where(
                Prediction.id.in_(first), Prediction.seconds.is_not(None)
            )
            waits = Counter(map(wait_bucket, session.scalars(query)))
            rows = session.scalars(select(Decision).where(Decision.id.in_(history.standing))).all()
        by_people = [row for row in rows if row.source != "alone" and row.seconds is not None]
        decided = Counter(wait_bucket(max(row.seconds or 0, 0)) for row in by_people)
        assert {key[1]: each.count for key, each in sums.items() if key[0] == "prediction"} == waits
        assert {key[1]: each.count for key, each in sums.items() if key[0] == "decision"} == decided
        seconds = sum(each.seconds for key, each in sums.items() if key[0] == "decision")
        assert seconds == pytest.approx(sum(max(row.seconds or 0, 0) for row in by_people))
        roll_all(history)


def test_the_newest_rows_are_left_for_the_next_time(bot: Bot) -> None:
    history = History(bot, 5)
    history.moment = now() - timedelta(hours=3000)
    history.goes_on(50)
    history.moment = now() - timedelta(hours=1)
    with bot.database.writing() as session:
        session.execute(update(Decision).where(Decision.id == history.standing[-1]).values(created_at=now()))
    tallies.roll_up(bot, history.shop, rolling.SETTLED)
    with bot.database.reading() as session:
        assert 0 < session.get_one(Shop, history.shop.id).tallied_decision < history.standing[-1]
    check(history)


def test_two_at_a_time_add_each_row_once(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolling, "AT_ONCE", 20)
    history = History(bot, 6)
    history.goes_on(150)
    threads = [threading.Thread(target=roll_all, args=(history,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(history)
    assert tallies.roll_up(bot, history.shop, AT_ONCE) == {"more": False, "decisions": 0, "predictions": 0}


def test_a_reader_sees_each_row_once_while_it_is_rolled_up(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolling, "AT_ONCE", 10)
    history = History(bot, 7)
    history.goes_on(150)
    wanted = history.decided("kind")
    done = threading.Event()
    seen: list[Counter[Any]] = []

    def read() -> None:
        while not done.is_set():
            with bot.database.reading() as session:
                seen.append(counts(Tallies(session, history.shop).sums(Part.LABELS, "kind")))

    thread = threading.Thread(target=read)
    thread.start()
    roll_all(history)
    done.set()
    thread.join()
    assert seen
    assert all(each == wanted for each in seen)


def test_a_chore_rolls_up(served: Bot, stores: Stores) -> None:
    history = History(served, 8, "of.history.myshopify.com")
    history.goes_on(60)
    with served.database.writing() as session:
        rota.schedule(session, history.shop)
        rota.ring_now(session, history.shop, Kind.TALLY)
    work = ChoreWork(served, stores)
    while work.one():
        pass
    with served.database.reading() as session:
        shop = session.get_one(Shop, history.shop.id)
        assert shop.tallied_decision == session.scalar(
            select(func.max(Decision.id)).where(Decision.shop_id == shop.id)
        )
    check(history)


@pytest.mark.parametrize(
    ("confidence", "bucket"),
    [(None, -1), (0.0, 0), (0.57, 570), (0.899, 890), (0.9, 900), (0.995, 995), (0.9999, 999), (1.0, 1000)],
)
def test_buckets_of_confidence(confidence: float | None, bucket: int) -> None:
    assert confidence_bucket(confidence) == bucket


@pytest.mark.parametrize(("seconds", "bucket"), [(0, -3), (0.3, -1), (1, 0), (5, 3), (8, 3), (1e12, 30)])
def test_buckets_of_waits(seconds: float, bucket: int) -> None:
    assert wait_bucket(seconds) == bucket


def test_what_was_kept_is_no_older_than_the_marks(bot: Bot) -> None:
    history, kept = History(bot, 9), Kept()
    for _ in range(3):
        history.goes_on(40)
        for _ in range(2):
            with bot.database.reading() as session:
                read = Tallies(session, history.shop, date(2026, 10, 3), kept=kept)
                assert counts(read.sums(Part.DAYS, "kind")) == history.decided(
                    "kind", since=date(2026, 10, 3)
                )
        roll_all(history)


def test_what_came_since_is_added_to_what_was_kept(bot: Bot) -> None:
    history, kept = History(bot, 10), Kept()

    def check_kept() -> None:
        with bot.database.reading() as session:
            read = Tallies(session, history.shop, kept=kept)
            assert counts(read.sums(Part.DAYS, "kind", "day")) == history.decided("kind", "day")
            assert counts(read.sums(Part.LABELS, "kind", "label")) == history.decided("kind", "label")

    for _ in range(3):
        history.goes_on(30)
        check_kept()
    newest = history.standing[-1]
    for number in (newest + 20, newest + 10):  # the latter took longer to commit
        with bot.database.writing() as session:
            row = Decision(id=number, kind="approve", label="Shirts", counts=1, reviewer="ann", source="web")
            row.shop_id, row.review_id = history.shop.id, history.reviews[0]
            session.add(row)
        history.standing.append(number)
        check_kept()


def test_a_shop_in_the_place_of_a_deleted_one_begins_anew(bot: Bot) -> None:
    kept = Kept()
    for seed in (11, 12):
        history = History(bot, seed)
        history.goes_on(30)
        with bot.database.reading() as session:
            read = Tallies(session, history.shop, kept=kept)
            assert counts(read.sums(Part.DAYS, "kind")) == history.decided("kind")
        with bot.database.writing() as session:
            session.delete(session.get_one(Shop, history.shop.id))


def test_only_so_many_sums_are_kept() -> None:
    kept = Kept(most=3)
    for number in range(4):
        kept.put(number, {(1,): Sum(1)})
    kept.put("too many", {(each,): Sum(1) for each in range(9)})
    assert kept.get(0) is None
    assert kept.get("too many") is None
