"""A shop's access token, asked for anew before it expires.

A refresh token leads to one next pair, so one process at a time asks for it: it takes the lease in the
shop's row by compare-and-set. The others go on with the old access token while that is valid, and else
wait for the new one to appear in the row. When a process dies between the store's answer and the commit,
the next one asks with the old refresh token once the lease has run out. Should the store not take that one
any more, whoever needs the shop is told to connect it again.
"""

import logging
import time
import uuid
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.exc import OperationalError

from shopify_bot.bot import Bot
from shopify_bot.connecting import tokens
from shopify_bot.connecting.tokens import AUTHORIZATION_CODE, CLIENT_CREDENTIALS, Held
from shopify_bot.errors import SettingsError
from shopify_bot.shopify.errors import AppRefused, Busy, ConnectionLost, Permanent, ShopifyError
from shopify_bot.shopify.oauth import Granted, TokenDesk, connection_lost
from shopify_bot.tables import Shop, now

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""Longer than an exchange can take."""

PAUSE = timedelta(seconds=10)
"""After an exchange that failed, nobody tries again for this long."""

POLL_S = 0.2
LONGEST_WAIT_S = 30.0
COMMITS = 3


class ShopAccess:
    """The access of one shop's Admin client; safe to use from several threads and processes."""

    def __init__(self, bot: Bot, shop_id: int, domain: str) -> None:
        self.bot, self.shop_id, self.domain = bot, shop_id, domain
        self.held: Held | None = None
        self.refusal: Permanent | None = None
        """What the store said when it was last asked, if only a person can mend it."""

    def token(self) -> str:
        """The access token to use now. Raises TokenRefused, AppRefused, Transient, CannotDecrypt."""
        held = self.held
        if held is None or held.is_due:
            held = self.held = self.current()
        return held.token

    def renewed(self, refused: str) -> bool:
        """The store refused this token: whether there is another one now. Raises as `token` does."""
        held = self.held = self.current(refused)
        return held.token != refused

    def current(self, refused: str | None = None) -> Held:
        """The tokens in the row, or the next ones when these are due or were refused."""
        give_up = time.monotonic() + LONGEST_WAIT_S
        while True:
            held = self.read()
            is_usable = held.token != refused and not held.has_expired
            if is_usable and not held.is_due:
                return held
            if not held.can_be_renewed:
                return self.last(held, is_usable)
            if lease := self.claim(held):
                return self.renew(held, lease, is_usable)
            if is_usable:
                return held
            if held.pause_s > 0 or time.monotonic() > give_up:
                raise self.why_not(held)
            time.sleep(POLL_S)

    def why_not(self, held: Held) -> ShopifyError:
        """Why no token can be had now: as the store told this process, else because another one asks."""
        if held.pause_s > 0 and self.refusal is not None:
            return type(self.refusal)(str(self.refusal))
        return Busy(f"A new token of {self.domain} cannot be had at the moment.", max(held.pause_s, 2))

    def last(self, held: Held, is_usable: bool) -> Held:
        """The token when no other one can be had. Raises ConnectionLost."""
        if not is_usable and held.grant == AUTHORIZATION_CODE:
            raise connection_lost(self.domain)
        return held

    def read(self) -> Held:
        """What the row holds now. Raises TokenRefused when it holds no token."""
        with self.bot.database.reading() as session:
            return tokens.held(session.get(Shop, self.shop_id), self.domain, self.bot.settings)

    def claim(self, held: Held) -> str | None:
        """Become the one that renews these tokens; None when another does so or has done so."""
        lease = str(uuid.uuid4())
        free = or_(Shop.renewing_until.is_(None), Shop.renewing_until < now())
        return lease if self.set_lease(held, now() + LEASE, lease, free) else None

    def pause(self, held: Held, lease: str) -> None:
        """Let nobody ask again for a moment, unless another does so already."""
        self.set_lease(held, now() + PAUSE, None, Shop.renewing_token == lease)

    def set_lease(
        self, held: Held, until: datetime, lease: str | None, condition: ColumnElement[bool]
    ) -> bool:
        """Set the lease in a row that still holds these tokens; whether it did."""
        query = update(Shop).where(Shop.id == self.shop_id, Shop.token == held.kept, condition)
        with self.bot.database.writing() as session:
            done = session.execute(query.values(renewing_until=until, renewing_token=lease))
        return bool(done.rowcount)  # type: ignore[attr-defined]

    def renew(self, held: Held, lease: str, is_usable: bool) -> Held:
        """Ask for the next tokens and keep them; only under the lease."""
        self.refusal = None
        try:
            return self.keep(held, self.ask(held))
        except ConnectionLost as error:
            newer = self.read()
            if newer.token != held.token:  # another was first, because this one slept through its lease
                return newer
            self.forget_refresh_token(held)
            fault: ShopifyError = error
        except ShopifyError as error:
            self.pause(held, lease)
            self.refusal = error if isinstance(error, Permanent) else None
            fault = error
        log.warning("%s: no new token: %s", self.domain, fault)
        if not is_usable:
            raise fault
        return held

    def ask(self, held: Held) -> Granted:
        """The next tokens, from the store."""
        try:
            app = tokens.our_app(self.bot.settings)
        except SettingsError as error:
            raise AppRefused(str(error)) from error
        desk = TokenDesk(self.domain, app, self.bot.settings.admin_origin)
        if held.grant == CLIENT_CREDENTIALS:
            return desk.client_credentials()
        return desk.refresh(held.refresh_token or "")

    def keep(self, used: Held, granted: Granted) -> Held:
        """Write the new pair; a database that is busy or away for a moment must not cost it."""
        for attempt in range(1, COMMITS + 1):
            try:
                return self.write(used, granted)
            except OperationalError as error:
                log.error("%s: the new token could not be written: %s", self.domain, error.orig)
                if attempt == COMMITS:
                    raise
                time.sleep(attempt)
        raise AssertionError("unreachable")

    def write(self, used: Held, granted: Granted) -> Held:
        """In one transaction, unless the shop was connected anew or left meanwhile."""
        settings = self.bot.settings
        with self.bot.database.writing() as session:
            shop = session.get(Shop, self.shop_id, with_for_update=True)
            if shop is not None and tokens.held(shop, self.domain, settings).token == used.token:
                tokens.keep(shop, settings, granted, used.grant)
            return tokens.held(shop, self.domain, settings)

    def forget_refresh_token(self, used: Held) -> None:
        """The store says that it counts no more: remember that, so that nobody asks again."""
        with self.bot.database.writing() as session:
            shop = session.get(Shop, self.shop_id, with_for_update=True)
            if shop is not None and tokens.held(shop, self.domain, self.bot.settings).token == used.token:
                tokens.forget_refresh_token(shop)
