"""OAuth: the merchant's consent, the three grants, tokens that end, and what is refused."""

import hashlib
import hmac
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from shopify_bot.devstore import DevStore, DevStoreError, Shop
from tests.devstore.conftest import DOMAIN, SECRET, TOKEN, Client

KEY, BACK = "the key of the tests", "https://bot.example/connect/callback"
MERCHANT = "merchant.myshopify.com"
SCOPES = "write_products,write_publications"


@pytest.fixture
def store() -> Iterator[DevStore]:
    with DevStore(api_key=KEY, api_secret=SECRET, redirect_uris=(BACK,)) as store:
        yield store


@pytest.fixture
def own(store: DevStore) -> Shop:
    """A shop of the app's own organization."""
    return store.add_shop(DOMAIN, token=None)


@pytest.fixture
def merchant(store: DevStore) -> Shop:
    """A shop of somebody else, which does not have the app yet."""
    return store.add_shop(MERCHANT, token=None, own_organization=False)


def ask(store: DevStore, shop: str, **given: Any) -> requests.Response:
    body = {"client_id": KEY, "client_secret": SECRET, **given}
    return requests.post(f"{store.origin}/{shop}/admin/oauth/access_token", json=body, timeout=5)


def consent(store: DevStore, shop: str = MERCHANT, **given: str) -> requests.Response:
    query = {"client_id": KEY, "redirect_uri": BACK, "scope": SCOPES, "state": "a&b=c%", **given}
    address = f"{store.origin}/{shop}/admin/oauth/authorize"
    return requests.get(address, query, timeout=5, allow_redirects=False)


def answered(response: requests.Response) -> dict[str, str]:
    assert response.status_code == 302, response.text
    return dict(parse_qsl(urlsplit(response.headers["Location"]).query))


def connect(store: DevStore, shop: str = MERCHANT, **given: Any) -> dict[str, Any]:
    response = ask(store, shop, code=answered(consent(store, shop))["code"], **given)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def opens(store: DevStore, token: str) -> bool:
    response = Client(store.origin, token).post("{ shop { myshopifyDomain } }")
    assert response.status_code in (200, 401)
    return response.status_code == 200


def test_client_credentials_for_a_shop_of_our_own(store: DevStore, own: Shop) -> None:
    first, second = (ask(store, DOMAIN, grant_type="client_credentials").json() for _ in range(2))
    assert first.keys() == {"access_token", "scope", "expires_in"}
    assert (first["scope"], first["expires_in"]) == (SCOPES, 86_399)
    assert first["access_token"] != second["access_token"]
    assert own.tokens.alive() == [first["access_token"], second["access_token"]]
    assert all(opens(store, one["access_token"]) for one in (first, second))
    query = "{ currentAppInstallation { accessScopes { handle } } }"
    found = Client(store.origin, first["access_token"]).data(query)["currentAppInstallation"]
    assert [scope["handle"] for scope in found["accessScopes"]] == SCOPES.split(",")


def test_a_form_does_as_well_and_so_does_the_host(store: DevStore, own: Shop) -> None:
    body = {"client_id": KEY, "client_secret": SECRET, "grant_type": "client_credentials"}
    address = f"{store.origin}/admin/oauth/access_token"
    assert requests.post(address, data=body, headers={"Host": DOMAIN}, timeout=5).status_code == 200
    assert requests.post(address, data=body, timeout=5).status_code == 404


def test_consent_leads_back_signed(store: DevStore, merchant: Shop) -> None:
    query = answered(consent(store))
    assert query.keys() == {"code", "hmac", "host", "shop", "state", "timestamp"}
    assert (query["shop"], query["state"]) == (MERCHANT, "a&b=c%")
    signature = query.pop("hmac")
    text = "&".join(f"{name}={query[name]}" for name in sorted(query)).replace("a&b=c%", "a%26b=c%25")
    assert signature == hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


