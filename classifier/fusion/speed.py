"""How fast the fused head is, for the benchmark."""

import time
from collections.abc import Sequence

import numpy as np

from classifier.fusion.head import Fusion
from classifier.text.cleaning import clean
from classifier.text.model import TextModel

ROUNDS = 3


def fused_per_second(
    model: TextModel, fusion: Fusion, titles: Sequence[str], logits: np.ndarray, embeddings: np.ndarray
) -> float:
    """Return products per second from raw titles, logits (n, classes) and embeddings (n, d) to probabilities.

    The best of ROUNDS, so that what else the machine does counts little.
    """
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        evidence = model.evidence([clean(title) for title in titles])
        np.exp(fusion.log_probabilities(logits, embeddings, evidence))
        taken.append(time.perf_counter() - started)
    return len(titles) / min(taken)
