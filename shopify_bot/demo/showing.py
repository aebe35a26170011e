"""Sets the stage: settings of a throw-away installation, a local store, a shop, a user."""

import logging
import os
import secrets
import socket
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import click

from shopify_bot.bot import Bot, make_bot
from shopify_bot.demo.audit import Store
from shopify_bot.demo.merchant import Merchant
from shopify_bot.demo.rehearsal import Rehearsal
from shopify_bot.people.users import add_user
from shopify_bot.running.one_machine import Address, log_file, run
from shopify_bot.running.supervisor import Child, Supervisor
from shopify_bot.settings import PREFIX
from shopify_bot.shops import add_shop

SHOP = "demo.myshopify.com"
USER = "merchant"
KEPT = ("MODEL", "DEVICE", "ENGINE", "BATCH_SIZE")
"""Settings that the demo takes from outside; all others are its own."""
WATCHING_S, ONCE_S = 1.5, 0.02
"""Seconds between two new products while a person watches, and without hands."""
LAST_LINES = 25
STORE = ("--duplicates=0.2", "--late-repeats=0.1", "--disorder=0.5", "--late-seconds=4")


@dataclass(frozen=True)
class Plan:
    """What to show: where, how many products, from which folder (None: drawn), by hand or `once`.

    `faults` such as `rate_429=0.2` go to the store, `shop_plan` is its plan; `as_json` prints figures alone.
    """

    address: Address
    products: int
    catalogue: Path | None
    once: bool
    every: float | None
    shop_plan: str = "plus"
    faults: tuple[str, ...] = ()
    as_json: bool = False


@dataclass(frozen=True)
class Stage:
    """What the demo made up for itself; none of it outlives the demo."""

    bot: Bot
    store: Store
    token: str
    password: str


def run_demo(plan: Plan) -> int:
    """Run the demo until Ctrl-C, or once; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="shopify-bot-demo-") as folder:
        stage = set_stage(Path(folder))
        rehearsals: list[Rehearsal] = []

        def when_ready(supervisor: Supervisor) -> None:
            supervisor.add(store_process(plan, stage))
            if plan.once:
                merchant = Merchant(plan.address.url, USER, stage.password)
                rehearsals.append(
                    Rehearsal(stage.bot, stage.store, merchant, supervisor, plan.products, plan.as_json)
                )
                threading.Thread(target=rehearsals[0].run, name="merchant", daemon=True).start()
            else:
                click.echo(invitation(plan, stage))

        logging.getLogger().setLevel(logging.WARNING)
        click.echo("Starting. The model takes a few seconds to load.", err=plan.as_json)
        run(stage.bot, plan.address, when_ready, logs_to_files=True)
        status = rehearsals[0].exit_status if rehearsals else 0
        if status:
            show_logs(stage)
        return status


def show_logs(stage: Stage) -> None:
    """The end of every log, for whoever has to find out what went wrong."""
    for file in sorted((stage.bot.settings.data_dir / "logs").iterdir()):
        lines = file.read_text("utf-8", "replace").splitlines()[-LAST_LINES:]
        click.echo("\n".join([f"--- {file.name}", *lines]), err=True)


def set_stage(folder: Path) -> Stage:
    """A fresh installation in `folder` that serves one shop of a local store not started yet."""
    kept = {PREFIX + name: os.environ[PREFIX + name] for name in KEPT if PREFIX + name in os.environ}
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    host = f"127.0.0.1:{free_port()}"
    made = {
        "ENV": "development",
        "DATA_DIR": str(folder),
        "SHOPIFY_API_SECRET": secrets.token_urlsafe(24),
        "ADMIN_ORIGIN": f"http://{host}",
        "IMAGE_HOSTS": host,
        "IMAGE_RETRY_S": "1,3,6",
    }
    os.environ.update(kept | {PREFIX + name: value for name, value in made.items()})
    stage = Stage(
        make_bot(), Store(f"http://{host}"), f"shpat_{secrets.token_hex(16)}", secrets.token_urlsafe(9)
    )
    stage.bot.database.migrate()
    with stage.bot.database.writing() as session:
        add_shop(session, stage.bot.settings, SHOP, stage.token)
        add_user(session, USER, stage.password)
    return stage


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def store_process(plan: Plan, stage: Stage) -> Child:
    """The local store, filling itself, with webhooks that come twice and out of order."""
    every = plan.every if plan.every is not None else ONCE_S if plan.once else WATCHING_S
    command = [
        sys.executable,
        "-m",
        "shopify_bot",
        "devstore",
        "serve",
        "--shop",
        SHOP,
        "--token",
        stage.token,
    ]
    command += [
        "--port",
        stage.store.origin.rpartition(":")[2],
        "--webhook-url",
        f"{plan.address.url}/webhooks",
    ]
    command += ["--products", str(plan.products), "--every", str(every), *STORE]
    command += ["--plan", plan.shop_plan, *(f"--fault={each}" for each in plan.faults)]
    command += ["--catalogue", str(plan.catalogue)] if plan.catalogue else []
    return Child("store", command, log_file=log_file(stage.bot, "store"))


def invitation(plan: Plan, stage: Stage) -> str:
    """Where to look, and how to sign in."""
    return (
        f"\n  Open {plan.address.url}\n  Sign in as {USER!r} with the password {stage.password!r}\n\n"
        f"  {plan.products} products arrive in the store {SHOP}, one by one; approve or correct them,\n"
        f"  and see what was written: {stage.store.origin}/_devstore/products\n  Ctrl-C ends the demo.\n"
    )
