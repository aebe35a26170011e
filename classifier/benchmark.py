"""Pictures per second on this machine, on pictures drawn for the purpose."""

import io
import resource
import sys
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from classifier.backend import keras
from classifier.bundle import Bundle
from classifier.engines import Device, load_engine
from classifier.images import decode

PICTURES = 128
LOOP_PICTURES = 24
PICTURE_SIZE = (600, 800)


def benchmark(bundle: Bundle, device: Device = "auto") -> dict[str, float]:
    """Return pictures per second: a `model.predict` loop, the engine alone, the engine with decoding."""
    files = _files()
    pixels = np.stack([decode(file, bundle.input_size) for file in files])
    engine = load_engine(bundle, device)
    model = keras.saving.load_model(bundle.weights, compile=False)

    def loop() -> None:
        for picture in pixels[:LOOP_PICTURES]:
            model.predict(picture[None].astype(np.float32), verbose=0)

    def engine_with_decode() -> None:
        engine.probabilities(np.stack([decode(file, bundle.input_size) for file in files]))

    return {
        "predict_loop_per_s": _per_second(loop, LOOP_PICTURES),
        "engine_per_s": _per_second(lambda: engine.probabilities(pixels), PICTURES),
        "engine_with_decode_per_s": _per_second(engine_with_decode, PICTURES),
        "peak_mb": round(_peak_bytes() / 1e6, 1),
    }


def _files() -> list[bytes]:
    rng = np.random.default_rng(0)
    files = []
    for _ in range(PICTURES):
        coarse = Image.fromarray(rng.integers(0, 256, (12, 9, 3), dtype=np.uint8))
        file = io.BytesIO()
        coarse.resize(PICTURE_SIZE, Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
        files.append(file.getvalue())
    return files


def _per_second(run: Callable[[], object], pictures: int) -> float:
    run()
    start = time.perf_counter()
    run()
    return round(pictures / (time.perf_counter() - start), 1)


def _peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
