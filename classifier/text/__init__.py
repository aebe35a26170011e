"""Titles and descriptions: cleaned, their language told, and what they say of the label."""

from classifier.text.cleaning import clean
from classifier.text.evidence import Evidence
from classifier.text.language import language
from classifier.text.masking import masked
from classifier.text.model import TextModel

__all__ = ["Evidence", "TextModel", "clean", "language", "masked"]
