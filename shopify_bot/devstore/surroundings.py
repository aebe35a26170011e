"""What all shops of one store share."""

from dataclasses import dataclass, field

from shopify_bot.devstore.bulk import Bulk
from shopify_bot.devstore.calls import Calls
from shopify_bot.devstore.faults import Faults
from shopify_bot.devstore.ledger import Ledger
from shopify_bot.devstore.records import MediaImage
from shopify_bot.devstore.taxonomy import Taxonomy
from shopify_bot.devstore.webhooks import Webhooks


@dataclass
class Surroundings:
    """Ledger, faults, calls, bulk operations, webhooks, taxonomy and pictures; waits are in seconds.

    A list is paged through up to `deepest_page` objects. Whether Shopify takes the publications of a draft as
    published or only as staged, its schema leaves open: `drafts_are_staged` chooses.
    """

    taxonomy: Taxonomy
    webhooks: Webhooks
    faults: Faults
    ledger: Ledger = field(default_factory=Ledger)
    calls: Calls = field(default_factory=Calls)
    bulk: Bulk = field(default_factory=Bulk)
    pictures: dict[str, MediaImage] = field(default_factory=dict)
    origin: str = ""
    processing_seconds: float = 0.0
    job_seconds: float = 0.05
    deepest_page: int = 25_000
    drafts_are_staged: bool = False
    api_version: str = "2026-10"
