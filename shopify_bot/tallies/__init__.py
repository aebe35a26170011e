"""Sums of decisions and predictions by day: what the insights read, however many there are."""

from shopify_bot.tallies.counting import Key, Part, Sum, confidence_bucket, wait_bucket
from shopify_bot.tallies.kept import Kept
from shopify_bot.tallies.reading import Tallies
from shopify_bot.tallies.rolling import roll_up

__all__ = ["Kept", "Key", "Part", "Sum", "Tallies", "confidence_bucket", "roll_up", "wait_bucket"]
