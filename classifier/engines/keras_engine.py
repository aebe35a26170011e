"""Runs a bundle with Keras on any backend."""

import threading

import numpy as np

from classifier.backend import has_gpu, keras, worth_jit
from classifier.bundle import Bundle
from classifier.engines.activation import class_activation
from classifier.engines.answers import answering, in_mixed_precision
from classifier.engines.engine import EMBEDDINGS, FEATURES, LOGITS, Device, Outputs, check_shape
from classifier.engines.gradients import grad_cam
from classifier.errors import EngineUnavailable
from classifier.networks import HEAD

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
            self._network = in_mixed_precision(network) if on_gpu else network
            answers = answering(self._network, self._size)
            self._answers = _compiled(answers, LOGITS, EMBEDDINGS)
            self._features = _compiled(answers, FEATURES) if FEATURES in answers.output else None
        for bucket in self.buckets:
            self._batch(self._answers, np.zeros((bucket, self._size, self._size, 3), dtype=np.uint8))

    @property
    def input_size(self) -> int:
        return self._size

    def run(self, pictures: np.ndarray) -> Outputs:
        check_shape(pictures, self._size)
        answers = self._run(self._answers, pictures)
        return Outputs(answers[LOGITS], answers[EMBEDDINGS])

    def maps(self, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
        """As `Engine.maps`, by Grad-CAM where the head is not linear on pooled features."""
        check_shape(pictures, self._size)
        if self._features is not None:
            features = self._run(self._features, pictures)[FEATURES]
            kernel = keras.ops.convert_to_numpy(self._network.get_layer(HEAD).kernel)
            return class_activation(features, kernel, classes)
        with self._lock, keras.device(self.device):
            return grad_cam(self._network, pictures, classes)

    def _run(self, model: keras.Model, pictures: np.ndarray) -> dict[str, np.ndarray]:
        largest = self.buckets[-1]
        parts = [pictures[start : start + largest] for start in range(0, max(1, len(pictures)), largest)]
        answers = [self._padded(model, part) for part in parts]
        return {name: np.concatenate([each[name] for each in answers]) for name in answers[0]}

    def _padded(self, model: keras.Model, pictures: np.ndarray) -> dict[str, np.ndarray]:
        bucket = next(size for size in self.buckets if size >= len(pictures))
        missing = bucket - len(pictures)
        full = np.pad(pictures, ((0, missing), (0, 0), (0, 0), (0, 0))) if missing else pictures
        return {name: value[: len(pictures)] for name, value in self._batch(model, full).items()}

    def _batch(self, model: keras.Model, pictures: np.ndarray) -> dict[str, np.ndarray]:
        with self._lock, keras.device(self.device):
            answers = model.predict_on_batch(pictures)
        return {name: np.asarray(value, dtype=np.float32) for name, value in answers.items()}


def _compiled(answers: keras.Model, *names: str) -> keras.Model:
    """The model with these outputs only: what is not asked for is not copied from the device."""
    model = keras.Model(answers.input, {name: answers.output[name] for name in names})
    model.compile(jit_compile=worth_jit())
    return model
