"""Words, pairs of words and pieces of words of a text as hashed features."""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from classifier.text.masking import WORD

HASHES = 2**20
PIECES = range(2, 6)
LONGEST_WORD = 64
CACHED = 100_000


def hashed(texts: Sequence[str]) -> csr_matrix:
    """Return which of HASHES features each cleaned text has, float32 (n, HASHES) of zeros and ones.

    Of a word only the first LONGEST_WORD letters count.
    """
    places: list[int] = []
    ends = [0]
    for text in texts:
        words = [word[:LONGEST_WORD] for word in WORD.findall(text)]
        for word in words:
            places.extend(_of_word(word))
        places.extend(_of_pair(first, second) for first, second in pairwise(words))
        ends.append(len(places))
    ones = np.ones(len(places), dtype=np.float32)
    found = csr_matrix((ones, np.array(places, dtype=np.int32), ends), shape=(len(texts), HASHES))
    found.sum_duplicates()
    found.data[:] = 1
    return found


@lru_cache(maxsize=CACHED)
def _of_word(word: str) -> tuple[int, ...]:
    """The word, and its pieces with its ends marked. A shop's titles repeat their words, hence the cache."""
    padded = f"^{word}$"
    pieces = {padded[start : start + n] for n in PIECES for start in range(len(padded) - n + 1)}
    return tuple(_place(piece) for piece in (word, *sorted(pieces)))


@lru_cache(maxsize=CACHED)
def _of_pair(first: str, second: str) -> int:
    return _place(f"{first} {second}")


def _place(feature: str) -> int:
    return zlib.crc32(feature.encode()) % HASHES
