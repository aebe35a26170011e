"""Pictures per second on this machine, on pictures drawn for the purpose."""

import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from classifier.bundle import Bundle
from classifier.engines import Device, EngineName, load_engine
from classifier.engines.engine import Outputs
from classifier.images import decode
from classifier.predict_loop import loop_per_second
from classifier.running import run_files
from classifier.scoring import load_scorer
from classifier.text import clean

PICTURES = 512
LOOP_PICTURES = 32
PRODUCTS = 8192
PICTURE_SIZE = (600, 800)
RUNS = 3


def benchmark(bundle: Bundle, device: Device = "auto", engine: EngineName = "auto") -> dict[str, object]:
    """Return products per second, the best of RUNS: `predict_loop_per_s` of `model.predict` over single
    pictures, `engine_per_s` of the engine, `engine_with_decode_per_s` of JPEG files through it, and
    `fusion_per_s` of titles, embeddings and logits through the fused head, None where the bundle has none.

    `peak_mb` is this process's own memory; the loop runs in another, before the engine is loaded.
    """
    files = _files()
    pixels = np.stack([decode(file, bundle.input_size) for file in files])
    loop = _loop(bundle, pixels[:LOOP_PICTURES])
    running = load_engine(bundle, device, engine)
    return {
        "engine": running.name,
        "predict_loop_per_s": loop,
        "engine_per_s": _per_second(lambda: running.run(pixels), len(pixels)),
        "engine_with_decode_per_s": _per_second(lambda: run_files(running, files, "benchmark"), len(files)),
        "fusion_per_s": _fusion(bundle, running.run(pixels)),
        "peak_mb": round(_peak_bytes() / 1e6, 1),
    }


def _loop(bundle: Bundle, pictures: np.ndarray) -> float:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return round(pool.submit(loop_per_second, bundle.weights, pictures, RUNS).result(), 1)


def _fusion(bundle: Bundle, outputs: Outputs) -> float | None:
    scorer = load_scorer(bundle)
    if not scorer.reads:
        return None
    places = np.arange(PRODUCTS) % len(outputs.logits)
    seen = Outputs(outputs.logits[places], outputs.embeddings[places])
    titles = [_title(bundle.classes[number % len(bundle.classes)], number) for number in range(PRODUCTS)]
    return _per_second(lambda: scorer.probabilities(seen, [clean(title) for title in titles]), PRODUCTS)


def _title(label: str, number: int) -> str:
    return f"Maker {number % 97} Women Printed Cotton {label} Model {number}"


def _files() -> list[bytes]:
    rng = np.random.default_rng(0)
    files = []
    for _ in range(PICTURES):
        coarse = Image.fromarray(rng.integers(0, 256, (12, 9, 3), dtype=np.uint8))
        file = io.BytesIO()
        coarse.resize(PICTURE_SIZE, Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
        files.append(file.getvalue())
    return files


def _per_second(run: Callable[[], object], products: int) -> float:
    run()
    rates = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        rates.append(products / (time.perf_counter() - start))
    return round(max(rates), 1)


def _peak_bytes() -> int:
    """The most memory this process ever held; getrusage, the fallback, counts what its parent held too."""
    status = Path("/proc/self/status")
    if status.is_file():
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
