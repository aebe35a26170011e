"""Runs a bundle's OpenVINO export on the CPU, without TensorFlow or Keras."""

import threading

import numpy as np

from classifier.bundle import Bundle, damaged
from classifier.engines.activation import class_activation
from classifier.engines.engine import EMBEDDINGS, FEATURES, LOGITS, Engine, Outputs, check_shape
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
        self._bundle, self._size = bundle, bundle.input_size
        self._lock = threading.Lock()
        try:
            self._model = openvino.Core().read_model(bundle.export)
        except RuntimeError as error:
            raise damaged(bundle.path, f"OpenVINO cannot read its network: {error}") from error
        self._compiled = openvino.Core().compile_model(self._model, "CPU", SETTINGS)
        self._streams = int(self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        self._queue = openvino.AsyncInferQueue(self._compiled, self._streams)
        self._keras: Engine | None = None

    @property
    def input_size(self) -> int:
        return self._size

    def run(self, pictures: np.ndarray) -> Outputs:
        check_shape(pictures, self._size)
        answers = self._run(pictures, (LOGITS, EMBEDDINGS))
        return Outputs(answers[LOGITS], answers[EMBEDDINGS])

    def maps(self, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
        """As `Engine.maps`. Only a network whose head is not linear on pooled features needs Keras here."""
        check_shape(pictures, self._size)
        if not any(FEATURES in output.names for output in self._model.outputs):
            return self._gradients().maps(pictures, classes)
        return class_activation(self._run(pictures, (FEATURES,))[FEATURES], _head(self._model), classes)

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

    def _gradients(self) -> Engine:
        with self._lock:
            if self._keras is None:
                from classifier.engines.keras_engine import KerasEngine

                self._keras = KerasEngine(self._bundle, "cpu")
        return self._keras


def _head(model: openvino.Model) -> np.ndarray:
    """Return the weights of the head, float32 (d, classes): the last matrix before the logits."""
    node = model.output(LOGITS).get_node()
    while node.get_type_name() != "MatMul":
        node = node.input_value(0).get_node()
    weights = node.input_value(1).get_node()
    while weights.get_type_name() == "Convert":  # stored in 16 bits
        weights = weights.input_value(0).get_node()
    kernel: np.ndarray = weights.get_data().astype(np.float32)
    return kernel.T if node.get_attributes()["transpose_b"] else kernel
