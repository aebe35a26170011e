"""Engines run a bundle's network. Importing this package imports none of them."""

from classifier.bundle import Bundle
from classifier.engines.engine import Device, Engine

__all__ = ["Device", "Engine", "load_engine"]


def load_engine(bundle: Bundle, device: Device = "auto") -> Engine:
    """Load and warm up the engine for this machine; "auto" takes a GPU where there is one.

    Raises EngineUnavailable when the device asked for is not there.
    """
    from classifier.engines.keras_engine import KerasEngine

    return KerasEngine(bundle, device)
