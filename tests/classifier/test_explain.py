import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from classifier.bundle import Bundle
from classifier.engines import Engine, load_engine
from classifier.explain import heat_map

from .drawing import SHAPES
from .toy import SIZE, darkness_network, drawn, write_toy


@pytest.fixture(scope="module")
def darkness(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return write_toy(tmp_path_factory.mktemp("darkness") / "darkness", darkness_network())


@pytest.fixture(scope="module", params=["keras", "openvino"])
def engine(request: pytest.FixtureRequest, toy: Bundle) -> Engine:
    return load_engine(toy, "cpu", request.param)


def test_a_heat_map_covers_the_picture(engine: Engine):
    picture = drawn(1)[1][0]
    heat = heat_map(engine, picture, 0)
    assert heat.values.shape == (SIZE, SIZE)
    assert heat.values.dtype == np.float32
    assert 0 <= heat.values.min() < 0.2
    assert 0.8 < heat.values.max() <= 1
    overlay = np.asarray(Image.open(io.BytesIO(heat.png)))
    assert overlay.shape == picture.shape
    cold = heat.values == 0
    np.testing.assert_array_equal(overlay[cold], picture[cold])


def test_it_lies_over_the_original_in_its_own_size(engine: Engine):
    picture = drawn(1)[1][0]
    heat = heat_map(engine, picture, 0, over=np.full((120, 90, 3), 255, np.uint8))
    assert heat.values.shape == (120, 90)
    assert Image.open(io.BytesIO(heat.png)).size == (90, 120)


@pytest.mark.parametrize("name", ["keras", "openvino"])
def test_it_lies_where_the_class_shows(name: str, darkness: Bundle):
    picture = Image.new("RGB", (SIZE, SIZE), "white")
    ImageDraw.Draw(picture).rectangle((20, 4, 27, 11), fill="black")
    values = heat_map(load_engine(darkness, "cpu", name), np.asarray(picture), 0).values
    assert values[5:11, 21:27].min() > 0.6
    assert values[16:, :].max() < 0.2
    assert values[:, :12].max() < 0.2


def test_a_class_that_is_not_there_is_an_error(engine: Engine):
    with pytest.raises(IndexError):
        heat_map(engine, drawn(1)[1][0], len(SHAPES))
