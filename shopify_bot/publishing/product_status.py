"""The status of a product once it is published: what somebody has put away is not brought back."""

PUT_AWAY = frozenset({"ARCHIVED", "UNLISTED"})
"""Statuses that somebody gave a product by hand, to keep it from customers."""


def status_after(now: str, wanted: str) -> str:
    """The status to leave a product with, `wanted` being UNCHANGED or the status to publish with."""
    return now if wanted == "UNCHANGED" or now in PUT_AWAY else wanted


def stays_away(now: str, wanted: str) -> bool:
    """Whether the product keeps a status that publishing would else have changed."""
    return now in PUT_AWAY and wanted != "UNCHANGED"
