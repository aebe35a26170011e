import subprocess
import sys
from pathlib import Path

import pytest

from classifier.bundle import Bundle

from .conftest import ROOT
from .drawing import SHAPES
from .toy import write_toy


def test_the_benchmark_measures_both_ways_in_one_run(
    toy: Bundle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    from classifier import benchmark
    from classifier.backend import keras

    network = keras.saving.load_model(toy.weights, compile=False)
    titles = [f"A {shape} of kind {number}" for number in range(20) for shape in SHAPES]
    reading = write_toy(tmp_path / "reading", network, titles=titles)

    monkeypatch.setattr(benchmark, "PICTURES", 32)
    monkeypatch.setattr(benchmark, "LOOP_PICTURES", 4)
    rates = benchmark.benchmark(reading, "cpu")
    assert set(rates) == {
        "engine", "predict_loop_per_s", "engine_per_s", "engine_with_decode_per_s", "fusion_per_s", "peak_mb",
    }  # fmt: skip
    assert rates["engine"] == "openvino"
    assert rates["engine_per_s"] > 10 * rates["predict_loop_per_s"] > 0
    assert 0 < rates["engine_with_decode_per_s"] < rates["engine_per_s"]
    assert rates["fusion_per_s"] > 6300
    assert rates["peak_mb"] > 0


def test_the_process_that_is_measured_has_no_tensorflow(toy: Bundle, tmp_path: Path):
    script = tmp_path / "measure.py"
    script.write_text(
        "import sys\n"
        "from classifier import benchmark\n"
        "from classifier.bundle import read_bundle\n"
        "if __name__ == '__main__':\n"
        "    benchmark.PICTURES, benchmark.LOOP_PICTURES, benchmark.RUNS = 16, 2, 1\n"
        f"    found = benchmark.benchmark(read_bundle({str(toy.path)!r}), 'cpu')\n"
        "    assert not {'tensorflow', 'keras'} & set(sys.modules)\n"
        "    assert found['peak_mb'] < 400, found\n"
        "    assert found['fusion_per_s'] is None  # nothing was learnt of texts\n"
    )
    subprocess.run([sys.executable, script], check=True, timeout=120, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
