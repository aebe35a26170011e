"""How sure a prediction is, as a share of a hundred.

Probabilities are calibrated for each kind of prediction, so they may be read so: on products that the
shipped model had never seen they are off by one in a hundred, from a picture alone by two.
"""

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
        return _("In tests, more than 99 of 100 predictions like this were right.")
    if confidence < FEWEST:
        return _("In tests, about 1 of 100 predictions like this was right.")
    return _(
        "In tests, about %(right)s of 100 predictions like this were right.", right=round(confidence * 100)
    )


def promise(prediction: Prediction | None, model: Path) -> str:
    """What the model promises of predictions that it is sure of, where this is one; else empty."""
    if prediction is None or not prediction.decides_alone:
        return ""
    share = format_decimal(round(model_in_use(model).calibration.precision * 100, 2), locale=locale())
    return _(
        "It is sure enough to be decided alone: of those, about %(share)s%% are right.",
        share=share,
    )
