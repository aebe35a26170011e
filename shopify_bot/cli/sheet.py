"""A review as text: one line in a list, or a sheet of its own."""

from collections.abc import Iterator

from shopify_bot.finding.listing import published
from shopify_bot.finding.noting import choice_of
from shopify_bot.publishing.person_category import set_by_person
from shopify_bot.tables import Review
from shopify_bot.verdicts import percent, verdict

NOTHING = "-"


def line(review: Review) -> str:
    """Id, state, label, its probability, what is sure, what was looked at, title; tabs between.

    The label is the one decided on, else the likeliest; of one that a person chose instead it is told instead
    of what.
    """
    columns = (str(review.id), review.state, *labelled(review), review.product.title)
    return "\t".join(column or NOTHING for column in columns)


def labelled(review: Review) -> tuple[str | None, str | None, str | None, str | None]:
    """Label, its probability, what is sure of it or what it was corrected from, what was looked at."""
    prediction, said, decided = review.prediction, verdict(review.prediction), choice_of(review)
    label = prediction.label if prediction else None
    confidence = prediction.confidence if prediction else None
    seen = said.seen if said else None
    if decided is not None and decided.label != label:
        instead = f"corrected from {label}" if label else "chosen by a person"
        return decided.label, None, instead, seen
    return label, percent(confidence) if confidence is not None else None, said.short if said else None, seen


def lines(review: Review) -> Iterator[str]:
    """What there is to say of a review, one fact a line."""
    yield f"{review.product.title or 'Untitled product'} ({review.shop.domain}, {review.product.gid})"
    yield f"state      {review.state}"
    yield from predicted(review)
    yield from in_store(review)
    if review.note:
        yield f"note       {review.note}"
    if review.error:
        yield f"error      {review.error}"
    for decision in review.decisions:
        about = f" {decision.label}" if decision.label else ""
        when = f"{decision.created_at:%Y-%m-%d %H:%M} UTC"
        instead = ", in place of the category in the store" if decision.replaces_category else ""
        yield f"decision   {decision.kind}{about}{instead}, by {decision.reviewer}, {when}"


def in_store(review: Review) -> Iterator[str]:
    """The category in the store and whose it is, what publishing had to say, and what was taken back."""
    product, told = review.product, published(review.publication)
    if product.category_id is not None:
        whose = ", set by a person" if set_by_person(product) else ""
        yield f"in store   {product.category_name or product.category_id}{whose}"
    for sentence in told["said"]:
        yield f"published  {sentence}"
    reverted = told["reverted"] or {}
    for part in reverted.get("put_back", []):
        yield f"put back   {part['what']}: {part['to']}"
    for part in reverted.get("left", []):
        yield f"left       {part['what']}: {part['because']}"


def predicted(review: Review) -> Iterator[str]:
    """The verdict, what approving would do where that is a guess, and the most likely labels."""
    prediction, said = review.prediction, verdict(review.prediction)
    if prediction is None or said is None:
        yield "predicted  nothing"
        return
    yield f"predicted  {', '.join(filter(None, (said.words, said.seen)))} (by {prediction.model_version})"
    if said.hint:
        yield f"           {said.hint}"
    for entry in prediction.top:
        yield f"           {percent(entry['probability']):>4}  {entry['label']}"
