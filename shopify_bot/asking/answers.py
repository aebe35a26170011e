"""The kinds of questions that a classify worker answers, and what it needs for each.

classify   {picture: base64 | None, title}    what the model says, with the picture and its heat map
address    {address, title}                   the same of a picture anywhere on the internet
product    {shop, product, title}             the same of a product's picture, under the rules of shops
heat       {shop, review, label}              {png: base64}
similar    {shop, review, most}               {reviews: [{review, cosine}, …]}, decided ones, best first

Reasons of a refusal: nothing, not_a_picture, too_large (pixels), too_big (bytes), forbidden (address),
not_there, no_picture, no_label, gone, unknown, failed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.predictor import Predictor
from shopify_bot.asking.looking import heat_of, judge
from shopify_bot.asking.wire import ADDRESS_S, as_bytes
from shopify_bot.bot import Bot
from shopify_bot.errors import AskRefused
from shopify_bot.jobs.process import WorkerProcess
from shopify_bot.likeness import Likenesses
from shopify_bot.shopify.anywhere import AnywhereFetcher
from shopify_bot.shopify.errors import PictureError, PictureForbidden, PictureTooBig
from shopify_bot.shopify.pictures import PictureFetcher
from shopify_bot.states import State
from shopify_bot.stores import picture_rules
from shopify_bot.tables import Product, Review, Shop

Payload = dict[str, Any]

DECIDED = (State.APPROVED, State.PUBLISHING, State.PUBLISHED)
MOST_SIMILAR = 12
LEAST_SIMILAR = 0.5
"""Least cosine of a similar product. Of pairs of photographs between 0.5 and 0.6, 62 % are of one of 142
types and 93 % of one of 45 sub-categories; between 0.4 and 0.5 only 43 % and 87 %."""


@dataclass(frozen=True)
class Answers:
    """Answers with one model; threads may share it."""

    bot: Bot
    pictures: PictureFetcher
    """For pictures of the shops' products."""
    predictor: Predictor
    likenesses: Likenesses
    anywhere: AnywhereFetcher
    """For pictures at any public address."""

    kinds: ClassVar[dict[str, Callable[["Answers", Payload], Payload]]]

    def __call__(self, kind: str, payload: Payload) -> Payload:
        """The answer. Raises AskRefused."""
        if kind not in self.kinds:
            raise AskRefused("unknown", f"This worker knows no question {kind!r}. Update it.")
        try:
            return self.kinds[kind](self, payload)
        except PictureTooBig as error:
            raise AskRefused("too_big", str(error)) from error
        except PictureForbidden as error:
            raise AskRefused("forbidden", str(error)) from error
        except PictureError as error:
            raise AskRefused("not_there", str(error)) from error

    def classify(self, asked: Payload) -> Payload:
        """A picture that was sent along, a title, or both."""
        picture = asked.get("picture")
        return judge(self.predictor, as_bytes(picture) if picture else None, asked["title"])

    def address(self, asked: Payload) -> Payload:
        """A picture at a public address, and perhaps a title."""
        return judge(self.predictor, self.anywhere.fetch(asked["address"]), asked["title"])

    def product(self, asked: Payload) -> Payload:
        """A product of a shop."""
        with self.bot.database.reading() as session:
            query = select(Product).where(Product.shop_id == asked["shop"], Product.id == asked["product"])
            address = picture_of(session.scalar(query))
        return judge(self.predictor, self.pictures.fetch(address), asked["title"])

    def heat(self, asked: Payload) -> Payload:
        """Where the picture of a review speaks for a label."""
        with self.bot.database.reading() as session:
            review = find(session, asked)
            address = picture_of(review.product)
        return heat_of(self.predictor, self.pictures.fetch(address), asked["label"])

    def similar(self, asked: Payload) -> Payload:
        """The decided products of the shop that look most like a review's."""
        found: list[tuple[int, float]] = []
        with self.bot.database.reading() as session:
            review = find(session, asked)
            shop = session.get_one(Shop, review.shop_id)
            most = min(int(asked["most"]), MOST_SIMILAR)
            for part in self.likenesses.most_alike(shop, review.id):
                near = [(other, cosine) for other, cosine in part if cosine >= LEAST_SIMILAR]
                decided = decided_among(session, review, [other for other, _ in near])
                found += [(other, cosine) for other, cosine in near if other in decided]
                if len(found) >= most or len(near) < len(part):
                    break
        return {"reviews": [{"review": other, "cosine": cosine} for other, cosine in found[:most]]}


Answers.kinds = {
    "classify": Answers.classify,
    "address": Answers.address,
    "product": Answers.product,
    "heat": Answers.heat,
    "similar": Answers.similar,
}


def answers_of(process: WorkerProcess) -> Answers:
    """What a worker answers with; it must hold a model."""
    assert process.predictor is not None, "only a classify worker answers"
    assert process.likenesses is not None
    settings = process.bot.settings
    seconds = min(settings.image_timeout_s, ADDRESS_S)
    anywhere = AnywhereFetcher(settings.image_max_bytes, seconds, settings.local_image_hosts)
    pictures = PictureFetcher(replace(picture_rules(settings), timeout_s=seconds))
    return Answers(process.bot, pictures, process.predictor, process.likenesses, anywhere)


def find(session: Session, asked: Payload) -> Review:
    """The review that is asked about, through its shop. Raises AskRefused."""
    query = select(Review).where(Review.shop_id == asked["shop"], Review.id == asked["review"])
    review = session.scalar(query)
    if review is None:
        raise AskRefused("gone", "The product is not here any more.")
    return review


def picture_of(product: Product | None) -> str:
    """The address of a product's main picture. Raises AskRefused when it has none."""
    if product is None or not product.image_url:
        raise AskRefused("no_picture", "The product has no picture.")
    return product.image_url


def decided_among(session: Session, review: Review, others: list[int]) -> set[int]:
    """Those of the reviews that are decided, without earlier ones of the very same product."""
    query = select(Review.id).where(
        Review.shop_id == review.shop_id,
        Review.id.in_(others),
        Review.state.in_(DECIDED),
        Review.product_id != review.product_id,
    )
    return set(session.scalars(query))
