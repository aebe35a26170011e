"""Headers on every page: nothing from elsewhere but product pictures, nothing kept by caches, and no frames.

With the setting `embedded`, Shopify's admin may show the pages of the shop on screen in a frame.
"""

from flask import Response, g, request

from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.settings import Settings

LEADS_TO_SHOPIFY = frozenset({"connecting.shops", "pages.login", "pages.sign_in"})
"""Pages whose form may end on Shopify's page where a merchant agrees: browsers check redirects as well."""

SHOPIFY = "https://*.myshopify.com https://admin.shopify.com https://accounts.shopify.com"

OWN_PICTURES = frozenset({"pages.try_it", "pages.try_this"})
"""Pages that show no store's pictures."""

ADMIN = "https://admin.shopify.com"

NOT_NEEDED = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
"""What no page of ours asks a browser for."""

A_YEAR = 365 * 24 * 3600


def content_security_policy(
    settings: Settings,
    leads_to_shopify: bool = False,
    domain: str | None = None,
    own_pictures: bool = False,
) -> str:
    """Own style sheets and scripts only, none inline; pictures from the hosts in the settings.

    `domain` is the shop on screen, whose admin may show the page in a frame if the settings say so.
    """
    schemes = ("https",) if settings.env == "production" else ("https", "http")
    hosts = " ".join(f"{scheme}://{host}" for host in settings.image_hosts for scheme in schemes)
    rules = {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self'" if own_pictures else f"'self' {hosts}",
        "form-action": f"'self' {SHOPIFY} {settings.admin_origin}".rstrip() if leads_to_shopify else "'self'",
        "base-uri": "'none'",
        "frame-ancestors": frame_ancestors(settings, domain),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def frame_ancestors(settings: Settings, domain: str | None) -> str:
    """Who may show the page in a frame."""
    if not settings.embedded:
        return "'none'"
    return f"https://{domain} {ADMIN}" if domain else ADMIN


@pages.after_request
def harden(response: Response) -> Response:
    """Set the headers. The referrer stays on this host, where the CSRF check needs it."""
    settings = the_bot().settings
    domain = g.visit.shop.domain if "visit" in g else None
    policy = content_security_policy(
        settings, request.endpoint in LEADS_TO_SHOPIFY, domain, request.endpoint in OWN_PICTURES
    )
    response.headers["Content-Security-Policy"] = policy
    response.headers["Permissions-Policy"] = ", ".join(f"{name}=()" for name in NOT_NEEDED)
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if settings.is_https:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "pages.static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
