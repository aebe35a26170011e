"""What a prediction comes to, in words: what the model is sure of, and what it looked at."""

from dataclasses import dataclass

from shopify_bot.languages import _, marked
from shopify_bot.tables import Prediction

SEEN = {
    "image": marked("from the picture alone"),
    "text": marked("from the title alone"),
    "image_and_text": marked("from picture and title"),
}


@dataclass(frozen=True)
class Verdict:
    """`words` name the label when the model is sure of it; `short` leaves it out, for where it stands beside.

    `seen` tells what the model looked at. `short` and `seen` are empty for predictions of earlier versions,
    which kept neither.
    """

    words: str
    short: str
    seen: str
    is_unsure: bool
    """Whether the label is only a guess; unknown, hence False, for predictions of earlier versions."""
    hint: str
    """What approving would do when the label is only a guess; else empty."""


def verdict(prediction: Prediction | None) -> Verdict | None:
    """What the prediction says; None when nothing was predicted."""
    if prediction is None or prediction.label is None:
        return None
    label, category = prediction.label, prediction.category
    seen = _(SEEN[prediction.kind]) if prediction.kind in SEEN else ""
    if prediction.sure == "category" and category == label:
        hint = _(
            "Sure of the category, not of the label. Approving takes the best guess, %(label)s.", label=label
        )
        return Verdict(_("%(label)s, not quite sure", label=label), _("Not quite sure"), seen, True, hint)
    if prediction.sure == "category":
        words = _("%(category)s, which one is unsure", category=category)
        hint = _(
            "Sure of %(category)s only. Approving takes the best guess, %(label)s.",
            category=category,
            label=label,
        )
        return Verdict(words, words, seen, True, hint)
    if prediction.sure == "nothing":
        hint = _("The model is unsure. Approving takes the best guess, %(label)s.", label=label)
        return Verdict(_("Unsure"), _("Unsure"), seen, True, hint)
    named = f"{label}, {percent(prediction.confidence)}" if prediction.confidence is not None else label
    return Verdict(named, _("Sure") if prediction.sure else "", seen, False, "")


def percent(probability: float) -> str:
    """Rounded, but never to certainty."""
    hundredths = round(probability * 100)
    if hundredths == 100 and probability < 1:
        return _(">%(number)s%%", number=99)
    if hundredths == 0:
        return _("<%(number)s%%", number=1)
    return _("%(number)s%%", number=hundredths)
