"""How sure a prediction is, as a share of a hundred: probabilities are calibrated, so they may be read so."""

from pathlib import Path

from babel.numbers import format_decimal

from shopify_bot.labels import model_in_use
from shopify_bot.review.languages import _, locale
from shopify_bot.tables import Prediction

MOST, FEWEST = 0.995, 0.015


def sureness(prediction: Prediction | None) -> str:
    """A sentence on how often such a prediction is right.

    Empty without a prediction, and for one of an earlier version, whose probability was not calibrated.
    """
    if prediction is None or prediction.confidence is None or prediction.sure is None:
        return ""
    confidence = prediction.confidence
    if confidence >= MOST:
        return _("Of 100 predictions like this, more than 99 are right.")
    if confidence < FEWEST:
        return _("Of 100 predictions like this, about 1 is right.")
    return _("Of 100 predictions like this, about %(right)s are right.", right=round(confidence * 100))


def promise(prediction: Prediction | None, model: Path) -> str:
    """What the model promises of predictions that it is sure of, where this is one; else empty."""
    if prediction is None or not prediction.decides_alone:
        return ""
    share = format_decimal(round(model_in_use(model).calibration.precision * 100, 2), locale=locale())
    return _(
        "It is above the threshold that keeps the model's promise: %(share)s%% of those are right.",
        share=share,
    )
