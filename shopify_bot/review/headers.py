"""Headers on every page: nothing from elsewhere but product pictures, no frames, nothing kept by caches."""

from flask import Response, request

from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.settings import Settings

LEADS_TO_SHOPIFY = frozenset({"connecting.shops", "pages.login"})
"""Pages whose form may end on Shopify's page where a merchant agrees: browsers check redirects as well."""

SHOPIFY = "https://*.myshopify.com https://admin.shopify.com https://accounts.shopify.com"


def content_security_policy(settings: Settings, leads_to_shopify: bool = False) -> str:
    """Own style sheets and scripts only, none inline; pictures from the hosts in the settings."""
    schemes = ("https",) if settings.env == "production" else ("https", "http")
    hosts = " ".join(f"{scheme}://{host}" for host in settings.image_hosts for scheme in schemes)
    rules = {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "connect-src": "'self'",
        "img-src": f"'self' {hosts}",
        "form-action": f"'self' {SHOPIFY} {settings.admin_origin}".rstrip() if leads_to_shopify else "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


@pages.after_request
def harden(response: Response) -> Response:
    """Set the headers. The referrer stays on this host, where the CSRF check needs it."""
    leads_to_shopify = request.endpoint in LEADS_TO_SHOPIFY
    policy = content_security_policy(the_bot().settings, leads_to_shopify)
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "pages.static":
        response.headers["Cache-Control"] = "no-store"
    return response
