import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest

from classifier.bundle import Bundle
from classifier.calibration import Calibration
from classifier.engines import load_engine
from classifier.errors import EngineUnavailable, NothingToPredictFrom
from classifier.predictor import Predictor, Product, load_predictor

from .drawing import SHAPES
from .toy import drawn


@pytest.fixture(scope="module")
def seeing(toy: Bundle) -> Predictor:
    return load_predictor(toy.path, "cpu")


@pytest.fixture(scope="module")
def reader(reading: Bundle) -> Predictor:
    return load_predictor(reading.path, "cpu")


def products(count: int) -> tuple[list[str], list[Product]]:
    labels, pictures = drawn(count)
    return [SHAPES[label] for label in labels], [Product(picture) for picture in pictures]


def judging(predictor: Predictor, **calibration: Mapping[str, Mapping[str, float]]) -> Predictor:
    fitted = Calibration(**calibration)
    bundle = dataclasses.replace(predictor.bundle, calibration=fitted)
    return Predictor(bundle, predictor.engine, dataclasses.replace(predictor.scorer, calibration=fitted))


def test_new_pictures_are_told_apart(seeing: Predictor):
    labels, shown = products(60)
    found = seeing.predict(shown)
    assert {prediction.kind for prediction in found} == {"image"}
    assert sum(prediction.label == label for prediction, label in zip(found, labels, strict=True)) >= 42


def test_a_prediction_ranks_the_labels(seeing: Predictor):
    shown = products(1)[1]
    found = seeing.predict(shown, top=2)[0]
    assert len(found.top) == 2
    assert found.top[0] == (found.label, found.confidence)
    assert found.top[0][1] >= found.top[1][1]
    every = seeing.predict(shown)[0].top
    assert {label for label, _ in every} == set(SHAPES)
    assert sum(share for _, share in every) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("count", [0, 1, 5, 33])
def test_any_number_of_products_gets_the_same_answers(seeing: Predictor, count: int):
    shown = products(40)[1]
    whole, part = seeing.predict(shown), seeing.predict(shown[:count])
    assert [prediction.label for prediction in part] == [prediction.label for prediction in whole[:count]]
    for one, same in zip(part, whole, strict=False):
        assert one.confidence == pytest.approx(same.confidence, abs=1e-4)


def test_both_engines_predict_alike(toy: Bundle, seeing: Predictor):
    other = load_predictor(toy.path, "cpu", "keras")
    assert (seeing.engine.name, other.engine.name) == ("openvino", "keras")
    shown = products(30)[1]
    for one, same in zip(seeing.predict(shown), other.predict(shown), strict=True):
        assert dict(one.top) == pytest.approx(dict(same.top), abs=0.02)


def test_a_title_alone_is_enough(reader: Predictor):
    found = reader.predict([Product(title=f"New <b>{label}</b> for you") for label in SHAPES])
    assert [prediction.label for prediction in found] == list(SHAPES)
    assert {prediction.kind for prediction in found} == {"text"}


def test_a_description_alone_is_enough(reader: Predictor):
    found = reader.predict([Product(description="<p>A watches of kind 4</p>")])[0]
    assert (found.label, found.kind) == ("Watches", "text")


def test_picture_and_title_speak_together(reader: Predictor):
    labels, pictures = drawn(60)
    bare = reader.predict([Product(picture) for picture in pictures])
    told = [
        Product(picture, f"A {SHAPES[label]} of kind 3")
        for label, picture in zip(labels, pictures, strict=True)
    ]
    both = reader.predict(told)
    truth = [SHAPES[label] for label in labels]
    right = [prediction.label == label for prediction, label in zip(both, truth, strict=True)]
    assert {prediction.kind for prediction in both} == {"image_and_text"}
    assert sum(right) >= sum(one.label == label for one, label in zip(bare, truth, strict=True))
    assert np.mean(right) >= 0.9


def test_each_product_keeps_its_place_whatever_it_has(reader: Predictor):
    pictures = drawn(4)[1]
    mixed = [
        Product(title="Some ties"),
        Product(pictures[0]),
        Product(pictures[1], "A shirts of kind 7"),
        Product(pictures[2]),
        Product(title="Two watches"),
        Product(pictures[3], "  <br>  "),
    ]
    found = reader.predict(mixed)
    assert [p.kind for p in found] == ["text", "image", "image_and_text", "image", "text", "image"]
    for product, prediction in zip(mixed, found, strict=True):
        alone = reader.predict([product])[0]
        assert alone.label == prediction.label
        assert alone.confidence == pytest.approx(prediction.confidence, abs=1e-4)


@pytest.mark.parametrize("nothing", [Product(), Product(title=" \n", description="<p></p>")])
def test_a_product_of_nothing_is_refused(reader: Predictor, nothing: Product):
    with pytest.raises(NothingToPredictFrom, match="neither a picture nor a title"):
        reader.predict([Product(title="Some ties"), nothing])


def test_a_bundle_that_never_read_ignores_titles(seeing: Predictor):
    picture = drawn(1)[1][0]
    told, bare = seeing.predict([Product(picture, "Some ties"), Product(picture)])
    assert told == bare
    with pytest.raises(NothingToPredictFrom, match="that the bundle can read"):
        seeing.predict([Product(title="Some ties")])


def test_only_what_reaches_its_threshold_is_sure(seeing: Predictor):
    shown = products(3)[1]
    of_leaves = judging(seeing, thresholds={"image": {"*": 0.0}})
    of_categories = judging(seeing, category_thresholds={"image": {"*": 0.0}})
    of_texts = judging(seeing, thresholds={"text": {"*": 0.0}})
    assert {(p.sure, p.decides_alone) for p in of_leaves.predict(shown)} == {("leaf", True)}
    assert {(p.sure, p.decides_alone) for p in of_categories.predict(shown)} == {("category", False)}
    assert {(p.sure, p.decides_alone) for p in of_texts.predict(shown)} == {("nothing", False)}


def test_the_category_is_that_of_the_tree(seeing: Predictor):
    for found in judging(seeing, thresholds={"image": {"*": 0.0}}).predict(products(6)[1]):
        assert found.category == seeing.bundle.tree.category(found.label)
        assert found.category_confidence >= found.confidence - 1e-6


def test_the_temperature_of_the_bundle_softens(seeing: Predictor):
    soft = judging(seeing, temperatures={"image": 5.0})
    shown = products(6)[1]
    for one, other in zip(seeing.predict(shown), soft.predict(shown), strict=True):
        assert other.confidence < one.confidence
        assert other.label == one.label


def test_pictures_of_another_size_are_refused(seeing: Predictor):
    with pytest.raises(ValueError, match="32"):
        seeing.predict([Product(np.zeros((64, 64, 3), np.uint8))])


def test_a_gpu_that_is_not_there_is_refused(toy: Bundle):
    from classifier.backend import has_gpu

    if has_gpu():
        pytest.skip("this machine has a GPU")
    with pytest.raises(EngineUnavailable, match="No GPU"):
        load_engine(toy, "gpu")
