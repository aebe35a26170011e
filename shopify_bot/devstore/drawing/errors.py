"""What can go wrong when a drawing is asked for."""


class DrawingError(Exception):
    """Base of all errors of this package."""


class UnknownArticle(DrawingError):
    """No drawing exists for an article type."""

    def __init__(self, label: str) -> None:
        super().__init__(f"there is no drawing of {label!r}; labels() lists what can be drawn")


class UnknownShape(DrawingError):
    """The article type has fewer shapes."""

    def __init__(self, label: str, shape: int, count: int) -> None:
        super().__init__(f"{label!r} has the shapes 0 to {count - 1}, not {shape}")
