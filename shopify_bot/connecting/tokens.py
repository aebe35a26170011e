"""The access tokens in a shop's row: kept encrypted, read, forgotten, encrypted anew."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from shopify_bot import vault
from shopify_bot.errors import CannotDecrypt, SettingsError
from shopify_bot.languages import _
from shopify_bot.settings import PREFIX, Settings
from shopify_bot.shopify.errors import TokenRefused
from shopify_bot.shopify.oauth import App, Granted
from shopify_bot.tables import Shop, now

STATIC, CLIENT_CREDENTIALS, AUTHORIZATION_CODE = "static", "client_credentials", "authorization_code"

WAYS = {CLIENT_CREDENTIALS: ("--client-credentials",), AUTHORIZATION_CODE: ("--authorize",)}
"""Options of `shops add` for each kind of token; a static one is asked for."""

EARLY = timedelta(minutes=5)
"""A token is renewed this long before it expires."""


@dataclass(frozen=True)
class Held:
    """What a shop's row holds, decrypted; `kept` is the token as it stands there."""

    grant: str
    kept: str = field(repr=False)
    token: str = field(repr=False)
    expires_at: datetime | None
    refresh_token: str | None = field(repr=False)
    paused_until: datetime | None
    """After an exchange that failed, nobody is to try again before."""

    @property
    def is_due(self) -> bool:
        """Whether the token is to be renewed."""
        return self.expires_at is not None and now() > self.expires_at - EARLY

    @property
    def has_expired(self) -> bool:
        """Whether the token is worth nothing any more."""
        return self.expires_at is not None and now() >= self.expires_at

    @property
    def can_be_renewed(self) -> bool:
        """Whether there is a way to another token without the merchant."""
        return self.grant == CLIENT_CREDENTIALS or self.refresh_token is not None

    @property
    def pause_s(self) -> float:
        """Seconds until somebody may ask for a token again."""
        return (self.paused_until - now()).total_seconds() if self.paused_until else 0.0


def held(shop: Shop | None, domain: str, settings: Settings) -> Held:
    """The tokens of a row, decrypted. Raises TokenRefused when it holds none of that shop, CannotDecrypt."""
    if shop is None or shop.domain != domain:
        raise no_token(domain)
    if shop.token is None:
        raise no_token(domain, shop.grant_type)
    return Held(
        grant=shop.grant_type,
        kept=shop.token,
        token=decrypted(shop, shop.token, settings),
        expires_at=shop.token_expires_at,
        refresh_token=decrypted(shop, shop.refresh_token, settings) if shop.refresh_token else None,
        paused_until=shop.renewing_until if shop.renewing_token is None else None,
    )


def decrypted(shop: Shop, kept: str, settings: Settings) -> str:
    """A token of the row. Raises CannotDecrypt with the command that gives the shop another one."""
    try:
        return vault.decrypt(settings, kept)
    except CannotDecrypt as error:
        command = add_command(shop.domain, shop.grant_type)
        raise CannotDecrypt(f"{error} Or give {shop.domain} another token: {command}") from error


def keep(shop: Shop, settings: Settings, granted: Granted, grant: str) -> None:
    """Put what the store gave into the shop's row, encrypted."""
    shop.grant_type = grant
    shop.token = vault.encrypt(settings, granted.token)
    shop.token_expires_at = granted.expires_at
    shop.refresh_token = vault.encrypt(settings, granted.refresh_token) if granted.refresh_token else None
    shop.refresh_expires_at = granted.refresh_expires_at
    shop.scopes = list(granted.scopes) or shop.scopes
    shop.renewing_until = shop.renewing_token = None


def forget(shop: Shop) -> None:
    """Empty every token of the row."""
    shop.token = shop.token_expires_at = None
    forget_refresh_token(shop)


def forget_refresh_token(shop: Shop) -> None:
    """Leave the access token alone, for as long as it is valid."""
    shop.refresh_token = shop.refresh_expires_at = None
    shop.renewing_until = shop.renewing_token = None


def reencrypt(session: Session, settings: Settings, shop_id: int) -> bool:
    """Encrypt a shop's tokens with the newest key; False when it has none. Raises CannotDecrypt."""
    shop = session.get(Shop, shop_id, with_for_update=True)
    if shop is None or shop.token is None:
        return False
    shop.token = vault.reencrypt(settings, shop.token)
    if shop.refresh_token:
        shop.refresh_token = vault.reencrypt(settings, shop.refresh_token)
    return True


def our_app(settings: Settings) -> App:
    """Our app's client id and secret. Raises SettingsError when either is not set."""
    secret = settings.shopify_api_secret.get_secret_value()
    if not settings.shopify_api_key or not secret:
        text = _(
            "%(key)s and %(secret)s must both be set: they are the client id and the client secret of your "
            "app, in the Dev Dashboard under Settings.",
            key=f"{PREFIX}SHOPIFY_API_KEY",
            secret=f"{PREFIX}SHOPIFY_API_SECRET",
        )
        raise SettingsError(text)
    return App(settings.shopify_api_key, secret)


def no_token(domain: str, grant: str = STATIC) -> TokenRefused:
    """We hold no token of a shop, which had one of that kind."""
    text = _(
        "We hold no access token of %(shop)s. Connect it on the page /shops, or with: %(command)s",
        shop=domain,
        command=add_command(domain, grant),
    )
    return TokenRefused(text)


def add_command(domain: str, grant: str) -> str:
    """The command that gives a shop another token of that kind."""
    return " ".join(("shopify-bot shops add", domain, *WAYS.get(grant, ())))
