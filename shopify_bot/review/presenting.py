"""A review as the templates show it: plain values, shortened, without a query left to make."""

from dataclasses import dataclass
from datetime import datetime

from classifier.labels import LabelTree
from shopify_bot.mapping import Filing
from shopify_bot.review.changes import filing_of
from shopify_bot.review.standing import UNDOABLE, Badge, badge, standing
from shopify_bot.states import State
from shopify_bot.tables import Product, Review
from shopify_bot.verdicts import Verdict, percent, verdict

LONGEST_TITLE = 300
NO_PICTURE = "no usable picture"


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

    category: str | None
    product_type: str
    tags: tuple[str, ...]
    status: str


def card(review: Review, tree: LabelTree) -> Card:
    """The review for a template; its relations should be loaded."""
    product, prediction = review.product, review.prediction
    return Card(
        id=review.id,
        state=State(review.state),
        badge=badge(review),
        standing=standing(review),
        gid=product.gid,
        title=short_title(product),
        full_title=product.title.strip() or "Untitled product",
        vendor=shorten(product.vendor.strip(), LONGEST_TITLE),
        picture=picture(product),
        note=note(review),
        error=review.error,
        prediction_id=prediction.id if prediction else None,
        model_version=prediction.model_version if prediction else None,
        verdict=verdict(prediction),
        decides_alone=bool(prediction and prediction.decides_alone),
        choices=choices(review, tree),
        in_store=in_store(product),
        created_at=review.created_at,
        next_attempt_at=review.next_attempt_at,
    )


def choices(review: Review, tree: LabelTree) -> tuple[Choice, ...]:
    """The most likely labels, best first; none when nothing was predicted."""
    prediction = review.prediction
    if prediction is None or prediction.label is None:
        return ()
    return tuple(choice(entry["label"], float(entry["probability"]), tree) for entry in prediction.top[:4])


def choice(label: str, probability: float, tree: LabelTree) -> Choice:
    """A label with what it would write."""
    return Choice(label, probability, filing_of(tree, label))


def in_store(product: Product) -> InStore:
    """What the store last told of this product."""
    tags = tuple(str(tag) for tag in product.tags)
    return InStore(product.category_name, product.product_type, tags, product.store_status.lower())


def picture(product: Product) -> str | None:
    """The address of the product's picture, if it is one that a page may show."""
    url = product.image_url or ""
    return url if url.startswith(("https://", "http://")) else None


def note(review: Review) -> str | None:
    """What the reviewer should know; always something when there is nothing to approve."""
    if review.note:
        return review.note
    nothing_predicted = review.prediction is None or review.prediction.label is None
    return NO_PICTURE if nothing_predicted and review.state == State.PENDING else None


def short_title(product: Product) -> str:
    """The title, short enough for a list."""
    return shorten(product.title.strip(), LONGEST_TITLE) or "Untitled product"


def shorten(text: str, longest: int) -> str:
    """The text, cut with an ellipsis when it has more than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
