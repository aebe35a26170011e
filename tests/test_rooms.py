"""Which room may import which, and what the web process must not load."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# For each room: what of ours it may import. A longer name wins over the room that holds it.
MAY_IMPORT = {
    "classifier": ("classifier",),
    "shopify_bot.shopify": ("shopify_bot.shopify", "shopify_bot.settings", "shopify_bot.errors"),
    "shopify_bot.devstore": ("shopify_bot.devstore", "classifier.labels"),
    "shopify_bot": ("shopify_bot", "classifier", "webhooks"),
    "webhooks": ("webhooks", "shopify_bot"),
}
MAY_NOT_IMPORT = {
    "shopify_bot.review": ("shopify_bot.shopify", "shopify_bot.devstore", "webhooks"),
    "webhooks": ("shopify_bot.shopify", "shopify_bot.review", "shopify_bot.devstore", "classifier"),
}
HEAVY = {"tensorflow", "keras", "jax", "openvino", "scipy", "matplotlib", "py3langid"}
OURS = ("classifier", "shopify_bot", "webhooks")


def modules() -> list[tuple[str, Path]]:
    files = [file for room in OURS for file in sorted((ROOT / room).rglob("*.py"))]
    return [(".".join(file.relative_to(ROOT).with_suffix("").parts), file) for file in files]


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} has a relative import: name the module whole"
            found.update(f"{node.module}.{name.name}" for name in node.names)
    return {name for name in found if name.split(".")[0] in OURS}


def within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize(
    ("module", "file"), modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_room_imports_only_what_it_may(module: str, file: Path) -> None:
    room = max((room for room in MAY_IMPORT if within(module, (room,))), key=len)
    forbidden = MAY_NOT_IMPORT.get(next((room for room in MAY_NOT_IMPORT if within(module, (room,))), ""), ())
    for name in imports(file):
        assert within(name, MAY_IMPORT[room]), f"{module} imports {name}"
        assert not within(name, forbidden), f"{module} imports {name}"


def test_shopifyapi_is_imported_in_one_file() -> None:
    line = re.compile(r"^\s*(?:import|from) shopify[. ]", re.MULTILINE)
    users = [module for module, file in modules() if line.search(file.read_text("utf-8"))]
    assert users == ["shopify_bot.shopify.shopify_api"]


@pytest.mark.parametrize(
    "entry", ["wsgi", "shopify_bot.cli", "shopify_bot.sweep", "shopify_bot.jobs.publish"]
)
def test_only_a_classify_worker_loads_tensorflow(entry: str, tmp_path: Path) -> None:
    code = f"import sys, {entry}; print({HEAVY} & {{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"SHOPIFY_BOT_DATA_DIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"
