"""OAuth of the local store for one member of staff: who is told, and who is refused."""

import pytest

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.test_oauth import (  # noqa: F401 - fixtures among them
    MERCHANT,
    SCOPES,
    answered,
    ask,
    consent,
    merchant,
    opens,
    own,
    store,
)

PER_USER = {"grant_options[]": "per-user"}


def test_the_answer_tells_who_agreed(store: DevStore, merchant: Shop) -> None:  # noqa: F811
    merchant.install(tuple(SCOPES.split(",")))
    ann = merchant.add_staff("Ann", "Able", email="ann@shop.example", locale="fr", scopes=("read_products",))
    told = ask(store, MERCHANT, code=answered(consent(store, **PER_USER))["code"], expiring=1).json()
    assert told.keys() == {"access_token", "scope", "expires_in", "associated_user_scope", "associated_user"}
    assert (told["scope"], told["expires_in"]) == (SCOPES, 86_399)
    assert told["associated_user_scope"] == ""
    assert told["associated_user"] == {
        "id": ann.id,
        "first_name": "Ann",
        "last_name": "Able",
        "email": "ann@shop.example",
        "email_verified": True,
        "account_owner": False,
        "locale": "fr",
        "collaborator": False,
    }
    assert opens(store, told["access_token"])


def test_the_owner_is_there_from_the_start(store: DevStore, merchant: Shop) -> None:  # noqa: F811
    told = ask(store, MERCHANT, code=answered(consent(store, **PER_USER))["code"]).json()
    assert told["associated_user"]["account_owner"]
    assert told["associated_user_scope"] == SCOPES
    assert merchant.installed


@pytest.mark.parametrize("installed", [False, True])
def test_who_lacks_a_permission_cannot_install(
    store: DevStore,  # noqa: F811
    merchant: Shop,  # noqa: F811
    installed: bool,
) -> None:
    if installed:
        merchant.install(tuple(SCOPES.split(",")))
    merchant.add_staff("Ann", scopes=("write_products",))
    assert consent(store, **PER_USER).status_code == (302 if installed else 403)


def test_nobody_at_the_desk_is_asked_to_log_in(store: DevStore, merchant: Shop) -> None:  # noqa: F811
    merchant.remove_staff(merchant.staff[0])
    assert consent(store, **PER_USER).status_code == 401
    assert not merchant.installed
