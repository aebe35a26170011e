"""Picture and text together."""

from classifier.fusion.head import Fusion
from classifier.fusion.learning import Products, fit_text_and_fusion
from classifier.fusion.speed import fused_per_second

__all__ = ["Fusion", "Products", "fit_text_and_fusion", "fused_per_second"]
