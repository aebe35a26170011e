"""Secrets at rest: made once per data folder in development, and the encryption of access tokens."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import SecretStr

from shopify_bot.errors import CannotDecrypt, SettingsError
from shopify_bot.settings import PREFIX, Settings


def with_own_secrets(settings: Settings) -> Settings:
    """The settings, with missing secrets made once in the data folder, readable by the owner alone."""
    if settings.env == "production":
        return settings
    made: dict[str, Callable[[], str]] = {
        "secret_key": lambda: secrets.token_urlsafe(48),
        "token_keys": lambda: Fernet.generate_key().decode(),
    }
    missing = {
        name: SecretStr(keep(settings.data_dir / "secrets" / name, make()))
        for name, make in made.items()
        if not getattr(settings, name).get_secret_value()
    }
    return settings.model_copy(update=missing)


def keep(path: Path, value: str) -> str:
    """Write `value` to `path` unless it is there already; returns what stands there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(value)
    try:
        os.link(fresh, path)  # fails when another process was first; then its value counts
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="utf-8").strip()


def cipher(settings: Settings) -> MultiFernet:
    """Encrypts with the newest key, decrypts with any. Raises SettingsError when there is no key."""
    if not settings.fernet_keys:
        raise SettingsError(f"{PREFIX}TOKEN_KEYS is not set: access tokens cannot be encrypted.")
    return MultiFernet([Fernet(key) for key in settings.fernet_keys])


def encrypt(settings: Settings, token: str) -> str:
    """The token as it is kept in the database."""
    return cipher(settings).encrypt(token.encode()).decode()


def decrypt(settings: Settings, kept: str) -> str:
    """The token itself. Raises CannotDecrypt when no key fits."""
    try:
        return cipher(settings).decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise no_key_fits() from error


def reencrypt(settings: Settings, kept: str) -> str:
    """The same token, encrypted with the newest key. Raises CannotDecrypt when no key fits."""
    try:
        return cipher(settings).rotate(kept.encode()).decode()
    except InvalidToken as error:
        raise no_key_fits() from error


def no_key_fits() -> CannotDecrypt:
    """What to do about a token that cannot be read."""
    return CannotDecrypt(
        f"A stored access token fits none of {PREFIX}TOKEN_KEYS. Put the key that was in use behind the new "
        "one; the first key in development is in secrets/token_keys in the data folder."
    )
