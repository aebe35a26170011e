"""Shop domains. The only file that imports ShopifyAPI, which Shopify deprecated on 2026-08-25."""

from shopify.utils import shop_url

from shopify_bot.shopify.errors import BadShopDomain


def shop_domain(name: str) -> str:
    """The shop's permanent domain, such as `demo.myshopify.com`. Raises BadShopDomain for anything else."""
    domain: str | None = shop_url.sanitize_shop_domain(name.strip().lower())
    if domain is None:
        raise BadShopDomain(f"{name!r} is no shop domain; it looks like my-store.myshopify.com.")
    return domain
