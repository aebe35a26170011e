"""Runs a bundle with Keras on any backend."""

import threading

import numpy as np

from classifier.backend import has_gpu, keras, worth_jit
from classifier.bundle import Bundle
from classifier.engines.engine import Device
from classifier.errors import EngineUnavailable
from classifier.measure import softmax

BUCKETS = (1, 8, 32)


class KerasEngine:
    """One compiled function per batch size of BUCKETS, all compiled before the first picture comes.

    Other numbers of pictures are cut and padded to these sizes, since every new shape would compile anew.
    """

    def __init__(self, bundle: Bundle, device: Device = "auto") -> None:
        if device == "gpu" and not has_gpu():
            raise EngineUnavailable("No GPU is visible to Keras; use the device auto or cpu.")
        self.device = "gpu:0" if device != "cpu" and has_gpu() else "cpu:0"
        self._size, self._temperature, self._classes = (
            bundle.input_size,
            bundle.temperature,
            len(bundle.classes),
        )
        self._lock = threading.Lock()
        with keras.device(self.device):
            self._model = keras.saving.load_model(bundle.weights, compile=False)
            self._model.compile(jit_compile=worth_jit())
        for bucket in BUCKETS:
            self._logits(np.zeros((bucket, self._size, self._size, 3), dtype=np.uint8))

    @property
    def input_size(self) -> int:
        return self._size

    def probabilities(self, pictures: np.ndarray) -> np.ndarray:
        """Return float32 (n, classes) for uint8 pictures (n, s, s, 3); ValueError for another shape."""
        if pictures.shape[1:] != (self._size, self._size, 3):
            raise ValueError(
                f"pictures of shape {pictures.shape}; expected (n, {self._size}, {self._size}, 3)"
            )
        logits = np.empty((len(pictures), self._classes), dtype=np.float32)
        for start in range(0, len(pictures), BUCKETS[-1]):
            part = pictures[start : start + BUCKETS[-1]]
            logits[start : start + len(part)] = self._logits(_padded(part))[: len(part)]
        return softmax(logits, self._temperature)

    def _logits(self, pictures: np.ndarray) -> np.ndarray:
        with self._lock, keras.device(self.device):
            return np.asarray(self._model.predict_on_batch(pictures.astype(np.float32)))


def _padded(pictures: np.ndarray) -> np.ndarray:
    bucket = next(size for size in BUCKETS if size >= len(pictures))
    missing = bucket - len(pictures)
    return np.pad(pictures, ((0, missing), (0, 0), (0, 0), (0, 0))) if missing else pictures
