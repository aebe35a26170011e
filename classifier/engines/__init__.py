"""Engines run a bundle's network. Importing this package imports none of them."""

from classifier.bundle import Bundle
from classifier.engines.choice import best_engine
from classifier.engines.engine import Device, Engine, EngineName, Outputs
from classifier.errors import EngineUnavailable

__all__ = ["Device", "Engine", "EngineName", "Outputs", "load_engine"]


def load_engine(bundle: Bundle, device: Device = "auto", engine: EngineName = "auto") -> Engine:
    """Load and warm up an engine; "auto" takes Keras on a GPU where there is one, else OpenVINO.

    A bundle without the OpenVINO export runs with Keras unless OpenVINO is asked for. Raises
    EngineUnavailable when the device or engine asked for is not there.
    """
    chosen = best_engine(bundle, device) if engine == "auto" else engine
    if chosen == "keras":
        from classifier.engines.keras_engine import KerasEngine

        return KerasEngine(bundle, device)
    if device == "gpu":
        raise EngineUnavailable("The engine openvino runs on the processor; use the engine keras for a GPU.")
    try:
        from classifier.engines.openvino_engine import OpenVINOEngine
    except ImportError as error:
        raise EngineUnavailable("OpenVINO is not installed: pip install openvino.") from error
    return OpenVINOEngine(bundle)
