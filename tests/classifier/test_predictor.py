import dataclasses
import random

import numpy as np
import pytest

from classifier.bundle import Bundle
from classifier.engines import load_engine
from classifier.engines.keras_engine import BUCKETS
from classifier.errors import EngineUnavailable
from classifier.images import decode
from classifier.predictor import Predictor

from .drawing import SHAPES, draw_shape, jpeg


def pictures(count: int, seed: int = 99) -> tuple[list[str], np.ndarray]:
    rng = random.Random(seed)
    labels = [SHAPES[number % 3] for number in range(count)]
    return labels, np.stack([decode(jpeg(draw_shape(label, rng)), 32) for label in labels])


def test_new_pictures_are_told_apart(predictor: Predictor):
    labels, pixels = pictures(60)
    found = predictor.predict(pixels)
    right = sum(prediction.label == label for prediction, label in zip(found, labels, strict=True))
    assert right >= 42


def test_a_prediction_ranks_the_labels(predictor: Predictor):
    found = predictor.predict(pictures(1)[1], top=2)[0]
    assert len(found.top) == 2
    assert found.top[0] == (found.label, found.confidence)
    assert found.top[0][1] >= found.top[1][1]
    assert len(predictor.predict(pictures(1)[1])[0].top) == 3


@pytest.mark.parametrize("count", [0, 1, 5, 8, 32, 33, 75])
def test_any_number_of_pictures_gets_the_same_answers(predictor: Predictor, count: int):
    pixels = pictures(75)[1]
    whole = predictor.engine.probabilities(pixels)
    part = predictor.engine.probabilities(pixels[:count])
    assert part.shape == (count, 3)
    assert part.dtype == np.float32
    np.testing.assert_allclose(part, whole[:count], atol=1e-4)
    np.testing.assert_allclose(part.sum(axis=1), 1, atol=1e-5)


def test_batch_sizes_are_bounded():
    assert list(BUCKETS) == sorted(BUCKETS)
    assert min(BUCKETS) == 1


def test_the_temperature_of_the_bundle_softens(predictor: Predictor, trained: Bundle):
    soft = load_engine(dataclasses.replace(trained, temperature=trained.temperature * 5), "cpu")
    pixels = pictures(6)[1]
    hard = predictor.engine.probabilities(pixels).max(axis=1)
    assert (soft.probabilities(pixels).max(axis=1) < hard).all()


def test_pictures_of_another_size_are_refused(predictor: Predictor):
    with pytest.raises(ValueError, match="32"):
        predictor.engine.probabilities(np.zeros((1, 64, 64, 3), np.uint8))


def test_a_gpu_that_is_not_there_is_refused(trained: Bundle):
    from classifier.backend import has_gpu

    if has_gpu():
        pytest.skip("this machine has a GPU")
    with pytest.raises(EngineUnavailable, match="No GPU"):
        load_engine(trained, "gpu")
