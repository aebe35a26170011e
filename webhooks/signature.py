"""Whether a webhook's body was signed by the store with a secret of ours.

Only the body is signed; the headers that name shop, topic and event are not.
"""

import base64
import hashlib
import hmac


def is_signed(body: bytes, signature: str | None, secrets: list[str]) -> bool:
    """Whether `signature` is the base64 HMAC-SHA256 of `body` under one of `secrets`.

    False when the header is missing, doubled, not ASCII, or when no secret is set.
    """
    if not signature or not signature.isascii():
        return False
    given = signature.encode("ascii")
    # Every secret is tried, so that the time tells nothing of which one fitted.
    fits = [hmac.compare_digest(sign(body, secret), given) for secret in secrets]
    return any(fits)


def sign(body: bytes, secret: str) -> bytes:
    """The signature that the store would send with this body."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())
