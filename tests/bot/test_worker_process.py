"""A worker as a process of its own: what it loads, and what it waits for."""

import logging
import os
import subprocess
import sys
import threading

import pytest

from shopify_bot.bot import make_bot
from shopify_bot.doorbell import redis_address_file
from shopify_bot.settings import ROOT, Settings
from shopify_bot.working import wait_for_redis

CODE = """
import sys
import numpy as np
from classifier.predictor import Product
from shopify_bot.jobs.process import this_worker
from shopify_bot.working import work

work("classify", burst=True)
predictor = this_worker().predictor
picture = np.zeros((predictor.bundle.input_size,) * 2 + (3,), np.uint8)
assert predictor.predict([Product(picture, "Blue shirt")])[0].label
assert predictor.engine.name == "openvino"
print({"tensorflow", "keras", "jax", "torch"} & {name.partition(".")[0] for name in sys.modules})
"""


@pytest.mark.usefixtures("redis")
def test_on_a_processor_a_worker_loads_neither_tensorflow_nor_keras(settings: Settings) -> None:
    if not (settings.model / "picture.xml").is_file():
        pytest.skip("the shipped bundle has no OpenVINO export")
    own = {
        "SHOPIFY_BOT_DATA_DIR": str(settings.data_dir),
        "SHOPIFY_BOT_MODEL": str(settings.model),
        "SHOPIFY_BOT_DEVICE": "cpu",
    }
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "set()"


def test_a_worker_without_redis_says_what_it_waits_for(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    bot, file = make_bot(settings), redis_address_file(settings.data_dir)
    file.parent.mkdir(parents=True, exist_ok=True)
    threading.Timer(1.2, lambda: file.write_text("redis://127.0.0.1:1/0")).start()
    with caplog.at_level(logging.INFO):
        assert wait_for_redis(bot) == "redis://127.0.0.1:1/0"
    told = [each for each in caplog.messages if "SHOPIFY_BOT_REDIS_URL" in each]
    assert len(told) == 1
