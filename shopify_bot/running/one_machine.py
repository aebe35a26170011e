"""`shopify-bot run`: database, Redis, web, workers and sweep on one machine."""

import fcntl
import logging
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from redis.exceptions import RedisError

from shopify_bot.bot import Bot
from shopify_bot.doorbell import BULK, CLASSIFY, PUBLISH, connect
from shopify_bot.errors import StartError
from shopify_bot.running import redis_server
from shopify_bot.running.supervisor import Child, Supervisor
from shopify_bot.settings import ROOT

log = logging.getLogger(__name__)

START_S = 30.0
FREE_S = 5.0
"""Seconds that a port may take to become free."""
BULK_NICENESS = 10
"""What nobody waits for gives way to the web process and the other workers."""
GUNICORN = (
    "--workers=1",
    "--threads=8",
    "--worker-class=gthread",
    "--graceful-timeout=5",
    "--no-control-socket",
    "--log-level=warning",
    "--logger-class=shopify_bot.logs.gunicorn_lines.Lines",
)


@dataclass(frozen=True)
class Address:
    """Where the web process listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


def children(bot: Bot, address: Address) -> tuple[list[Child], str]:
    """The processes to keep alive, in the order of their start, and the address of Redis."""
    python = sys.executable
    bind = f"--bind={address.host}:{address.port}"
    web = [python, "-m", "gunicorn", "wsgi:app", f"--chdir={ROOT}", bind, *GUNICORN]
    family = [
        Child("web", web),
        Child("sweep", [python, "-m", "shopify_bot", "sweep"]),
        Child("classify", [python, str(ROOT / "worker.py"), CLASSIFY]),
        Child("publish", [python, str(ROOT / "worker.py"), PUBLISH]),
        Child("bulk", [python, str(ROOT / "worker.py"), BULK], niceness=BULK_NICENESS),
    ]
    if bot.settings.redis_url:
        return family, bot.settings.redis_url
    command, url = redis_server.prepare(bot.settings.data_dir)
    redis = Child("redis", command, stops_last=True, log_file=log_file(bot, "redis"))
    return [redis, *family], url


def log_file(bot: Bot, name: str) -> Path:
    """Where a child that does not log to our stderr does."""
    folder = bot.settings.data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


@contextmanager
def only_one(bot: Bot) -> Iterator[None]:
    """Hold the data folder. Raises StartError when another `run` has it."""
    bot.settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (bot.settings.data_dir / "run.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StartError(
                f"Another shopify-bot runs on {bot.settings.data_dir}. Stop it, or set SHOPIFY_BOT_DATA_DIR."
            ) from None
        yield


def must_be_free(address: Address) -> None:
    """Raises StartError when the web process could not listen there; one just killed may still let go."""
    deadline = time.monotonic() + FREE_S
    while (reason := taken(address)) is not None:
        if time.monotonic() > deadline:
            raise StartError(
                f"The web process cannot listen on {address.url}: {reason}. Stop what is "
                "there, or choose another port with --port and let your proxy lead to it."
            )
        time.sleep(0.2)


def taken(address: Address) -> str | None:
    """Why one cannot listen there; None when one can."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address.host, address.port))
        except OSError as error:
            return error.strerror
    return None


def run(
    bot: Bot, address: Address, when_ready: Callable[[Supervisor], None], logs_to_files: bool = False
) -> None:
    """Start everything, call `when_ready`, keep it alive until SIGINT or SIGTERM, stop it cleanly.

    Children log to our stderr, or each to a file in the data folder's `logs`. Raises StartError.
    """
    with only_one(bot):
        must_be_free(address)
        bot.database.migrate()
        family, redis = children(bot, address)
        os.environ["PYTHONUNBUFFERED"] = "1"
        for child in family if logs_to_files else []:
            child.log_file = log_file(bot, child.name)
        supervisor = Supervisor(family)
        supervisor.catch_signals()
        try:
            supervisor.start(lambda child: wait_for_redis(redis) if child.name == "redis" else None)
            wait_for_web(supervisor, address)
            if not supervisor.stopping.is_set():
                when_ready(supervisor)
            supervisor.watch()
        finally:
            supervisor.stop()
            if not bot.settings.redis_url:
                redis_server.forget(bot.settings.data_dir)


def wait_for_redis(url: str) -> None:
    """Return once Redis answers. Raises StartError."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            connect(url, 1.0).ping()
        except RedisError:
            time.sleep(0.05)
        else:
            return
    raise StartError("The embedded Redis did not start. See logs/redis.log in the data folder.")


def wait_for_web(supervisor: Supervisor, address: Address) -> None:
    """Return once the web process takes webhooks, or when told to stop. Raises StartError."""
    http = requests.Session()
    http.trust_env = False  # a proxy knows nothing of this machine
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and not supervisor.stopping.is_set():
        try:
            if http.get(f"{address.url}/healthz", timeout=1).status_code == 200:
                return
        except requests.RequestException:
            pass
        supervisor.stopping.wait(0.1)
    if not supervisor.stopping.is_set():
        raise StartError(f"The web process did not start on {address.url}. Is the port taken? Try --port.")
