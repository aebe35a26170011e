"""The app in one shop: what it may do, its tokens, what it subscribed to, and what the shop tells it."""

import threading
from typing import Any

from shopify_bot.devstore.app_payloads import (
    customer_data_body,
    customer_redact_body,
    redact_body,
    scopes_body,
    uninstalled_body,
)
from shopify_bot.devstore.deliveries import Target
from shopify_bot.devstore.staff import StaffMember, owner_of
from shopify_bot.devstore.subscriptions import WebhookSubscription
from shopify_bot.devstore.surroundings import Surroundings
from shopify_bot.devstore.tokens import Tokens


class Installation:
    """The app's side of a shop. A shop of the app's own organization has it installed from the start."""

    def __init__(
        self,
        surroundings: Surroundings,
        number: int,
        domain: str,
        token: str | None,
        scopes: tuple[str, ...],
        own_organization: bool = True,
    ) -> None:
        self.around, self.number, self.domain = surroundings, number, domain
        self.scopes, self.own_organization = scopes, own_organization
        self.installed = own_organization or token is not None
        self.tokens = Tokens(token)
        self.subscriptions: dict[str, WebhookSubscription] = {}
        self.refuse_with: int | None = None
        self.lock = threading.RLock()
        self.staff = [owner_of(number, domain)]
        self.at_the_desk: StaffMember | None = self.staff[0]
        """Who is logged in at Shopify in the browser that comes along; None for nobody."""

    @property
    def token(self) -> str | None:
        """The fixed access token; setting another one kills it."""
        return self.tokens.held

    @token.setter
    def token(self, value: str | None) -> None:
        self.tokens.held = value

    def add_staff(self, first_name: str, last_name: str = "", **more: Any) -> StaffMember:
        """One more member of staff, who sits down at the desk; `more` is what else StaffMember holds."""
        member = StaffMember(self.staff[0].id + len(self.staff), first_name, last_name, **more)
        self.staff.append(member)
        self.at_the_desk = member
        return member

    def remove_staff(self, member: StaffMember) -> None:
        """Somebody leaves the shop's staff, and is logged out."""
        self.staff.remove(member)
        if self.at_the_desk == member:
            self.at_the_desk = None

    def install(self, scopes: tuple[str, ...]) -> None:
        """The merchant agrees to the app, or to other scopes of it, which raises app/scopes_update."""
        with self.lock:
            if self.installed:
                self.change_scopes(*scopes)
            self.installed, self.scopes = True, scopes

    def uninstall(self) -> None:
        """The merchant removes the app: tokens and subscriptions die, and app/uninstalled is sent."""
        with self.lock:
            self.installed = False
            self.tokens.end_all()
            self.send("app/uninstalled", uninstalled_body(self.number, self.domain))
            self.subscriptions.clear()

    def change_scopes(self, *scopes: str) -> None:
        """The merchant grants other scopes; app/scopes_update is sent when they differ."""
        with self.lock:
            before, self.scopes = self.scopes, scopes
            if set(before) != set(scopes):
                self.send("app/scopes_update", scopes_body(self.number, before, scopes))

    def redact(self) -> None:
        """Shopify asks to forget the shop, as it does 48 hours after the app was removed."""
        self.send("shop/redact", redact_body(self.number, self.domain))

    def redact_customer(self) -> None:
        """Shopify asks to forget a customer."""
        self.send("customers/redact", customer_redact_body(self.number, self.domain))

    def request_customer_data(self) -> None:
        """A customer asks what is known of them."""
        self.send("customers/data_request", customer_data_body(self.number, self.domain))

    def send(self, topic: str, body: dict[str, Any]) -> None:
        """Send a webhook to everybody who subscribed to it."""
        wanted = [one for one in list(self.subscriptions.values()) if one.wants(topic, body)]
        self.around.webhooks.publish(self.domain, topic, body, [self._target(one) for one in wanted])

    def _target(self, subscription: WebhookSubscription) -> Target:
        def give_up() -> None:
            with self.lock:
                self.subscriptions.pop(subscription.id, None)

        return Target(subscription.uri, subscription.include_fields, subscription.name, give_up)
