import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from classifier.bundle import Bundle, read_bundle
from classifier.engines import Engine, load_engine
from classifier.engines.keras_engine import CPU_BUCKETS, GPU_BUCKETS
from classifier.engines.openvino_engine import BATCH
from classifier.errors import EngineUnavailable
from classifier.images import decode
from classifier.temperature import softmax

from .conftest import ROOT, SHIPPED
from .toy import SIZE, drawn, write_toy

PHOTOGRAPHS = ROOT.parent / "shared" / "data" / "fashion-product-images-224" / "images"
MOST_PHOTOGRAPHS = 96


@pytest.fixture(scope="module", params=["keras", "openvino"])
def engine(request: pytest.FixtureRequest, toy: Bundle) -> Engine:
    return load_engine(toy, "cpu", request.param)


def test_an_engine_tells_new_drawings_apart(engine: Engine):
    labels, pictures = drawn(60)
    outputs = engine.run(pictures)
    assert (outputs.logits.argmax(axis=1) == labels).mean() >= 0.7
    assert outputs.logits.shape == (60, 3)
    assert outputs.embeddings.shape == (60, 256)
    assert outputs.logits.dtype == outputs.embeddings.dtype == np.float32


@pytest.mark.parametrize("count", [0, 1, BATCH - 1, BATCH, BATCH + 1, 33, 75])
def test_any_number_of_pictures_gets_the_same_answers(engine: Engine, count: int):
    pictures = drawn(75)[1]
    whole, part = engine.run(pictures), engine.run(pictures[:count])
    assert part.logits.shape == (count, 3)
    np.testing.assert_allclose(part.logits, whole.logits[:count], atol=1e-3)
    np.testing.assert_allclose(part.embeddings, whole.embeddings[:count], atol=1e-3)


def test_pictures_of_another_size_are_refused(engine: Engine):
    wrong = np.zeros((1, 64, 64, 3), np.uint8)
    with pytest.raises(ValueError, match=str(SIZE)):
        engine.run(wrong)


def test_pictures_cut_from_a_larger_array_are_read_rightly(engine: Engine):
    pictures = drawn(20)[1]
    np.testing.assert_allclose(
        engine.run(pictures[::2]).logits, engine.run(pictures[::2].copy()).logits, atol=1e-4
    )


def test_both_engines_give_the_same_on_drawings(toy: Bundle):
    assert_parity(toy, drawn(120, seed=5)[1])


