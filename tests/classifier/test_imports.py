import subprocess
import sys

import pytest

MODELS = "'keras', 'tensorflow', 'jax', 'torch', 'h5py', 'openvino'"
SLOW = "'scipy', 'matplotlib', 'py3langid'"
WEB = (
    "classifier.labels, classifier.label_search, classifier.bundle, classifier.calibration, classifier.errors"
)
LIGHT = f"{WEB}, classifier.images, classifier.cli, classifier.recipe, classifier.networks"
PUBLIC = (
    "classifier.predictor, classifier.engines, classifier.evaluate, classifier.similar, classifier.explain"
)


@pytest.mark.parametrize(
    ("modules", "heavy"),
    [(LIGHT, f"{MODELS}, {SLOW}"), (PUBLIC, MODELS)],
    ids=["what only reads", "what predicts"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(modules: str, heavy: str):
    code = (
        f"import sys, {modules}\n"
        f"found = {{{heavy}}} & {{name.partition('.')[0] for name in sys.modules}}\n"
        "assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
