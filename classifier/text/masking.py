"""Takes the answer out of a title, to train on and to measure what the rest of it still says."""

import re
from collections.abc import Iterable, Iterator, Sequence

WORD = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
JOINTS = re.compile(r"['\u2019\-]")
ENDINGS = (
    ("ies", ("y", "ie")),
    ("ves", ("f", "fe", "ve")),
    ("sses", ("ss",)),
    ("shes", ("sh",)),
    ("ches", ("ch",)),
    ("xes", ("x",)),
    ("ss", ("ss",)),
    ("s", ("",)),
)


def masked(text: str, label: str, synonyms: Iterable[str] = ()) -> str:
    """Return `text` without the words of the label and of its synonyms, whatever their case or number.

    What a hyphen or a space divides counts as one word too: "T-shirt" and "T shirt" mean "Tshirts".
    The other words stay as they are, with single spaces between them.
    """
    stems = label_stems(label, synonyms)
    kept, words, place = [], text.split(), 0
    while place < len(words):
        covered = _covered(words[place : place + 2], stems)
        if not covered:
            kept.append(words[place])
        place += covered or 1
    return " ".join(kept)


def label_stems(label: str, synonyms: Iterable[str] = ()) -> frozenset[str]:
    """Return the words of the label and its synonyms, in lower case and singular."""
    return frozenset(stem for name in (label, *synonyms) for stem in _stems(name))


def _covered(words: Sequence[str], stems: frozenset[str]) -> int:
    """How many of the words at the front are the label's: 0, 1, or 2 for one that a space divides."""
    if not stems.isdisjoint(_stems(words[0])):
        return 1
    return 2 if len(words) == 2 and not stems.isdisjoint(_singulars(_letters("".join(words)))) else 0


def _stems(text: str) -> Iterator[str]:
    """Every word, and every part of a hyphenated one."""
    for word in WORD.findall(text.lower()):
        yield from _singulars(_letters(word))
        if not word.isalnum():
            yield from (stem for part in JOINTS.split(word) if len(part) > 1 for stem in _singulars(part))


def _singulars(word: str) -> tuple[str, ...]:
    """What the word may be the plural of, as far as an English ending tells."""
    for ending, singular in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return tuple(word[: -len(ending)] + end for end in singular)
    return (word,)


def _letters(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.lower())
