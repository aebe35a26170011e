"""What can go wrong between us and Shopify.

ShopifyError
├── BadShopDomain
├── BadCallback               the way back from Shopify's authorize page is not as Shopify sends it
├── Transient                 worth another try later; `wait_s` says when, if the store said so
│   ├── Unreachable           a time-out, a reset
│   │   └── NotSent           no connection: nothing was asked
│   ├── Throttled             429, or THROTTLED in a 200
│   ├── Busy                  another worker is doing the same thing
│   └── StoreUnavailable      5xx, 423
├── Permanent                 trying again changes nothing until a person acts
│   ├── TokenRefused          401
│   │   └── ConnectionLost    the refresh token is dead: the merchant must connect the store again
│   ├── AppRefused            wrong client id or secret, or a store that this app may not enter
│   ├── CodeUsedUp            the code from the authorize page was used or is too old
│   ├── StoreFrozen           402
│   ├── ScopeMissing          403, or ACCESS_DENIED in a 200
│   ├── OperationRefused      other top-level GraphQL errors, other 4xx
│   ├── UserErrors            the store read the mutation and refused it
│   └── ProductGone           the product is no longer in the store
├── TooBig                    an answer larger than we are ready to read
└── PictureError
    ├── PictureNotReady       the store has none yet, or cannot serve it yet
    ├── PictureForbidden      the address is not one we fetch from
    └── PictureTooBig         larger than the cap
"""

from shopify_bot.errors import ShopifyBotError


class ShopifyError(ShopifyBotError):
    """Base of all errors between us and Shopify."""


class BadShopDomain(ShopifyError):
    """Not a *.myshopify.com domain."""


class BadCallback(ShopifyError):
    """The way back from Shopify's authorize page is unsigned, old, or not the one we began."""


class Transient(ShopifyError):
    """Worth another try later."""

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class Unreachable(Transient):
    """A time-out or a reset; the mutation may have been applied all the same."""


class NotSent(Unreachable):
    """No connection was made, so nothing was asked and nothing applied."""


class Throttled(Transient):
    """The cost bucket is empty; `wait_s` is when it will hold enough."""


class Busy(Transient):
    """Another worker of ours is doing the same thing; look again when it has ended."""


class StoreUnavailable(Transient):
    """The store answered 5xx or 423."""


class Permanent(ShopifyError):
    """Trying again changes nothing until a person acts."""


class TokenRefused(Permanent):
    """401: the access token is wrong or was revoked."""


class ConnectionLost(TokenRefused):
    """No token can be had any more until the merchant connects the store again."""


class AppRefused(Permanent):
    """The client id or secret is wrong, or the app may not enter this store."""


class CodeUsedUp(Permanent):
    """The code from the authorize page was used already, or is too old."""


class StoreFrozen(Permanent):
    """402: the store is frozen; the merchant must settle with Shopify."""


class ScopeMissing(Permanent):
    """The token lacks a scope."""


class OperationRefused(Permanent):
    """The store does not take the operation."""


class UserErrors(Permanent):
    """The store read the mutation and refused what it asks."""


class ProductGone(Permanent):
    """The product is no longer in the store."""


class TooBig(ShopifyError):
    """An answer larger than we are ready to read."""


class PictureError(ShopifyError):
    """Base of what can be wrong with fetching a picture."""


class PictureNotReady(PictureError):
    """There is no picture yet, or the store cannot serve it yet."""


class PictureForbidden(PictureError):
    """The picture's address is not one we fetch from."""


class PictureTooBig(PictureError):
    """The picture is larger than SHOPIFY_BOT_IMAGE_MAX_BYTES."""
