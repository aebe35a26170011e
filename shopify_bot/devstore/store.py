"""The local store: some shops behind one port."""

from pathlib import Path
from types import TracebackType
from typing import Self

from shopify_bot.devstore.faults import Faults
from shopify_bot.devstore.oauth import OAuth
from shopify_bot.devstore.shops import Shops
from shopify_bot.devstore.surroundings import Surroundings
from shopify_bot.devstore.taxonomy import load_taxonomy
from shopify_bot.devstore.web.app import create_app
from shopify_bot.devstore.web.server import Server
from shopify_bot.devstore.webhooks import Webhooks


class DevStore(Shops):
    """Stands in for Shopify while it is open; use it with `with`.

    `processing_seconds` is how long a new picture takes to become READY, `job_seconds` how long a change of a
    collection's members takes to show. The same seed gives the same faults and the same webhook troubles.
    `webhook_url` gets every topic of every shop, as an address configured in the app does; None leaves only
    what is subscribed to through the API. `compliance_url` takes the compliance topics in its place.
    `api_key` and `api_secret` are the app's; its merchants may be led back to `redirect_uris`.
    """

    def __init__(
        self,
        webhook_url: str | None = None,
        api_secret: str = "hush",
        port: int = 0,
        taxonomy_file: Path | str | None = None,
        seed: int = 0,
        processing_seconds: float = 0.0,
        job_seconds: float = 0.05,
        api_version: str = "2026-10",
        compliance_url: str | None = None,
        api_key: str = "devstore-key",
        redirect_uris: tuple[str, ...] = (),
    ) -> None:
        around = Surroundings(
            taxonomy=load_taxonomy(Path(taxonomy_file) if taxonomy_file else None),
            webhooks=Webhooks(webhook_url, api_secret, seed, compliance_url, api_version),
            faults=Faults(seed),
            processing_seconds=processing_seconds,
            job_seconds=job_seconds,
            api_version=api_version,
        )
        super().__init__(around, OAuth(api_key, api_secret, redirect_uris))
        self._port = port
        self._server: Server | None = None

    def __enter__(self) -> Self:
        self._server = Server(create_app(self), self._port)
        self.around.origin = f"http://127.0.0.1:{self._server.port}"
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.around.webhooks.close()
        self.around.bulk.close()
        if self._server is not None:
            self._server.close()
