"""Letting a shop in: its token is tried before it is kept, and nothing is kept of one that fails."""

from dataclasses import replace

from shopify_bot import shops
from shopify_bot.bot import Bot
from shopify_bot.connecting import tokens
from shopify_bot.errors import NotWelcome, SettingsError, WrongShop
from shopify_bot.languages import _
from shopify_bot.settings import PREFIX, Settings
from shopify_bot.shopify.access import FixedToken
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import TokenRefused
from shopify_bot.shopify.identity import Identity, identify
from shopify_bot.shopify.oauth import Granted, TokenDesk
from shopify_bot.shopify.shopify_api import authorize_url, lacking, shop_domain
from shopify_bot.shopify.staff import PER_USER, StaffMember, staff_member
from shopify_bot.shops import Connected


def admit_with_token(bot: Bot, domain: str, token: str, check: bool = True) -> Connected:
    """Serve a shop with the token of an app that was made in its admin; `check` asks the store first.

    Raises BadShopDomain, BadToken, WrongShop, and what the store's answer stands for.
    """
    granted = Granted(shops.plain(token), ())
    return admit(bot, shop_domain(domain), granted, tokens.STATIC, check)


def admit_with_client_credentials(bot: Bot, domain: str, check: bool = True) -> Connected:
    """Serve a shop of the app's own organisation; its first token is fetched now. Raises as above."""
    name = shop_domain(domain)
    return admit(bot, name, desk(bot, name).client_credentials(), tokens.CLIENT_CREDENTIALS, check)


def admit_with_code(bot: Bot, domain: str, code: str) -> Connected:
    """Serve a shop whose merchant agreed on Shopify's page.

    The pair is kept whatever comes next, since the code counts once. Raises CodeUsedUp, AppRefused,
    Transient.
    """
    name = shop_domain(domain)
    return admit(bot, name, desk(bot, name).exchange(code), tokens.AUTHORIZATION_CODE, check=False)


def admit(bot: Bot, domain: str, granted: Granted, grant: str, check: bool) -> Connected:
    """Keep the tokens of a shop, once the store said that they are its own."""
    if check:
        granted = replace(granted, scopes=proven(bot, domain, granted.token).scopes)
    with bot.database.writing() as session:
        return shops.connect(session, bot.settings, domain, granted, grant)


def proven(bot: Bot, domain: str, token: str) -> Identity:
    """What the store says of the token. Raises WrongShop when it belongs to another one, TokenRefused."""
    try:
        found = identify(AdminClient(domain, FixedToken(token), bot.settings.admin_origin))
    except TokenRefused:
        raise TokenRefused(
            f"{domain} refused the access token (401). Nothing was kept. Check that the app is installed "
            "there, and copy the whole token of that store."
        ) from None
    if found.domain != domain:
        raise WrongShop(
            f"The token opens {found.domain}, not {domain}. Nothing was kept. Copy the token of {domain}, or "
            f"add the other one: shopify-bot shops add {found.domain}"
        )
    return found


def desk(bot: Bot, domain: str) -> TokenDesk:
    """Where the store hands out tokens to our app. Raises SettingsError."""
    return TokenDesk(domain, tokens.our_app(bot.settings), bot.settings.admin_origin)


def install_url(settings: Settings, domain: str) -> str:
    """Our page that leads the merchant to Shopify's. Raises SettingsError, BadShopDomain."""
    tokens.our_app(settings)
    return f"{app_url(settings)}/auth/install?shop={shop_domain(domain)}"


def agreement_url(settings: Settings, domain: str, state: str) -> str:
    """Shopify's page where the merchant agrees to our scopes. Raises SettingsError, BadShopDomain."""
    app = tokens.our_app(settings)
    back = f"{app_url(settings)}/auth/callback"
    return authorize_url(domain, app.client_id, back, state, settings.admin_origin)


def sign_in_url(settings: Settings, domain: str, state: str) -> str:
    """Shopify's page where a member of the store's staff is asked who they are. Raises as above."""
    return agreement_url(settings, domain, state) + PER_USER


def staff_behind(bot: Bot, domain: str, code: str) -> StaffMember:
    """Who signed in on Shopify's page. Raises CodeUsedUp, AppRefused, OperationRefused, Transient; and
    NotWelcome for somebody who may not edit products there, and so not from here either.
    """
    member = staff_member(desk(bot, domain), code)
    if lacking(member.scopes, ("write_products",)):
        raise NotWelcome(
            _("You may not edit products in %(shop)s. Ask the store's owner to let you.", shop=domain)
        )
    return member


def app_url(settings: Settings) -> str:
    """The public address of this app. Raises SettingsError when it is not set."""
    if not settings.app_url:
        text = _(
            "%(name)s is not set: it is the public https address of this app, to which Shopify leads the "
            "merchant back.",
            name=f"{PREFIX}APP_URL",
        )
        raise SettingsError(text)
    return settings.app_url.rstrip("/")
