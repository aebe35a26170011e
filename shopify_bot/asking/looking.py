"""What a worker makes of a picture and a title that somebody asks about."""

import io
import threading
from typing import Any

import numpy as np
from PIL import Image

from classifier.errors import NothingToPredictFrom, PictureError, PictureTooLarge
from classifier.explain import heat_map
from classifier.images import decode_twice, open_picture
from classifier.predictor import Predictor, Product
from shopify_bot.asking.wire import as_text
from shopify_bot.errors import AskRefused

SHOWN = 320
"""Longest side of the picture that is sent back, in pixels."""
LARGE = 480
"""The same of a heat map that stands alone."""
MOST_PIXELS = 36_000_000
"""Fewer than in a batch: somebody waits. Shopify's own limit is 25 million."""

one_at_a_time = threading.Lock()
"""A large picture takes some hundred megabytes while it is decoded."""


def judge(predictor: Predictor, data: bytes | None, title: str) -> dict[str, Any]:
    """The prediction, and the picture as it is to be shown, with and without its heat map.

    Raises AskRefused when there is nothing to predict from or the picture cannot be decoded.
    """
    square, shown = decoded(predictor, data, SHOWN) if data is not None else (None, None)
    try:
        (found,) = predictor.predict([Product(square, title)])
    except NothingToPredictFrom as error:
        raise AskRefused("nothing", str(error)) from error
    answer: dict[str, Any] = {
        "label": found.label,
        "confidence": found.confidence,
        "top": [{"label": label, "probability": probability} for label, probability in found.top],
        "sure": found.sure,
        "category": found.category,
        "category_confidence": found.category_confidence,
        "kind": found.kind,
        "decides_alone": found.decides_alone,
        "model_version": predictor.bundle.version,
        "picture": None,
        "heat": None,
    }
    if square is not None and shown is not None:
        answer |= {"picture": as_text(jpeg(shown)), "heat": heat(predictor, square, shown, found.label)}
    return answer


def heat_of(predictor: Predictor, data: bytes, label: str) -> dict[str, Any]:
    """Where the picture speaks for the label, as a PNG. Raises AskRefused."""
    if label not in predictor.bundle.classes:
        raise AskRefused("no_label", f"The model has not learnt the label {label!r}.")
    square, shown = decoded(predictor, data, LARGE)
    return {"png": heat(predictor, square, shown, label)}


def decoded(predictor: Predictor, data: bytes, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """The picture as the network wants it, and as people see it. Raises AskRefused."""
    try:
        width, height = open_picture(data).size
        if width * height > MOST_PIXELS:
            raise PictureTooLarge(f"The picture has {width} x {height} pixels, over {MOST_PIXELS:,}.")
        with one_at_a_time:
            return decode_twice(data, predictor.bundle.input_size, longest)
    except PictureTooLarge as error:
        raise AskRefused("too_large", str(error)) from error
    except PictureError as error:
        raise AskRefused("not_a_picture", str(error)) from error


def heat(predictor: Predictor, square: np.ndarray, shown: np.ndarray, label: str) -> str:
    """What of the picture the label hangs on, laid over it, a PNG as text."""
    place = predictor.bundle.classes.index(label)
    return as_text(heat_map(predictor.engine, square, place, shown).png)


def jpeg(pixels: np.ndarray) -> bytes:
    """The pixels, uint8 (height, width, 3), as a JPEG that holds nothing else."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=88)
    return file.getvalue()
