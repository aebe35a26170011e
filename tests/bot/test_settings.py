"""Settings: typed, from the environment, secrets also from files, dangerous ones refused."""

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from shopify_bot import vault
from shopify_bot.errors import CannotDecrypt, SettingsError
from shopify_bot.settings import load


def test_defaults_run_on_one_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_DATA_DIR", str(tmp_path))
    settings = load()
    assert settings.database == f"sqlite:///{tmp_path}/shopify-bot.sqlite3"
    assert settings.image_hosts == ("cdn.shopify.com",)
    assert settings.image_retry_s == (15.0, 60.0, 300.0)
    assert settings.model.name == "fashion"


def test_lists_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_IMAGE_HOSTS", "cdn.shopify.com, 127.0.0.1:9000")
    monkeypatch.setenv("SHOPIFY_BOT_IMAGE_RETRY_S", "1,2")
    settings = load()
    assert settings.image_hosts == ("cdn.shopify.com", "127.0.0.1:9000")
    assert settings.local_image_hosts == frozenset({"127.0.0.1:9000"})
    assert settings.image_retry_s == (1.0, 2.0)


def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_BATCH_SIZE", "many")
    monkeypatch.setenv("SHOPIFY_BOT_ENV", "staging")
    with pytest.raises(SettingsError, match=r"(?s)SHOPIFY_BOT_ENV.*SHOPIFY_BOT_BATCH_SIZE"):
        load()


def test_a_secret_comes_from_a_file_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("SHOPIFY_BOT_SHOPIFY_API_SECRET_FILE", str(tmp_path / "secret"))
    assert load().api_secrets == ["from the file"]
    monkeypatch.setenv("SHOPIFY_BOT_SHOPIFY_API_SECRET_FILE", str(tmp_path / "absent"))
    with pytest.raises(SettingsError, match="SHOPIFY_API_SECRET_FILE"):
        load()


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_SHOPIFY_API_SECRET", "hush-hush")
    monkeypatch.setenv("SHOPIFY_BOT_TOKEN_KEYS", "hush-key")
    with pytest.raises(SettingsError) as refused:
        load()
    assert "hush" not in str(refused.value)
    monkeypatch.delenv("SHOPIFY_BOT_TOKEN_KEYS")
    assert "hush" not in repr(load())


def test_production_has_no_defaults_for_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_ENV", "production")
    with pytest.raises(SettingsError, match=r"(?s)SHOPIFY_API_SECRET .*SECRET_KEY .*TOKEN_KEYS "):
        load()


def test_the_admin_origin_is_for_development(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_ADMIN_ORIGIN", "http://127.0.0.1:9000")
    load()
    monkeypatch.setenv("SHOPIFY_BOT_ENV", "production")
    with pytest.raises(SettingsError, match="ADMIN_ORIGIN is for development only"):
        load()


def test_own_secrets_are_made_once_and_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_DATA_DIR", str(tmp_path))
    first, second = vault.with_own_secrets(load()), vault.with_own_secrets(load())
    assert first.secret_key.get_secret_value() == second.secret_key.get_secret_value() != ""
    kept = tmp_path / "secrets" / "token_keys"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_tokens_are_encrypted_and_keys_rotate(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    monkeypatch.setenv("SHOPIFY_BOT_TOKEN_KEYS", old)
    kept = vault.encrypt(load(), "shpat_1")
    assert "shpat" not in kept
    monkeypatch.setenv("SHOPIFY_BOT_TOKEN_KEYS", f"{new},{old}")
    assert vault.decrypt(load(), kept) == "shpat_1"
    monkeypatch.setenv("SHOPIFY_BOT_TOKEN_KEYS", new)
    with pytest.raises(CannotDecrypt):
        vault.decrypt(load(), kept)


@pytest.mark.parametrize("address", ["bot.example.com", "https://", "ftp://bot.example.com"])
def test_an_address_of_the_app_that_cannot_be_one_is_named(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("SHOPIFY_BOT_APP_URL", address)
    with pytest.raises(SettingsError, match="SHOPIFY_BOT_APP_URL must look like https://"):
        load()
