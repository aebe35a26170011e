"""Picture and text together."""

from classifier.fusion.head import Fusion
from classifier.fusion.learning import Products, fit_text_and_fusion

__all__ = ["Fusion", "Products", "fit_text_and_fusion"]
