"""What a prediction comes to, in words: what the model is sure of, and what it looked at."""

from dataclasses import dataclass

from shopify_bot.tables import Prediction

SEEN = {
    "image": "from the picture alone",
    "text": "from the title alone",
    "image_and_text": "from picture and title",
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
    label, seen = prediction.label, SEEN.get(prediction.kind or "", "")
    guess = f"Approving takes the best guess, {label}."
    if prediction.sure == "category":
        words = f"{prediction.category}, which one is unsure"
        return Verdict(words, words, seen, True, f"Sure of {prediction.category} only. {guess}")
    if prediction.sure == "nothing":
        return Verdict("Unsure", "Unsure", seen, True, f"The model is unsure. {guess}")
    named = f"{label}, {percent(prediction.confidence)}" if prediction.confidence is not None else label
    return Verdict(named, "Sure" if prediction.sure else "", seen, False, "")


def percent(probability: float) -> str:
    """Rounded, but never to certainty."""
    hundredths = round(probability * 100)
    if hundredths == 100 and probability < 1:
        return ">99%"
    return "<1%" if hundredths == 0 else f"{hundredths}%"