@pytest.mark.skipif(not PHOTOGRAPHS.is_dir(), reason="needs the Kaggle pictures beside the repository")
def test_both_engines_give_the_same_on_photographs():
    shipped = read_bundle(SHIPPED)
    files = sorted(PHOTOGRAPHS.iterdir())
    chosen = files[:: len(files) // MOST_PHOTOGRAPHS]
    assert_parity(shipped, np.stack([decode(file.read_bytes(), shipped.input_size) for file in chosen]))


def assert_parity(toy: Bundle, pictures: np.ndarray) -> None:
    one, other = (load_engine(toy, "cpu", name) for name in ("keras", "openvino"))
    expected, found = softmax(one.run(pictures).logits), softmax(other.run(pictures).logits)
    assert np.abs(expected - found).max() < 0.01
    ranked = np.sort(expected, axis=1)
    clear = ranked[:, -1] - ranked[:, -2] > 0.01  # of a tie either may win
    assert clear.mean() > 0.9
    assert (expected.argmax(axis=1) == found.argmax(axis=1))[clear].all()


def test_the_processor_is_openvinos_by_default(toy: Bundle):
    assert load_engine(toy, "cpu").name == "openvino"


def test_the_keras_engine_traces_nothing_after_its_start(toy: Bundle):
    from classifier.backend import keras

    if keras.backend.backend() != "tensorflow":
        pytest.skip("counts TensorFlow's traces")
    engine = load_engine(toy, "cpu", "keras")
    traced = engine._answers.predict_function.experimental_get_tracing_count()
    for count in (1, 3, 8, 20, 32, 50):
        engine.run(drawn(count)[1])
    assert engine._answers.predict_function.experimental_get_tracing_count() == traced <= len(CPU_BUCKETS)


def test_a_gpu_takes_batches_of_256():
    assert GPU_BUCKETS[-1] == 256


def test_mixed_precision_answers_alike(toy: Bundle):
    from classifier.backend import keras
    from classifier.engines.answers import answering, in_mixed_precision

    network = keras.saving.load_model(toy.weights, compile=False)
    mixed = in_mixed_precision(network)
    assert mixed.get_layer("pooled").compute_dtype == "float16"
    assert mixed.get_layer("head").compute_dtype == "float32"
    pictures = drawn(24)[1]
    exact, light = (answering(each, SIZE).predict_on_batch(pictures) for each in (network, mixed))
    assert all(value.dtype == np.float32 for value in light.values())
    assert np.abs(softmax(exact["logits"]) - softmax(light["logits"])).max() < 0.01


def test_a_bundle_without_the_export_runs_with_keras(toy: Bundle, tmp_path: Path):
    from classifier.backend import keras

    older = write_toy(tmp_path / "older", keras.saving.load_model(toy.weights), exported=False)
    assert load_engine(older, "cpu").name == "keras"
    with pytest.raises(EngineUnavailable, match="not exported for OpenVINO"):
        load_engine(older, "cpu", "openvino")


def test_a_gpu_that_is_not_there_is_refused(toy: Bundle):
    from classifier.backend import has_gpu

    with pytest.raises(EngineUnavailable, match="keras for a GPU"):
        load_engine(toy, "gpu", "openvino")
    if has_gpu():
        pytest.skip("this machine has a GPU")
    with pytest.raises(EngineUnavailable, match="No GPU"):
        load_engine(toy, "gpu")


def test_the_openvino_engine_imports_no_tensorflow(toy: Bundle):
    code = f"""
        import sys
        import numpy as np
        from classifier.bundle import read_bundle
        from classifier.engines import load_engine
        engine = load_engine(read_bundle({str(toy.path)!r}), "cpu")
        pictures = np.zeros((5, {SIZE}, {SIZE}, 3), np.uint8)
        assert engine.run(pictures).logits.shape == (5, 3)
        heavy = {{"keras", "tensorflow", "jax", "torch"}} & set(sys.modules)
        assert not heavy, heavy
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=120)


def test_the_openvino_engine_talks_to_nobody(toy: Bundle):
    code = f"""
        import socket, sys, time
        tried = []
        def refuse(*arguments, **named):
            tried.append(arguments)
            raise OSError("no network")
        socket.create_connection = socket.getaddrinfo = socket.socket.connect = refuse
        from classifier.bundle import read_bundle
        from classifier.engines import load_engine
        assert load_engine(read_bundle({str(toy.path)!r}), "cpu").name == "openvino"
        time.sleep(0.5)  # telemetry is sent by a thread
        assert not tried, tried
        assert not sys.modules.get("openvino_telemetry")
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=120)


def test_the_keras_engine_runs_on_another_backend(toy: Bundle, tmp_path: Path):
    pytest.importorskip("jax", reason="needs JAX")
    pictures = drawn(9)[1]
    np.save(tmp_path / "in.npy", pictures)
    code = f"""
        import sys
        import numpy as np
        from classifier.bundle import read_bundle
        from classifier.engines import load_engine
        given = np.load({str(tmp_path / "in.npy")!r})
        engine = load_engine(read_bundle({str(toy.path)!r}), "cpu", "keras")
        np.save({str(tmp_path / "out.npy")!r}, engine.run(given).logits)
        assert "tensorflow" not in sys.modules
    """
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        check=True, timeout=120, env={"KERAS_BACKEND": "jax", "PATH": ""}, cwd=ROOT,
    )  # fmt: skip
    ours = load_engine(toy, "cpu", "keras").run(pictures).logits
    np.testing.assert_allclose(np.load(tmp_path / "out.npy"), ours, atol=1e-2)
