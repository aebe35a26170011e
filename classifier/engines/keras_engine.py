"""Runs a bundle with Keras on any backend."""

import threading

import numpy as np

from classifier.backend import has_gpu, keras, worth_jit
from classifier.bundle import Bundle
from classifier.engines.answers import answering, in_mixed_precision
from classifier.engines.engine import EMBEDDINGS, LOGITS, Device, Outputs, check_shape
from classifier.errors import EngineUnavailable

CPU_BUCKETS = (1, 8, 32)
GPU_BUCKETS = (1, 32, 256)


class KerasEngine:
    """One compiled function, traced for a few sizes of a batch before the first picture comes.

    Other numbers of pictures are cut and padded to these sizes, since every new shape would compile anew.
    On a GPU it computes in mixed precision.
    """

    name = "keras"

    def __init__(self, bundle: Bundle, device: Device = "auto") -> None:
        """Raises EngineUnavailable when a GPU is asked for and none is there."""
        if device == "gpu" and not has_gpu():
            raise EngineUnavailable("No GPU is visible to Keras; use the device auto or cpu.")
        on_gpu = device != "cpu" and has_gpu()
        self.device = "gpu:0" if on_gpu else "cpu:0"
        self.buckets = GPU_BUCKETS if on_gpu else CPU_BUCKETS
        self._size = bundle.input_size
        self._lock = threading.Lock()
        with keras.device(self.device):
            network = keras.saving.load_model(bundle.weights, compile=False)
            self._answers = answering(in_mixed_precision(network) if on_gpu else network, self._size)
            self._answers.compile(jit_compile=worth_jit())
        for bucket in self.buckets:
            self._batch(np.zeros((bucket, self._size, self._size, 3), dtype=np.uint8))

    @property
    def input_size(self) -> int:
        return self._size

    def run(self, pictures: np.ndarray) -> Outputs:
        check_shape(pictures, self._size)
        answers = self._run(pictures)
        return Outputs(answers[LOGITS], answers[EMBEDDINGS])

    def _run(self, pictures: np.ndarray) -> dict[str, np.ndarray]:
        largest = self.buckets[-1]
        parts = [pictures[start : start + largest] for start in range(0, max(1, len(pictures)), largest)]
        answers = [self._padded(part) for part in parts]
        return {name: np.concatenate([each[name] for each in answers]) for name in answers[0]}

    def _padded(self, pictures: np.ndarray) -> dict[str, np.ndarray]:
        bucket = next(size for size in self.buckets if size >= len(pictures))
        missing = bucket - len(pictures)
        full = np.pad(pictures, ((0, missing), (0, 0), (0, 0), (0, 0))) if missing else pictures
        return {name: value[: len(pictures)] for name, value in self._batch(full).items()}

    def _batch(self, pictures: np.ndarray) -> dict[str, np.ndarray]:
        with self._lock, keras.device(self.device):
            answers = self._answers.predict_on_batch(pictures)
        return {name: np.asarray(value, dtype=np.float32) for name, value in answers.items()}
