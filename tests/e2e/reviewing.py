"""Somebody who reviews one product after the other by keyboard, with a watch."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.person import Person

WATCHING = (Path(__file__).parent / "watching.js").read_text("utf-8")
NO_OTHER = "none"
PAUSE_MS = 300
"""Between two decisions, for what the page fetches ahead; fifty in three minutes leave 3,600."""


@dataclass
class Reviewing:
    """The page that shows one product at a time; times are in milliseconds."""

    person: Person
    times: list[float] = field(default_factory=list)
    begun: int = 0
    """How many requests had been sent when the first product stood there."""

    @classmethod
    def begin(cls, person: Person, path: str = "/review") -> "Reviewing":
        """Open the page, and wait until its first product can be seen."""
        person.page.add_init_script(WATCHING)
        person.open(path)
        here = cls(person)
        here.wait_for_other("")
        person.page.wait_for_timeout(PAUSE_MS)
        here.begun = len(person.requests)
        return here

    @property
    def shown(self) -> str:
        """Id of the review on screen, or `NO_OTHER` when nothing is left."""
        return str(self.person.page.evaluate("JSON.parse(sessionStorage.getItem('shown'))"))

    @property
    def mouse(self) -> int:
        """How often a mouse or a finger touched the page."""
        return int(self.person.page.evaluate("JSON.parse(sessionStorage.getItem('mouse') ?? '0')"))

    @property
    def toast(self) -> str:
        """What the page says of the last thing done."""
        return " ".join(self.person.page.locator(".toast").all_inner_texts())

    def has_key(self, key: str) -> bool:
        """Whether something on the product listens to the key."""
        return bool(self.person.page.locator(f'article.one [data-key="{key}"]').count())

    def decide(self, key: str) -> None:
        """Press the key that decides, and wait for the next product."""
        shown = self.shown
        self.person.press(key)
        self.times.append(self.wait_for_other(shown))
        self.person.page.wait_for_timeout(PAUSE_MS)

    def correct(self, label: str) -> None:
        """Search for the label and take it from what is found."""
        self.person.press("/")
        self.person.type(label)
        found = self.person.page.locator("article.one [role=option]", has_text=label)
        found.first.wait_for(state="visible")
        self.decide("Enter")

    def go(self, key: str) -> None:
        """Press a key that shows another product without deciding."""
        shown = self.shown
        self.person.press(key)
        self.wait_for_other(shown)
        self.person.page.wait_for_timeout(PAUSE_MS)

    def wait_for_other(self, shown: str) -> float:
        """Wait until another product than that is painted; returns the time since the last key."""
        script = "(id) => ![null, id].includes(JSON.parse(sessionStorage.getItem('shown') ?? 'null'))"
        self.person.page.wait_for_function(script, arg=shown, polling=20)
        took = self.person.page.evaluate("JSON.parse(sessionStorage.getItem('seen')).at(-1).took")
        return float(took or 0.0)

    @property
    def requests(self) -> list[str]:
        """What was asked for since then."""
        return self.person.requests[self.begun :]


def percentile(values: list[float], share: int) -> float:
    """The least value that so many per cent do not exceed."""
    return sorted(values)[max(0, -(-len(values) * share // 100) - 1)]
