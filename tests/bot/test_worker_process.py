"""A classify worker as a process of its own: what it loads."""

import os
import subprocess
import sys

import pytest

from shopify_bot.settings import ROOT, Settings

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
