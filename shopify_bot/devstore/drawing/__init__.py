"""Illustrations of fashion products, drawn here: `draw_product`, `labels`, `shapes`, `write_catalogue`."""

from .catalogue import write_catalogue
from .registry import labels, shapes
from .studio import draw_product

__all__ = ["draw_product", "labels", "shapes", "write_catalogue"]
