"""Every command, told to look at one shop and given the other's ids: nothing of theirs shows or changes."""

from collections.abc import Callable, Iterator

import click
import pytest
from click.testing import CliRunner, Result

from shopify_bot.bot import Bot
from shopify_bot.cli import main
from shopify_bot.devstore import DevStore
from tests.isolation.two_shops import LABEL, MARK, MINE, THEIRS, rows_of

ID = "ID"
"""Stands for the id of each of the other shop's reviews."""
COLLECTION = "theirs-collection"
"""Handle of a collection that only the other shop has."""
TABLE = "mapping.csv"

FOR_ONE_SHOP: dict[str, list[list[str]]] = {
    "review list": [[], ["--json"]],
    "review show": [[ID], [ID, "--json"]],
    "review approve": [[ID], ["--all"]],
    "review correct": [[ID, LABEL]],
    "review skip": [[ID]],
    "review reopen": [[ID]],
    "review retry": [[ID], ["--all"]],
    "review revert": [[ID]],
    "labels": [[]],
    "mapping show": [[], ["--json"], [LABEL]],
    "mapping set": [
        [LABEL, "--tag", "new"],
        [LABEL, "--collection-id", COLLECTION],
        [LABEL, "--default", "all"],
    ],
    "mapping defaults": [[], ["--status", "draft"]],
    "mapping export": [[]],
    "mapping import": [[TABLE]],
    "status": [[], ["--json"]],
}
"""What each command that takes `--shop` is given beside it."""

NAMES_THE_SHOP: dict[str, list[list[str]]] = {
    "shops check": [[MINE], [MINE, "--json"]],
    "shops remove": [[MINE, "--yes"]],
}
"""Commands whose argument is the shop, and what they are given."""

OF_THE_INSTALLATION = {
    "run": "starts the processes, which serve every shop",
    "demo": "makes an installation of its own",
    "sweep": "rings for whatever is due",
    "migrate": "changes the tables, whoever owns the rows",
    "doctor": "checks settings",
    "shops add": "takes a token of its own and touches no other shop's row",
    "shops reencrypt": "encrypts every token anew; what the tokens say stays",
    "shops list": "lists the domains that are served, for whoever owns the machine",
    "users add": "makes a user; with --shop one who sees that shop alone",
    "users list": "lists the names of users, for whoever owns the machine",
    "users password": "names a user, not a shop",
    "users remove": "names a user, not a shop",
    "devstore serve": "is not part of the bot",
    "devstore draw": "is not part of the bot",
}
"""Commands that know no single shop, and why that is right."""


def leaves(group: click.Group, path: str = "") -> Iterator[str]:
    """Every command below a group."""
    for name, command in group.commands.items():
        here = f"{path} {name}".strip()
        yield from leaves(command, here) if isinstance(command, click.Group) else [here]


@pytest.fixture
def run(
    serving: Bot, reviews: dict[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Run a command in the surroundings of the bot under test."""
    settings = serving.settings
    told = {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": serving.database.engine.url.render_as_string(hide_password=False),
        "ADMIN_ORIGIN": settings.admin_origin,
        "IMAGE_HOSTS": ",".join(settings.image_hosts),
        "SHOPIFY_API_SECRET": settings.shopify_api_secret.get_secret_value(),
    }
    for name, value in told.items():
        monkeypatch.setenv(f"SHOPIFY_BOT_{name}", value)
    monkeypatch.chdir(settings.data_dir)
    (settings.data_dir / TABLE).write_text(
        f"label,collection_kind,collection_id\n{LABEL},existing,{COLLECTION}\n"
    )
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_every_command_is_walked_or_says_why_not() -> None:
    tables = [FOR_ONE_SHOP, NAMES_THE_SHOP, OF_THE_INSTALLATION]
    assert sorted(leaves(main)) == sorted(name for table in tables for name in table)


@pytest.mark.parametrize("command", FOR_ONE_SHOP)
def test_a_command_for_one_shop_leaves_the_other_alone(
    command: str, run: Callable[..., Result], serving: Bot, store: DevStore, reviews: dict[str, list[int]]
) -> None:
    before = rows_of(serving, THEIRS)
    for given in FOR_ONE_SHOP[command]:
        for review_id in reviews[THEIRS] if ID in given else [0]:
            arguments = [str(review_id) if each == ID else each for each in given]
            result = run(*command.split(), *arguments, "--shop", MINE)
            assert MARK not in result.output, (command, arguments)
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            if ID in given:
                assert result.exit_code == 1, (command, arguments)
    assert rows_of(serving, THEIRS) == before
    assert not store.calls.entries(THEIRS)


@pytest.mark.parametrize("command", NAMES_THE_SHOP)
def test_a_command_that_names_a_shop_leaves_the_other_alone(
    command: str, run: Callable[..., Result], serving: Bot, store: DevStore
) -> None:
    before = rows_of(serving, THEIRS)
    for given in NAMES_THE_SHOP[command]:
        result = run(*command.split(), *given)
        assert MARK not in result.output, (command, given)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert rows_of(serving, THEIRS) == before
    assert not store.calls.entries(THEIRS)


def test_the_walk_would_see_a_leak(run: Callable[..., Result], reviews: dict[str, list[int]]) -> None:
    assert MARK in run("review", "list", "--shop", THEIRS).output
    assert run("review", "show", str(reviews[THEIRS][0]), "--shop", THEIRS).exit_code == 0
