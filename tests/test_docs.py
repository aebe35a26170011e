"""The docs are tested: what exists is documented, and what is documented exists."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask

import classifier.cli
from shopify_bot.cli import main
from shopify_bot.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = {
    path: path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
}
DOCS = "\n".join(PAGES.values())
NOT_SETTINGS = {f"{PREFIX}NAME", f"{PREFIX}NAME_FILE", PREFIX}


def commands(group: click.Command, path: str) -> list[str]:
    """Every command below a group, such as `shopify-bot review list`."""
    if isinstance(group, click.Group):
        return [each for name, child in group.commands.items() for each in commands(child, f"{path} {name}")]
    return [path]


COMMANDS = commands(main, "shopify-bot") + commands(classifier.cli.main, "classifier")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"`{command}" in README, f"{command} is missing in the README's table of commands"


def test_every_documented_command_exists() -> None:
    groups = {path.rsplit(" ", 1)[0] for path in COMMANDS}
    for found in re.findall(r"`((?:shopify-bot|classifier) [a-z][a-z ]*[a-z])", DOCS):
        assert found in COMMANDS or found in groups or any(found.startswith(f"{c} ") for c in COMMANDS), found


@pytest.mark.parametrize("name", [PREFIX + name.upper() for name in Settings.model_fields])
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `{name}` |" in README


def test_every_documented_setting_exists() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for found in set(re.findall(rf"{PREFIX}[A-Z_]*", DOCS)) - NOT_SETTINGS:
        assert found in known or found.removesuffix("_FILE") in known, found


def named(argument: re.Match[str]) -> str:
    """How the README calls an argument of a route."""
    return {"review_id": "ID", "label": "LABEL", "action_id": "BULK"}[argument[1]]


def test_routes(app: Flask) -> None:
    existing = {
        f"{method} {re.sub(r'<(?:[a-z]+(?:[(][^)]*[)])?:)?(review_id|label|action_id)>', named, rule.rule)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith("/static")
    }
    documented = set(re.findall(r"^\| `((?:GET|POST) /[^`]*)` \|", README, re.MULTILINE))
    assert documented == existing


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[0].split()
    for target in targets:
        assert f"make {target}" in DOCS, target
    for found in set(re.findall(r"`make ([a-z0-9-]+)", DOCS)):
        assert found in targets, found


def test_every_dependency_says_what_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert listed is not None
    for name in re.findall(r'"([A-Za-z0-9-]+)', listed[1]):
        assert re.search(rf"^\| [^|]*`{re.escape(name)}`", README, re.MULTILINE), name


def test_links_lead_somewhere() -> None:
    for page, text in PAGES.items():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_map_names_files_that_exist() -> None:
    for found in set(
        re.findall(r"`((?:shopify_bot|webhooks|classifier|tests|migrations|models)/[\w./-]+)`", DOCS)
    ):
        assert (ROOT / found).exists(), found
