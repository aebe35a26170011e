"""What stands in the form of one label, as saved or as typed."""

import json
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any

from flask import request

from shopify_bot.mapping import Filing, Part
from shopify_bot.mapping.meaning import last_part
from shopify_bot.mapping.sheet import Entry


@dataclass(frozen=True)
class Draft:
    """What stands in the form: as saved, or as typed and not saved yet."""

    category_id: str
    category: str
    product_type: str
    tags: str
    collection_kind: str
    made_title: str
    condition_title: str
    collection_id: str
    collection: str
    channels_of: str
    channels: tuple[str, ...]
    status: str
    category_q: str = ""
    collection_q: str = ""


FIELDS = tuple(each.name for each in fields(Draft) if each.name not in ("category", "collection", "channels"))


def draft_of(now: Filing) -> Draft:
    """The form as it is first shown."""
    is_own_title = now.collection_kind == "condition" and now.collection != last_part(now.category)
    return Draft(
        category_id=now.category_id,
        category=now.category,
        product_type=now.product_type,
        tags=", ".join(now.tags),
        collection_kind=now.collection_kind,
        made_title=now.collection if now.collection_kind == "made" else "",
        condition_title=now.collection if is_own_title else "",
        collection_id=now.collection_gid or "",
        collection=now.collection if now.collection_kind == "existing" else "",
        channels_of="label" if now.publication_ids is not None else "shop",
        channels=now.publication_ids or (),
        status=now.status or "",
    )


def typed(saved: Draft) -> Draft:
    """The form as it was sent; fields that were not sent are as saved."""
    sent: dict[str, Any] = {name: request.form[name].strip() for name in FIELDS if name in request.form}
    if "channels_of" in sent:
        sent["channels"] = tuple(request.form.getlist("channel"))
    return replace(saved, **sent)


def entries(draft: Draft) -> dict[Part, Entry]:
    """The form's parts, as a table of mappings would tell them."""
    titles = {"made": draft.made_title, "condition": draft.condition_title}
    return {
        "category": {"category_id": draft.category_id},
        "product_type": {"product_type": draft.product_type},
        "tags": {"tags": [tag for tag in (each.strip() for each in draft.tags.split(",")) if tag]},
        "collection": {
            "collection_kind": draft.collection_kind,
            "collection": titles.get(draft.collection_kind),
            "collection_id": draft.collection_id if draft.collection_kind == "existing" else None,
        },
        "channels": {"channels": sorted(draft.channels) if draft.channels_of == "label" else None},
        "status": {"status": draft.status or None},
    }


def marks(draft: Draft) -> dict[Part, str]:
    """A short text for each part that changes with it."""
    return {
        part: sha256(json.dumps(entry).encode()).hexdigest()[:16] for part, entry in entries(draft).items()
    }


def shown_marks(now: Filing) -> dict[Part, str]:
    """The marks of what stood in the form before anything was typed; of now, where it was not sent."""
    return {part: request.form.get(f"seen_{part}", mark) for part, mark in marks(draft_of(now)).items()}
