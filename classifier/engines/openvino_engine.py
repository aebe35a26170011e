"""Runs a bundle's OpenVINO export on the CPU, without TensorFlow or Keras."""

import threading

import numpy as np

from classifier.bundle import Bundle, damaged
from classifier.engines.engine import EMBEDDINGS, LOGITS, Outputs, check_shape
from classifier.engines.openvino_runtime import openvino
from classifier.errors import EngineUnavailable

BATCH = 8
SETTINGS = {
    "PERFORMANCE_HINT": "THROUGHPUT",
    # bfloat16 is faster, but moves probabilities by over 0.01
    "INFERENCE_PRECISION_HINT": "f32",
    # pinned, the threads of several workers would queue for the same cores
    "ENABLE_CPU_PINNING": False,
}


class OpenVINOEngine:
    """The network compiled once for batches of any size.

    Pictures are spread over the processor's streams in batches of up to BATCH: larger ones leave its caches.
    """

    name = "openvino"

    def __init__(self, bundle: Bundle) -> None:
        """Raises EngineUnavailable for a bundle without the export, BundleDamaged for a broken one."""
        if bundle.export is None:
            raise EngineUnavailable(
                f"The bundle {bundle.path} was not exported for OpenVINO when it was trained; "
                "use the engine keras."
            )
        self._size = bundle.input_size
        self._lock = threading.Lock()
        try:
            self._model = openvino.Core().read_model(bundle.export)
        except RuntimeError as error:
            raise damaged(bundle.path, f"OpenVINO cannot read its network: {error}") from error
        self._compiled = openvino.Core().compile_model(self._model, "CPU", SETTINGS)
        self._streams = int(self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        self._queue = openvino.AsyncInferQueue(self._compiled, self._streams)

    @property
    def input_size(self) -> int:
        return self._size

    def run(self, pictures: np.ndarray) -> Outputs:
        check_shape(pictures, self._size)
        answers = self._run(pictures, (LOGITS, EMBEDDINGS))
        return Outputs(answers[LOGITS], answers[EMBEDDINGS])

    def _run(self, pictures: np.ndarray, names: tuple[str, ...]) -> dict[str, np.ndarray]:
        answers = {name: self._empty(name, len(pictures)) for name in names}

        def keep(request: openvino.InferRequest, start: int) -> None:
            for name, rows in answers.items():
                values = request.get_tensor(name).data
                rows[start : start + len(values)] = values

        step = min(BATCH, -(-len(pictures) // self._streams)) or 1
        with self._lock:
            self._queue.set_callback(keep)
            for start in range(0, len(pictures), step):
                part = np.ascontiguousarray(pictures[start : start + step])
                self._queue.start_async({0: openvino.Tensor(part)}, start)
            self._queue.wait_all()
        return answers

    def _empty(self, name: str, rows: int) -> np.ndarray:
        shape = [dimension.get_length() for dimension in list(self._model.output(name).partial_shape)[1:]]
        return np.empty((rows, *shape), dtype=np.float32)
