import importlib.util
from pathlib import Path

import numpy as np
import pytest

from classifier import export as exporting
from classifier.bundle import Bundle
from classifier.engines import load_engine
from classifier.errors import ExportUnavailable
from classifier.export import export

from .toy import SIZE, drawn, write_toy


def needs(*packages: str) -> None:
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


def test_openvino_gets_both_outputs_for_any_number_of_pictures(toy: Bundle):
    from classifier.engines.openvino_runtime import openvino

    model = openvino.Core().read_model(toy.path / "picture.xml")
    shapes = {output.any_name: str(output.partial_shape) for output in model.outputs}
    assert shapes == {"logits": "[?,3]", "embeddings": "[?,256]"}
    assert str(model.input(0).partial_shape) == f"[?,{SIZE},{SIZE},3]"
    assert model.input(0).element_type == openvino.Type.u8


def test_its_weights_take_half_the_room(toy: Bundle):
    assert (toy.path / "picture.bin").stat().st_size < 0.6 * toy.weights.stat().st_size


def test_onnx_gives_the_engines_answers(toy: Bundle, tmp_path: Path):
    needs("tf2onnx", "onnx", "onnxruntime")
    import onnxruntime

    file = export(toy, "onnx", tmp_path / "made")
    assert file == tmp_path / "made" / "picture.onnx"
    session = onnxruntime.InferenceSession(file)
    pictures = drawn(5)[1]
    names = [output.name for output in session.get_outputs()]
    found = dict(zip(names, session.run(None, {session.get_inputs()[0].name: pictures}), strict=True))
    assert_same(toy, pictures, list(found.values()))


def test_litert_gives_the_engines_answers(toy: Bundle, tmp_path: Path):
    needs("ai_edge_litert")
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(export(toy, "litert", tmp_path)))
    run = interpreter.get_signature_runner()
    (name,) = run.get_input_details()
    pictures = drawn(5)[1]
    found = [run(**{name: picture[None]}) for picture in pictures]
    assert_same(toy, pictures, [np.concatenate([each[key] for each in found]) for key in found[0]])


def assert_same(toy: Bundle, pictures: np.ndarray, found: list[np.ndarray]) -> None:
    expected = load_engine(toy, "cpu").run(pictures)
    by_width = {values.shape[1:]: values for values in found}
    assert set(by_width) == {(3,), (256,)}
    np.testing.assert_allclose(by_width[(3,)], expected.logits, atol=0.05)
    np.testing.assert_allclose(by_width[(256,)], expected.embeddings, atol=0.05)


@pytest.mark.parametrize("form", ["onnx", "litert"])
def test_a_missing_extra_is_named(toy: Bundle, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(exporting.EXTRAS, form, ("a_package_nobody_has",))
    with pytest.raises(ExportUnavailable, match=rf"shopify-bot\[{form}\]"):
        export(toy, form, tmp_path)


def test_openvino_is_written_beside(toy: Bundle, tmp_path: Path):
    file = export(toy, "openvino", tmp_path / "folder")
    assert {each.name for each in file.parent.iterdir()} == {"picture.xml", "picture.bin"}


def test_a_network_that_a_format_cannot_hold_is_refused(tmp_path: Path):
    needs("ai_edge_litert")
    from classifier.backend import keras

    pictures = keras.Input((None, None, 3))
    pooled = keras.layers.GlobalAveragePooling2D(name="pooled")(pictures)
    bent = keras.ops.erfinv(pooled)
    network = keras.Model(pictures, keras.layers.Dense(3, name="head")(bent))
    bundle = write_toy(tmp_path / "strange", network, exported=False)
    with pytest.raises(ExportUnavailable, match="litert"):
        export(bundle, "litert", tmp_path)
