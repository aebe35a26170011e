"""What a check found, one thing per line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was checked: ok, a warning, or a fault to mend; `about` is the part it belongs to."""

    level: str
    text: str
    about: str = ""

    @property
    def line(self) -> str:
        """As the commands print it."""
        return f"{self.level:>7}  {self.text}"
