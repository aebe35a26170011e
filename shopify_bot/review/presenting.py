"""A review as the templates show it: plain values, shortened, without a query left to make."""

from dataclasses import dataclass
from datetime import datetime

from shopify_bot.decisions import is_published
from shopify_bot.mapping import Filing
from shopify_bot.publishing.person_category import set_by_person
from shopify_bot.review.changes import Filings, in_short, last_part
from shopify_bot.review.languages import _, marked
from shopify_bot.review.standing import Badge, badge, standing
from shopify_bot.states import UNDOABLE, State
from shopify_bot.tables import Product, Review
from shopify_bot.verdicts import Verdict, percent, verdict

LONGEST_TITLE = 300
NO_PICTURE = marked("no usable picture")
UNTITLED = marked("Untitled product")


@dataclass(frozen=True)
class Choice:
    """One of the most likely labels; `probability` is between 0 and 1.

    `filing` is what it would write, None when the label is not in the tree of the model in use.
    """

    label: str
    probability: float
    filing: Filing | None

    @property
    def percent(self) -> str:
        """Rounded, but never to certainty."""
        return percent(self.probability)


@dataclass(frozen=True)
class Clash:
    """A category that a person set in the store; `ours` is what the best choice would write, if another."""

    theirs: str
    ours: str | None


@dataclass(frozen=True)
class Card:
    """A review with its product, ready to be shown."""

    id: int
    state: State
    badge: Badge
    standing: str
    gid: str
    title: str
    full_title: str
    vendor: str
    picture: str | None
    note: str | None
    error: str | None
    prediction_id: int | None
    model_version: str | None
    verdict: Verdict | None
    decides_alone: bool
    choices: tuple[Choice, ...]
    in_store: "InStore"
    clash: Clash | None
    writes: str
    """What approving writes, on one line; empty without a label that can be approved."""
    can_revert: bool
    """Whether what publishing wrote may be taken back in the store."""
    created_at: datetime
    next_attempt_at: datetime

    @property
    def best(self) -> Choice | None:
        """What approving would choose."""
        return self.choices[0] if self.choices else None

    @property
    def can_decide(self) -> bool:
        return self.state == State.PENDING

    @property
    def can_undo(self) -> bool:
        return self.state in UNDOABLE


@dataclass(frozen=True)
class InStore:
    """What the store has now."""

    category_id: str | None
    category: str | None
    product_type: str
    tags: tuple[str, ...]
    status: str
    set_by_person: bool
    """Whether the category is a person's."""


def card(review: Review, filings: Filings) -> Card:
    """The review for a template; its relations should be loaded."""
    product, prediction = review.product, review.prediction
    likely = choices(review, filings)
    return Card(
        id=review.id,
        state=State(review.state),
        badge=badge(review),
        standing=standing(review),
        gid=product.gid,
        title=short_title(product),
        full_title=product.title.strip() or _(UNTITLED),
        vendor=shorten(product.vendor.strip(), LONGEST_TITLE),
        picture=picture(product),
        note=note(review),
        error=review.error,
        prediction_id=prediction.id if prediction else None,
        model_version=prediction.model_version if prediction else None,
        verdict=verdict(prediction),
        decides_alone=bool(prediction and prediction.decides_alone),
        choices=likely,
        in_store=in_store(product),
        clash=clash(product, likely),
        writes=in_short(review, likely[0].filing) if likely and likely[0].filing else "",
        can_revert=can_revert(review),
        created_at=review.created_at,
        next_attempt_at=review.next_attempt_at,
    )


def choices(review: Review, filings: Filings) -> tuple[Choice, ...]:
    """The most likely labels, best first; none when nothing was predicted."""
    prediction = review.prediction
    if prediction is None or prediction.label is None:
        return ()
    likely = [(entry["label"], float(entry["probability"])) for entry in prediction.top[:4]]
    return tuple(Choice(label, probability, filings.get(label)) for label, probability in likely)


def clash(product: Product, likely: tuple[Choice, ...]) -> Clash | None:
    """The person's category, unless the best choice would write the very same."""
    if not set_by_person(product):
        return None
    best = likely[0].filing if likely else None
    if best is not None and best.category_id == product.category_id:
        return None
    theirs = last_part(product.category_name or product.category_id or "")
    return Clash(theirs, last_part(best.category) if best else None)


def can_revert(review: Review) -> bool:
    """Whether a button to take it back is offered; a later publication must be taken back first."""
    return is_published(review) and review.state in (State.PUBLISHED, State.FAILED)


def in_store(product: Product) -> InStore:
    """What the store last told of this product."""
    tags = tuple(str(tag) for tag in product.tags)
    return InStore(
        product.category_id,
        product.category_name,
        product.product_type,
        tags,
        product.store_status.lower(),
        set_by_person(product),
    )


def picture(product: Product) -> str | None:
    """The address of the product's picture, if it is one that a page may show."""
    return web_address(product.image_url)


def web_address(url: str | None) -> str | None:
    """The address, if it is one that a page may show."""
    return url if url and url.startswith(("https://", "http://")) else None


def note(review: Review) -> str | None:
    """What the reviewer should know; always something when there is nothing to approve."""
    if review.note:
        what, colon, reason = review.note.partition(": ")
        return f"{_(what)}{colon}{reason}"
    nothing_predicted = review.prediction is None or review.prediction.label is None
    return _(NO_PICTURE) if nothing_predicted and review.state == State.PENDING else None


def short_title(product: Product) -> str:
    """The title, short enough for a list."""
    return shorten(product.title.strip(), LONGEST_TITLE) or _(UNTITLED)


def shorten(text: str, longest: int) -> str:
    """The text, cut with an ellipsis when it has more than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
