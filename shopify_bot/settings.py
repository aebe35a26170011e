"""Settings, typed, from the environment: SHOPIFY_BOT_NAME, secrets also from SHOPIFY_BOT_NAME_FILE."""

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from shopify_bot.errors import SettingsError

PREFIX = "SHOPIFY_BOT_"
ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class FileSource(PydanticBaseSettingsSource):
    """Reads a secret from the file that SHOPIFY_BOT_<NAME>_FILE names, as Docker hands it over."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        if not path or not is_secret(field):
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except OSError as error:
            raise SettingsError(f"{PREFIX}{field_name.upper()}_FILE: cannot read {path}: {error}") from error

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.fields.items()}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def fields(self) -> dict[str, FieldInfo]:
        return self.settings_cls.model_fields


def is_secret(field: FieldInfo) -> bool:
    """Whether the setting holds something that must not be shown."""
    return "SecretStr" in str(field.annotation)


class Settings(BaseSettings):
    """Every setting, with its default. `shopify-bot doctor` checks them all."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", hide_input_in_errors=True)

    env: Literal["development", "production"] = Field(
        "development", description="`production` refuses to start with a setting missing or unsafe."
    )
    data_dir: Path = Field(
        ROOT / "var", description="Folder for the database, the embedded Redis and secrets."
    )
    database_url: str = Field("", description="SQLAlchemy address; unset: SQLite in the data folder.")
    redis_url: str = Field(
        "", description="Address of a Redis of your own; unset: the embedded one of `run`."
    )
    app_url: str = Field(
        "",
        description="Public https address of this app; unset: no subscriptions and no OAuth, with a warning.",
    )
    model: Path = Field(ROOT / "models" / "fashion", description="Folder of the model bundle in use.")
    device: Literal["auto", "cpu", "gpu"] = Field("auto", description="Where the model runs.")
    engine: Literal["auto", "keras", "openvino"] = Field("auto", description="What runs the model.")
    shopify_api_key: str = Field("", description="Client id of your Shopify app.")
    shopify_api_secret: SecretStr = Field(SecretStr(""), description="Client secret: signs the webhooks.")
    shopify_api_secret_previous: SecretStr = Field(
        SecretStr(""), description="The secret before the last rotation, accepted as well."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="What Prometheus must send as a bearer token to read `GET /metrics`."
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="`json` logs one object a line, for programs that collect logs."
    )
    trusted_proxies: int = Field(
        0, ge=0, le=10, description="Proxies in front of the web process that tell whom they speak for."
    )
    embedded: bool = Field(
        False, description="Let Shopify's admin show the pages in a frame; needs an https address."
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs sessions; in development made once in the data folder."
    )
    token_keys: SecretStr = Field(
        SecretStr(""),
        description="Fernet keys that encrypt access tokens, comma-separated, newest first; "
        "in development made once in the data folder.",
    )
    admin_origin: str = Field(
        "", description="Development only: send every Admin API call to this origin instead of Shopify."
    )
    image_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ("cdn.shopify.com",),
        description="Hosts that pictures may come from, comma-separated, with port if any.",
    )
    image_max_bytes: int = Field(20_000_000, gt=0, description="Largest picture that is downloaded.")
    image_timeout_s: float = Field(15.0, gt=0, description="Longest time for one picture, in seconds.")
    image_retry_s: Annotated[tuple[float, ...], NoDecode] = Field(
        (15.0, 60.0, 300.0),
        description="Waits before a picture that is not ready is asked for again, in seconds.",
    )
    retry_s: Annotated[tuple[float, ...], NoDecode] = Field(
        (2.0, 10.0, 30.0, 120.0, 600.0), description="Waits before a failed step is tried again, in seconds."
    )
    batch_size: int = Field(32, gt=0, le=256, description="Products classified in one forward pass.")
    lease_s: float = Field(
        15.0, ge=2, description="Seconds after which a silent worker's reviews are taken over."
    )
    sweep_s: float = Field(3.0, gt=0, description="Seconds between two looks for due reviews and chores.")
    undo_s: float = Field(
        5.0,
        ge=0,
        description="Seconds for which an approval on the pages may be undone.",
    )
    bulk_undo_s: float = Field(30.0, ge=0, description="The same for decisions about many products at once.")
    reconcile_s: float = Field(
        3600.0, gt=0, description="Seconds between two looks for changes whose webhook never came."
    )
    subscriptions_s: float = Field(
        3600.0, gt=0, description="Seconds between two checks of a shop's webhook subscriptions."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, FileSource(settings_cls)

    @field_validator("image_hosts", "image_retry_s", "retry_s", mode="before")
    @classmethod
    def split(cls, value: Any) -> Any:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("data_dir", "model")
    @classmethod
    def absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @model_validator(mode="after")
    def safe(self) -> "Settings":
        problems = [*self.missing_in_production(), *self.unsafe()]
        if problems:
            raise SettingsError("\n".join(problems))
        return self

    def missing_in_production(self) -> list[str]:
        """Settings that production needs and that are not set."""
        if self.env != "production":
            return []
        needed = ("shopify_api_secret", "secret_key", "token_keys")
        return [
            f"{PREFIX}{name.upper()} must be set in production (or {PREFIX}{name.upper()}_FILE)."
            for name in needed
            if not getattr(self, name).get_secret_value()
        ]

    def unsafe(self) -> list[str]:
        """Settings whose value would be dangerous or cannot work."""
        problems = []
        if self.admin_origin and self.env == "production":
            problems.append(f"{PREFIX}ADMIN_ORIGIN is for development only; unset it in production.")
        if self.admin_origin and not urlsplit(self.admin_origin).hostname:
            problems.append(f"{PREFIX}ADMIN_ORIGIN must look like http://127.0.0.1:9000.")
        if self.app_url.startswith("http:") and self.env == "production":
            problems.append(f"{PREFIX}APP_URL must start with https:// in production.")
        if self.embedded and not self.is_https:
            problems.append(f"{PREFIX}EMBEDDED needs an {PREFIX}APP_URL that starts with https://.")
        problems += [*self.unreadable_addresses()]
        for key in self.fernet_keys:
            try:
                Fernet(key)
            except ValueError:
                problems.append(
                    f"{PREFIX}TOKEN_KEYS: not a Fernet key. Make one with: shopify-bot doctor --new-token-key"
                )
        return problems

    def unreadable_addresses(self) -> Iterator[str]:
        """Addresses that cannot be one; they are not shown, since they may hold passwords."""
        try:
            backend = make_url(self.database).get_backend_name()
        except ArgumentError:
            backend = ""
        if backend not in ("sqlite", "postgresql"):
            yield f"{PREFIX}DATABASE_URL must look like postgresql://user:password@host/name, or stay unset."
        if self.redis_url and urlsplit(self.redis_url).scheme not in ("redis", "rediss", "unix"):
            yield f"{PREFIX}REDIS_URL must look like redis://host:6379/0, or stay unset."
        app = urlsplit(self.app_url)
        if self.app_url and not (app.scheme in ("http", "https") and app.hostname):
            yield f"{PREFIX}APP_URL must look like https://bot.example.com, or stay unset."

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the pages over https."""
        return self.app_url.startswith("https://")

    @property
    def signs_in_with_shopify(self) -> bool:
        """Whether everything is set that signing in with Shopify needs."""
        return bool(self.app_url and self.shopify_api_key and self.shopify_api_secret.get_secret_value())

    @property
    def fernet_keys(self) -> list[str]:
        """Keys that encrypt tokens, newest first."""
        return [key.strip() for key in self.token_keys.get_secret_value().split(",") if key.strip()]

    @property
    def api_secrets(self) -> list[str]:
        """Secrets that a webhook may be signed with, current first; none when unset."""
        both = (self.shopify_api_secret, self.shopify_api_secret_previous)
        return [secret.get_secret_value() for secret in both if secret.get_secret_value()]

    @property
    def local_image_hosts(self) -> frozenset[str]:
        """Picture hosts that are this machine itself: in development alone."""
        hosts = self.image_hosts if self.env == "development" else ()
        return frozenset(host for host in hosts if urlsplit(f"//{host}").hostname in LOOPBACK)

    @cached_property
    def database(self) -> str:
        """Address of the database in use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'shopify-bot.sqlite3'}"


def load(**overrides: Any) -> Settings:
    """Read the settings from the environment. Raises SettingsError that names every wrong one."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = [f"{PREFIX}{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("\n".join(lines)) from error
