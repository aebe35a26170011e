"""The plainest way to classify, which engines are compared with: `model.predict` over single pictures."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras


def loop_per_second(weights: Path, pictures: np.ndarray, runs: int) -> float:
    """Return how many pictures, uint8 (n, s, s, 3), `model.predict` does a second, in the best of the runs.

    It runs best in a process of its own: TensorFlow takes memory and threads that an engine does not need.
    """
    from classifier.backend import keras

    model = keras.saving.load_model(weights, compile=False)
    model.predict(pictures[:1].astype(np.float32), verbose=0)
    return max(_rate(model, pictures) for _ in range(runs))


def _rate(model: "keras.Model", pictures: np.ndarray) -> float:
    start = time.perf_counter()
    for picture in pictures:
        model.predict(picture[None].astype(np.float32), verbose=0)
    return len(pictures) / (time.perf_counter() - start)
