"""`shop`, `currentAppInstallation`, `publicApiVersions` and `job`."""

from datetime import datetime
from typing import Any

from shopify_bot.devstore.api.registry import query, resolver
from shopify_bot.devstore.gids import gid
from shopify_bot.devstore.records import Job
from shopify_bot.devstore.shop import Shop


@query("shop")
def shop(shop: Shop) -> Shop:
    return shop


@query("currentAppInstallation")
def current_app_installation(shop: Shop) -> dict[str, Any]:
    scopes = [{"handle": scope, "description": scope.replace("_", " ").capitalize()} for scope in shop.scopes]
    return {"id": gid("AppInstallation", shop.number), "access_scopes": scopes}


@query("publicApiVersions")
def public_api_versions(shop: Shop) -> list[dict[str, Any]]:
    version = shop.around.api_version
    return [{"handle": version, "display_name": f"{version} (Latest)", "supported": True}]


@query("job")
def job(shop: Shop, id: str) -> Job | None:
    return shop.jobs.get(id)


@resolver("Shop", "id")
def shop_id(shop: Shop, _: Shop) -> str:
    return gid("Shop", shop.number)


@resolver("Shop", "name")
def name(shop: Shop, _: Shop) -> str:
    return shop.domain.partition(".")[0].replace("-", " ").title()


@resolver("Shop", "myshopifyDomain")
def myshopify_domain(shop: Shop, _: Shop) -> str:
    return shop.domain


@resolver("Shop", "url")
def url(shop: Shop, _: Shop) -> str:
    return f"https://{shop.domain}"


@resolver("Shop", "email")
def email(shop: Shop, _: Shop) -> str:
    return f"owner@{shop.domain}"


@resolver("Shop", "currencyCode")
def currency_code(shop: Shop, _: Shop) -> str:
    return "EUR"


@resolver("Shop", "ianaTimezone")
def iana_timezone(shop: Shop, _: Shop) -> str:
    return "Europe/Berlin"


@resolver("Shop", "updatedAt")
def updated_at(shop: Shop, _: Shop) -> datetime:
    return shop.created_at


@resolver("Shop", "primaryDomain")
def primary_domain(shop: Shop, _: Shop) -> dict[str, Any]:
    address = f"https://{shop.domain}"
    return {"id": gid("Domain", shop.number), "host": shop.domain, "url": address, "ssl_enabled": True}
