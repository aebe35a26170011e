"""Writes a network in the formats that other runtimes read."""

import importlib.util
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np

from classifier.backend import keras
from classifier.bundle import EXPORT, Bundle
from classifier.engines.answers import answering
from classifier.errors import ExportUnavailable

Format = Literal["openvino", "onnx", "litert"]
EXTRAS = {"onnx": ("onnx", "tf2onnx"), "litert": ("ai_edge_litert",)}


def export(bundle: Bundle, form: Format, folder: Path) -> Path:
    """Write the bundle's network into `folder`, which is made, and return the file, which was read again.

    In every format it takes uint8 pictures (n, s, s, 3) and gives logits, embeddings and, when the head is
    linear on them, the last feature map. Raises ExportUnavailable when the format's extra is not installed or
    cannot write this network.
    """
    missing = [name for name in EXTRAS.get(form, ()) if importlib.util.find_spec(name) is None]
    if missing:
        raise ExportUnavailable(
            f"The format {form} needs {' and '.join(missing)}: pip install 'shopify-bot[{form}]'."
        )
    network = keras.saving.load_model(bundle.weights, compile=False)
    folder.mkdir(parents=True, exist_ok=True)
    write = {"openvino": export_openvino, "onnx": _export_onnx, "litert": _export_litert}[form]
    return _attempted(write, form, network, bundle.input_size, folder)


def export_openvino(network: keras.Model, size: int, folder: Path) -> Path:
    """Write picture.xml and picture.bin, weights in 16 bits, for pictures of `size` pixels a side.

    The network is exported as it computes now: call it with one in full precision. Return picture.xml.
    """
    from classifier.engines.openvino_runtime import openvino

    with tempfile.TemporaryDirectory() as saved:
        answering(network, size).export(saved, format="tf_saved_model", verbose=False)
        model = openvino.Core().read_model(saved)
        openvino.save_model(model, folder / EXPORT[0], compress_to_fp16=True)
    return folder / EXPORT[0]


def _export_onnx(network: keras.Model, size: int, folder: Path) -> Path:
    import onnx

    file = folder / "picture.onnx"
    answers = answering(network, size)
    answers(np.zeros((1, size, size, 3), dtype=np.uint8))  # Keras exports to ONNX only what has run once
    answers.export(str(file), format="onnx", verbose=False)
    onnx.checker.check_model(str(file))
    return file


def _export_litert(network: keras.Model, size: int, folder: Path) -> Path:
    from ai_edge_litert.interpreter import Interpreter

    file = folder / "picture.tflite"
    answering(network, size).export(str(file), format="litert", verbose=False)
    Interpreter(str(file)).allocate_tensors()  # fails for operations that only all of TensorFlow has
    return file


def _attempted(
    write: Callable[[keras.Model, int, Path], Path],
    form: Format,
    network: keras.Model,
    size: int,
    folder: Path,
) -> Path:
    try:
        return write(network, size, folder)
    except Exception as error:  # converters raise almost anything
        raise ExportUnavailable(f"{network.name} cannot be written as {form}: {error}") from error
