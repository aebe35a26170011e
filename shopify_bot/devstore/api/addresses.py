"""Which addresses a webhook subscription may have."""

from urllib.parse import urlsplit

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SHOPIFY = ("shopify.com", "myshopify.com")


def address_problem(uri: str) -> str | None:
    """What Shopify says against an address, or None. Plain http is fine on this machine, as the store is."""
    if not uri.strip():
        return "Address can't be blank"
    try:
        parts = urlsplit(uri)
        host, scheme = parts.hostname or "", parts.scheme
    except ValueError:
        return "Address is invalid"
    if scheme == "http" and host in _LOOPBACK:
        return None
    if scheme != "https":
        return f"Address protocol {scheme}:// is not supported" if scheme and host else "Address is invalid"
    if not host:
        return "Address is invalid"
    if host in _LOOPBACK or host.endswith(".internal") or any(_is_of(host, domain) for domain in _SHOPIFY):
        return "Address cannot be a Shopify or an internal domain"
    return None


def _is_of(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
