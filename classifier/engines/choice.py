"""Which engine suits a machine."""

import ctypes
import importlib.util

from classifier.bundle import Bundle
from classifier.engines.engine import Device, EngineName


def best_engine(bundle: Bundle, device: Device) -> EngineName:
    """Return "keras" for a GPU and for bundles that only Keras can run, else "openvino"."""
    if device == "gpu" or (device == "auto" and _keras_has_gpu()):
        return "keras"
    runnable = bundle.export is not None and importlib.util.find_spec("openvino") is not None
    return "openvino" if runnable else "keras"


def _keras_has_gpu() -> bool:
    """Ask Keras only where a driver sees a GPU, since it takes seconds and memory to import."""
    if not _driver_has_gpu():
        return False
    from classifier.backend import has_gpu

    return has_gpu()


def _driver_has_gpu() -> bool:
    """Ask the management library: a process may still fork after that, unlike after asking CUDA itself."""
    try:
        driver = ctypes.CDLL("libnvidia-ml.so.1")
    except OSError:
        return False
    count = ctypes.c_uint(0)
    return driver.nvmlInit_v2() == 0 == driver.nvmlDeviceGetCount_v2(ctypes.byref(count)) and count.value > 0
