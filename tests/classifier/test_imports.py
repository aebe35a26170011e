import subprocess
import sys

import pytest

LIGHT = (
    "classifier, classifier.labels, classifier.bundle, classifier.images, classifier.errors, classifier.cli"
)
PUBLIC = "classifier.predictor, classifier.engines, classifier.evaluate, classifier.networks"


@pytest.mark.parametrize("modules", [LIGHT, PUBLIC])
def test_nothing_heavy_is_imported_before_it_is_needed(modules: str):
    code = (
        f"import sys, {modules}\n"
        "heavy = {'keras', 'tensorflow', 'jax', 'torch', 'h5py'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