def test_code_for_a_token_that_lasts(store: DevStore, merchant: Shop) -> None:
    assert not merchant.installed
    pair = connect(store)
    assert pair.keys() == {"access_token", "scope"}
    assert opens(store, pair["access_token"])
    assert merchant.installed
    assert merchant.scopes == ("write_products", "write_publications")


def test_code_for_a_token_that_expires_and_its_refresh(store: DevStore, merchant: Shop) -> None:
    pair = connect(store, expiring=1)
    assert (pair["expires_in"], pair["refresh_token_expires_in"]) == (3600, 7_776_000)
    later = ask(store, MERCHANT, grant_type="refresh_token", refresh_token=pair["refresh_token"]).json()
    assert later.keys() == pair.keys()
    assert later["refresh_token"] != pair["refresh_token"]
    assert opens(store, pair["access_token"])
    assert opens(store, later["access_token"])


def test_expired_token_is_refused_and_still_tells_the_shop(store: DevStore, merchant: Shop) -> None:
    store.oauth.set(access_s=0)
    pair = connect(store, expiring=1)
    assert not opens(store, pair["access_token"])
    assert [call.shop for call in store.calls.entries(answer="refused")] == [MERCHANT]
    store.oauth.set(access_s=3600)
    later = ask(store, MERCHANT, grant_type="refresh_token", refresh_token=pair["refresh_token"]).json()
    assert opens(store, later["access_token"])


def test_refresh_may_be_repeated_until_its_successor_is_used(store: DevStore, merchant: Shop) -> None:
    first = connect(store, expiring=1)["refresh_token"]

    def refresh(token: str) -> requests.Response:
        return ask(store, MERCHANT, grant_type="refresh_token", refresh_token=token)

    assert refresh(first).status_code == 200
    second = refresh(first).json()["refresh_token"]
    assert refresh(second).status_code == 200
    assert_inactive(refresh(first))
    store.oauth.set(retained_s=0)
    assert_inactive(refresh(second))
    assert_inactive(refresh("shprt_unknown"))


def test_refresh_token_ends(store: DevStore, merchant: Shop) -> None:
    store.oauth.set(refresh_s=0)
    token = connect(store, expiring=1)["refresh_token"]
    assert_inactive(ask(store, MERCHANT, grant_type="refresh_token", refresh_token=token))


def assert_inactive(response: requests.Response) -> None:
    assert response.status_code == 401
    assert response.json() == {
        "error": "invalid_request",
        "error_description": "This request requires an active refresh_token",
    }


def test_code_is_used_once_in_its_shop_and_time(store: DevStore, own: Shop, merchant: Shop) -> None:
    code = answered(consent(store))["code"]
    assert ask(store, DOMAIN, code=code).json()["error"] == "invalid_request"
    assert ask(store, MERCHANT, code=code).json()["error"] == "invalid_request"
    store.oauth.set(code_s=0)
    late = ask(store, MERCHANT, code=answered(consent(store))["code"])
    assert (late.status_code, late.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"grant_type": "client_credentials", "client_id": "another"}, "invalid_client"),
        ({"grant_type": "client_credentials", "client_secret": "wrong"}, "invalid_client"),
        ({"grant_type": "client_credentials"}, "shop_not_permitted"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({}, "unsupported_grant_type"),
    ],
)
def test_grants_that_are_refused(store: DevStore, merchant: Shop, given: dict[str, str], error: str) -> None:
    response = ask(store, MERCHANT, **given)
    assert (response.status_code, response.json()["error"]) == (400, error)
    assert merchant.tokens.alive() == []


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"client_id": "another"}, "invalid_client"),
        ({"redirect_uri": "https://evil.example/"}, "redirect_uri"),
        ({"redirect_uri": f"{BACK}/more"}, "redirect_uri"),
        ({"scope": "everything"}, "invalid_scope"),
    ],
)
def test_nobody_is_led_to_where_the_app_does_not_live(
    store: DevStore, merchant: Shop, given: dict[str, str], word: str
) -> None:
    response = consent(store, **given)
    assert response.status_code == 400
    assert word in response.text


