"""The language a text is written in, as far as a few words tell."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = (
    *("ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja"),
    *("ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh"),
)
LEAST_SURE = 0.5


def language(text: str) -> str:
    """Return the ISO 639-1 code of the text's language, or "" when the text does not tell.

    A title holds few words and many names, so the choice is between the languages that shops are kept in.
    """
    code, sure = _identifier().classify(text.lower())
    return str(code) if text.strip() and sure >= LEAST_SURE else ""


def accuracy_by_language(texts: Sequence[str], right: np.ndarray) -> dict[str, dict[str, float]]:
    """Return items and accuracy of each language found, most items first; `right` is bool, shape (n,)."""
    codes = np.array([language(text) for text in texts])
    found = {code: right[codes == code] for code in sorted(set(codes.tolist()))}
    return {
        code: {"items": len(hits), "accuracy": round(float(hits.mean()), 4)}
        for code, hits in sorted(found.items(), key=lambda item: -len(item[1]))
    }


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*LANGUAGES])
    return identifier
