"""All commands in one group."""

import logging
import sys

import click

from classifier.cli.looking import explain, predict, similar
from classifier.cli.measuring import benchmark, evaluate
from classifier.cli.training import compare, export, train
from classifier.errors import ClassifierError


class _Group(click.Group):
    """Turns our own errors into a message and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ClassifierError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group)
def main() -> None:
    """Train, measure and use product classifiers."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(message)s")


for command in (train, compare, evaluate, predict, explain, similar, benchmark, export):
    main.add_command(command)
