import threading
import time

import pytest

from classifier.datasets.parallel import WAITING, in_order


def test_results_come_in_the_order_of_the_things():
    def slow_first(number: int) -> int:
        time.sleep(0.05 if number == 0 else 0)
        return number * number

    assert list(in_order(slow_first, range(200), 4, "squaring", "number")) == [n * n for n in range(200)]
    assert list(in_order(slow_first, [], 4, "squaring", "number")) == []


def test_work_does_not_run_far_ahead_and_ends_with_the_one_who_asked():
    done: list[int] = []
    results = in_order(done.append, range(10_000), 2, "counting", "number")
    next(results)
    results.close()
    assert len(done) <= 2 * WAITING
    assert threading.active_count() < 20


def test_an_error_of_the_work_reaches_the_one_who_asked():
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda number: 1 // number, [2, 1, 0], 2, "dividing", "number"))
