"""The language a text is written in, as far as a few words tell."""

from functools import cache

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


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*LANGUAGES])
    return identifier
