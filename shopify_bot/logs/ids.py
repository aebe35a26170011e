"""What a log line is about: ids that are set where work comes in, and stand on every line from there on."""

import contextvars
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

IDS = ("request", "delivery", "job", "shop", "product", "review")
"""A page's request, a webhook's event id, RQ's job, domain, product's gid, review: as they are told."""

P = ParamSpec("P")
R = TypeVar("R")

current: contextvars.ContextVar[Mapping[str, str | int]] = contextvars.ContextVar("log_ids", default={})  # noqa: B039


@contextmanager
def about(**ids: str | int | None) -> Iterator[None]:
    """Lines in this block are about these, beside what they were about before; None changes nothing."""
    token = current.set(with_more(ids))
    try:
        yield
    finally:
        current.reset(token)


def also_about(**ids: str | int | None) -> None:
    """Lines from here to the end of the block of `about` around it are about these, too."""
    current.set(with_more(ids))


def with_more(ids: Mapping[str, str | int | None]) -> dict[str, str | int]:
    """What lines are about now, and these."""
    assert ids.keys() <= set(IDS), f"say in IDS what {ids.keys() - set(IDS)} are"
    return {**current.get(), **{name: value for name, value in ids.items() if value is not None}}


def carried(work: Callable[P, R]) -> Callable[P, R]:
    """The same work for another thread, whose lines are about what this thread's are about now."""
    context = contextvars.copy_context()

    def run(*arguments: P.args, **named: P.kwargs) -> R:
        return context.copy().run(work, *arguments, **named)

    return run
