"""`shopify-bot doctor`: checks every setting and what it points at, and says what to mend."""

import re
import time
from collections.abc import Callable, Iterator

import click
import numpy as np
import requests
from cryptography.fernet import Fernet
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from classifier.bundle import Bundle, read_bundle
from classifier.engines import load_engine
from classifier.errors import ClassifierError, EngineUnavailable
from shopify_bot.alone.findings import standing_alone
from shopify_bot.bot import Bot, make_bot
from shopify_bot.errors import SettingsError
from shopify_bot.findings import Finding
from shopify_bot.labels import model_in_use
from shopify_bot.settings import PREFIX, Settings, is_secret

PASSWORD = re.compile(r"//[^@/]*@")
"""Name and password in an address."""

ENGINES = {"keras": "Keras", "openvino": "OpenVINO"}
TRIAL = 32
"""Pictures that the model is tried on."""
REACH_S = 5.0


@click.command()
@click.option("--new-token-key", is_flag=True, help="Print a fresh key for SHOPIFY_BOT_TOKEN_KEYS and exit.")
def doctor(new_token_key: bool) -> None:
    """Check every setting and what it points at; exit status 1 when something must be mended."""
    if new_token_key:
        click.echo(Fernet.generate_key().decode())
        return
    findings = list(examine())
    for finding in findings:
        click.echo(finding.line)
    if any(finding.level == "mend" for finding in findings):
        raise SystemExit(1)


def examine() -> Iterator[Finding]:
    """Settings first; what they point at only when they are sound."""
    try:
        bot = make_bot()
    except SettingsError as error:
        yield from (Finding("mend", line) for line in str(error).splitlines())
        return
    except OSError as error:
        yield Finding("mend", f"The data folder cannot be used: {error}. Check {PREFIX}DATA_DIR.")
        return
    yield from shown(bot.settings)
    for check in CHECKS:
        yield check(bot)
    yield from check_alone(bot)


def shown(settings: Settings) -> Iterator[Finding]:
    """Every setting with its value; of a secret only whether it is set."""
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        text = (
            ("set" if value.get_secret_value() else "not set")
            if is_secret(field)
            else PASSWORD.sub("//", str(value))
        )
        yield Finding("ok", f"{PREFIX}{name.upper()} = {text or 'not set'}")


def check_database(bot: Bot) -> Finding:
    """Can it be reached, and are its tables the newest?"""
    try:
        current = bot.database.is_current()
    except SQLAlchemyError as error:
        return Finding(
            "mend", f"The database cannot be reached: {error.args[0]}. Check {PREFIX}DATABASE_URL."
        )
    return (
        Finding("ok", "The database answers.")
        if current
        else Finding(
            "warning",
            "The database is not at the newest revision; `shopify-bot run` or `migrate` brings it there.",
        )
    )


def check_redis(bot: Bot) -> Finding:
    """Does it answer?"""
    try:
        redis = bot.doorbell.client()
        if redis is None:
            return Finding("warning", "No Redis yet: `shopify-bot run` starts the embedded one.")
        redis.ping()
    except RedisError as error:
        return Finding("mend", f"Redis does not answer: {error}. Check {PREFIX}REDIS_URL.")
    return Finding("ok", "Redis answers.")


def check_model(bot: Bot) -> Finding:
    """Is the bundle whole?"""
    try:
        bundle = read_bundle(bot.settings.model)
    except ClassifierError as error:
        return Finding("mend", f"{error} Check {PREFIX}MODEL.")
    learnt, all_labels = len(bundle.classes), len(bundle.tree.leaves)
    text = f"predicts the {learnt} labels that it has learnt, of {all_labels} that a person can choose."
    return Finding("ok", f"The model {bundle.version} is whole. It {text}")


def check_engine(bot: Bot) -> Finding:
    """Can the model run here, on what, and how fast?"""
    try:
        return Finding("ok", trial(read_bundle(bot.settings.model), bot.settings))
    except EngineUnavailable as error:
        return Finding("mend", f"{error} Check {PREFIX}ENGINE and {PREFIX}DEVICE.")
    except ClassifierError:
        return Finding("warning", "The model was not tried, since it cannot be read.")


def trial(bundle: Bundle, settings: Settings) -> str:
    """Load the engine that a classify worker would, and run it. Raises EngineUnavailable."""
    engine = load_engine(bundle, settings.device, settings.engine)
    pictures = np.zeros((TRIAL, bundle.input_size, bundle.input_size, 3), np.uint8)
    engine.run(pictures)
    started = time.perf_counter()
    engine.run(pictures)
    speed = TRIAL / (time.perf_counter() - started)
    where = "the GPU" if on_gpu(engine.name, settings.device) else "the processor"
    return f"The model runs with {ENGINES[engine.name]} on {where}: {speed:.0f} pictures a second."


def on_gpu(engine: str, device: str) -> bool:
    """Whether the engine, loaded already, uses a GPU; OpenVINO never does here."""
    if engine != "keras" or device == "cpu":
        return False
    from classifier.backend import has_gpu

    return has_gpu()


def check_alone(bot: Bot) -> list[Finding]:
    """Where the model decides alone, or ceased to; nothing while database or model cannot be read."""
    try:
        with bot.database.reading() as session:
            return list(standing_alone(session, model_in_use(bot.settings.model).calibration.precision))
    except (SQLAlchemyError, ClassifierError):
        return []


def check_webhooks(bot: Bot) -> Finding:
    """Can a webhook be verified?"""
    if bot.settings.api_secrets:
        return Finding("ok", "Webhooks can be verified.")
    return Finding("mend", f"{PREFIX}SHOPIFY_API_SECRET is not set: every webhook is refused.")


def check_app_url(bot: Bot) -> Finding:
    """Can Shopify reach us, as far as this machine can tell?"""
    url = bot.settings.app_url.rstrip("/")
    if not url:
        return Finding("warning", f"{PREFIX}APP_URL is not set: no webhook subscriptions and no OAuth.")
    if not url.startswith("https:") and not bot.settings.admin_origin:
        return Finding("mend", f"{PREFIX}APP_URL must start with https://, else Shopify does not take it.")
    reason = unreached(f"{url}/healthz")
    if reason is None:
        return Finding("ok", f"{url} leads here.")
    return Finding(
        "warning",
        f"{url} does not lead here, seen from this machine: {reason}. Check that `shopify-bot run` runs, "
        "the name, the proxy and its certificate; Shopify needs all four.",
    )


def unreached(url: str) -> str | None:
    """Why our own address gives no answer; None when it does."""
    try:
        answer = requests.get(url, timeout=REACH_S)
    except requests.exceptions.SSLError:
        return "its certificate is not trusted"
    except requests.Timeout:
        return f"no answer in {REACH_S:.0f} seconds"
    except requests.RequestException:
        return "no connection"
    return None if answer.ok else f"it answers {answer.status_code}"


CHECKS: tuple[Callable[[Bot], Finding], ...] = (
    check_database,
    check_redis,
    check_model,
    check_engine,
    check_webhooks,
    check_app_url,
)
