"""Writes a network in the formats that other runtimes read."""

import importlib.util
import tempfile
from pathlib import Path
from typing import Literal

import numpy as np

from classifier.backend import keras
from classifier.bundle import EXPORT, Bundle
from classifier.engines.answers import answering
from classifier.errors import ExportUnavailable

Format = Literal["openvino", "onnx", "litert"]
PACKAGES = {
    "openvino": ("openvino", "tensorflow"),
    "onnx": ("onnx", "tf2onnx"),
    "litert": ("tensorflow", "ai_edge_litert"),
}


def export(bundle: Bundle, form: Format, folder: Path) -> Path:
    """Write the bundle's network into `folder`, which is made, and return the file.

    In every format it takes uint8 pictures (n, s, s, 3) and gives logits, embeddings and, when the head is
    linear on them, the last feature map. Raises ExportUnavailable when the format's packages are not there.
    """
    missing = [name for name in PACKAGES[form] if importlib.util.find_spec(name) is None]
    if missing:
        raise ExportUnavailable(
            f"The format {form} needs {' and '.join(missing)}: pip install 'shopify-bot[{form}]'."
        )
    network = keras.saving.load_model(bundle.weights, compile=False)
    folder.mkdir(parents=True, exist_ok=True)
    if form == "openvino":
        return export_openvino(network, bundle.input_size, folder)
    file = folder / {"onnx": "picture.onnx", "litert": "picture.tflite"}[form]
    answers = answering(network, bundle.input_size)
    answers(np.zeros((1, *answers.input_shape[1:]), dtype=np.uint8))  # Keras exports what has run once
    try:
        answers.export(str(file), format=form, verbose=False)
    except Exception as error:  # converters raise almost anything
        raise ExportUnavailable(f"{network.name} cannot be written as {form}: {error}") from error
    return file


def export_openvino(network: keras.Model, size: int, folder: Path) -> Path:
    """Write picture.xml and picture.bin, weights in 16 bits, for pictures of `size` pixels a side.

    The network is exported as it computes now: call it with one in full precision. Return picture.xml.
    """
    import openvino

    with tempfile.TemporaryDirectory() as saved:
        answering(network, size).export(saved, format="tf_saved_model", verbose=False)
        # read rather than converted: openvino.convert_model reports its use over the network
        model = openvino.Core().read_model(saved)
        openvino.save_model(model, folder / EXPORT[0], compress_to_fp16=True)
    return folder / EXPORT[0]
