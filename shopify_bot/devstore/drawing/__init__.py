"""Illustrations of fashion products, drawn here: `draw_product`, `labels`, `shapes`, `write_catalogue`."""

from shopify_bot.devstore.drawing.catalogue import write_catalogue
from shopify_bot.devstore.drawing.registry import labels, shapes
from shopify_bot.devstore.drawing.studio import draw_product

__all__ = ["draw_product", "labels", "shapes", "write_catalogue"]
