"""The command group, and how errors of the bot become one line on stderr and exit status 1."""

from typing import Any

import click
from sqlalchemy.exc import OperationalError

from classifier.errors import ClassifierError
from shopify_bot.errors import ShopifyBotError
from shopify_bot.logs.lines import set_up_logging


class Commands(click.Group):
    """A group whose commands may raise the bot's errors."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (ShopifyBotError, ClassifierError) as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            raise click.ClickException(
                f"The database cannot be used: {error.orig}. See: shopify-bot doctor"
            ) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shopify-bot")
@click.pass_context
def main(context: click.Context) -> None:
    """Files every new product of a Shopify store, in front of the merchant's eyes."""
    set_up_logging(process=context.invoked_subcommand or "shopify-bot")


def add_commands() -> None:
    """Mount the commands, each from the file that holds it."""
    from shopify_bot.cli import deciding, doctor, labels, mapping, running, shops, status, users
    from shopify_bot.devstore.cli import devstore

    for command in (
        running.run,
        running.demo,
        running.sweep,
        running.migrate,
        shops.shops,
        users.users,
        deciding.review,
        labels.labels,
        mapping.mapping,
        status.status,
        doctor.doctor,
        devstore,
    ):
        main.add_command(command)


add_commands()