def test_merchant_who_says_no(store: DevStore, merchant: Shop) -> None:
    store.oauth.set(consent=False)
    query = answered(consent(store))
    assert (query["error"], query["shop"], query["state"]) == ("access_denied", MERCHANT, "a&b=c%")
    assert "code" not in query
    assert not merchant.installed


def test_shop_that_is_not_there(store: DevStore) -> None:
    assert consent(store).status_code == 404
    assert ask(store, MERCHANT, grant_type="client_credentials").status_code == 404


def test_uninstalling_ends_every_token(store: DevStore, merchant: Shop) -> None:
    fixed = store.add_shop(DOMAIN, TOKEN)
    pair = connect(store, expiring=1)
    merchant.uninstall()
    fixed.uninstall()
    assert not opens(store, pair["access_token"])
    assert not opens(store, TOKEN)
    assert_inactive(ask(store, MERCHANT, grant_type="refresh_token", refresh_token=pair["refresh_token"]))
    gone = ask(store, DOMAIN, grant_type="client_credentials")
    assert (gone.status_code, gone.json()["error"]) == (400, "app_not_installed")
    assert opens(store, connect(store)["access_token"])


def test_requests_are_written_down_without_secrets(store: DevStore, own: Shop, merchant: Shop) -> None:
    pair = connect(store, expiring=1)
    ask(store, DOMAIN, grant_type="client_credentials")
    ask(store, MERCHANT, grant_type="refresh_token", refresh_token="wrong")
    made = [(call.shop, call.grant, call.status, call.answer) for call in store.oauth.calls.entries()]
    assert made == [
        (MERCHANT, "authorize", 302, "ok"),
        (MERCHANT, "authorization_code", 200, "ok"),
        (DOMAIN, "client_credentials", 200, "ok"),
        (MERCHANT, "refresh_token", 401, "invalid_request"),
    ]
    assert len(store.oauth.calls.entries(shop=MERCHANT, grant="refresh_token")) == 1
    assert SECRET not in repr(store.oauth.calls.as_json())
    assert pair["refresh_token"] not in repr(store.oauth.calls.as_json())


def test_answer_that_is_lost_was_applied(store: DevStore, merchant: Shop) -> None:
    token = connect(store, expiring=1)["refresh_token"]
    store.faults.set(timeout_s=0.05)
    store.faults.plan("timeout_after_apply", operation="access_token")
    with pytest.raises(requests.ConnectionError):
        ask(store, MERCHANT, grant_type="refresh_token", refresh_token=token)
    assert len(merchant.tokens.alive()) == 2
    assert ask(store, MERCHANT, grant_type="refresh_token", refresh_token=token).status_code == 200


@pytest.mark.parametrize(("fault", "status"), [("429", 429), ("throttled", 429), ("5xx", 503)])
def test_faults_of_the_token_endpoint(store: DevStore, own: Shop, fault: Any, status: int) -> None:
    store.faults.plan(fault, operation="access_token")
    failed = ask(store, DOMAIN, grant_type="client_credentials")
    assert failed.status_code == status
    assert (float(failed.headers.get("Retry-After", 0)) > 0) == (status == 429)
    assert own.tokens.alive() == []
    assert ask(store, DOMAIN, grant_type="client_credentials").status_code == 200


@pytest.mark.parametrize("status", [402, 404, 423])
def test_shop_that_is_closed_gives_no_token(store: DevStore, own: Shop, status: int) -> None:
    own.refuse_with = status
    assert ask(store, DOMAIN, grant_type="client_credentials").status_code == status
    own.refuse_with = 401
    assert ask(store, DOMAIN, grant_type="client_credentials").status_code == 200


def test_one_code_asked_for_twice_at_once(store: DevStore, merchant: Shop) -> None:
    code = answered(consent(store))["code"]
    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(lambda _: ask(store, MERCHANT, code=code).status_code, range(4)))
    assert statuses == [200, 400, 400, 400]


def test_unknown_setting_is_named(store: DevStore) -> None:
    with pytest.raises(DevStoreError, match="No setting is called tempo; there are: access_s"):
        store.oauth.set(tempo=1)
