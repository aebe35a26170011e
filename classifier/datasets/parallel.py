"""The same work on many things at once, with a bar; results come in the order of the things."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from tqdm import tqdm

WAITING = 32

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def in_order(
    work: Callable[[Thing], Result], things: Sequence[Thing], threads: int, what: str, unit: str
) -> Iterator[Result]:
    """Yield `work(thing)` for each; at most WAITING results per thread wait to be taken."""
    pending: deque[Future[Result]] = deque()
    bar = tqdm(total=len(things), desc=what, unit=unit, leave=False)
    with bar, ThreadPoolExecutor(threads) as pool:
        try:
            for thing in things:
                pending.append(pool.submit(work, thing))
                if len(pending) >= WAITING * threads:
                    yield pending.popleft().result()
                    bar.update()
            while pending:
                yield pending.popleft().result()
                bar.update()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
