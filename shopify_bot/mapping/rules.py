"""What a part of a mapping may be, as the store would take it. Each raises BadMapping in plain words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import get_args

from shopify_bot.errors import BadMapping
from shopify_bot.languages import _, marked
from shopify_bot.mapping.meaning import CATEGORY_GID, CollectionKind, Part, Status

LONGEST_TEXT, MOST_TAGS = 255, 250
TAXONOMY_ID = re.compile(r"[a-z]{2}(-\d{1,6}){0,12}")
COLLECTION_ID = re.compile(r"gid://shopify/Collection/\d{1,20}")
PUBLICATION_ID = re.compile(r"gid://shopify/Publication/\d{1,20}")


def category_gid(text: str) -> str:
    """The global id of a taxonomy category, from one or from its short form such as aa-1-13-8."""
    short = text.strip().removeprefix(CATEGORY_GID)
    if not TAXONOMY_ID.fullmatch(short):
        raise BadMapping(
            "category",
            _(
                "%(typed)s is no category of Shopify's taxonomy. An id looks like aa-1-13-8.",
                typed=shown(text),
            ),
        )
    return CATEGORY_GID + short


def plain_text(part: Part, text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """The text without spaces around it, with something in it."""
    tidy = text.strip()
    if not tidy:
        raise BadMapping(part, _("The %(what)s is empty.", what=_(what)))
    if len(tidy) > longest:
        values = {"what": _(what), "count": len(tidy), "most": longest}
        raise BadMapping(part, _("The %(what)s has %(count)s characters; %(most)s are the most.", **values))
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in tidy):
        text = _("The %(what)s holds characters that cannot be shown. Type it again.", what=_(what))
        raise BadMapping(part, text)
    return tidy


def path(text: str) -> str:
    """The path of a category, for people to read."""
    return plain_text(
        "category", text[: 10 * LONGEST_TEXT], marked("path of the category"), 10 * LONGEST_TEXT
    )


def collection_title(text: str | None) -> str:
    """The title of a collection."""
    return plain_text("collection", text or "", marked("title of the collection"))


def product_type(text: str) -> str:
    """A product type; empty means that a product keeps its own."""
    return plain_text("product_type", text, marked("product type")) if text.strip() else ""


def tags(texts: Iterable[str]) -> list[str]:
    """Tags, each once whatever its case, in the order given."""
    found: dict[str, str] = {}
    for text in texts:
        tag = plain_text("tags", text, marked("tag"))
        if "," in tag:
            comma = _("The tag %(tag)s has a comma in it; in the store commas part tags.", tag=shown(tag))
            raise BadMapping("tags", comma)
        found.setdefault(tag.casefold(), tag)
    if len(found) > MOST_TAGS:
        values = {"count": len(found), "most": MOST_TAGS}
        raise BadMapping("tags", _("These are %(count)s tags; a product can have %(most)s.", **values))
    return list(found.values())


def collection_kind(text: str) -> CollectionKind:
    """One of the four kinds."""
    for kind in get_args(CollectionKind):
        if text == kind:
            return kind  # type: ignore[no-any-return]
    kinds = ", ".join(get_args(CollectionKind))
    values = {"typed": shown(text), "kinds": kinds}
    wrong = _("There is no kind of collection %(typed)s. Choose one of: %(kinds)s.", **values)
    raise BadMapping("collection", wrong)


def collection_gid(text: str | None) -> str:
    """The global id of a collection."""
    if not text or not COLLECTION_ID.fullmatch(text.strip()):
        raise BadMapping(
            "collection",
            _(
                "Say which collection of the store it is: %(typed)s is no id such as "
                "gid://shopify/Collection/123.",
                typed=shown(text or ""),
            ),
        )
    return text.strip()


def channels(ids: Sequence[str]) -> list[str]:
    """Ids of sales channels, each once, at least one."""
    for each in ids:
        if not PUBLICATION_ID.fullmatch(each):
            raise BadMapping(
                "channels",
                _(
                    "%(typed)s is no sales channel. An id looks like gid://shopify/Publication/123.",
                    typed=shown(each),
                ),
            )
    if not ids:
        raise BadMapping("channels", _("Choose at least one sales channel."))
    return list(dict.fromkeys(ids))


def status(text: str) -> Status:
    """ACTIVE, DRAFT or UNCHANGED, in any case."""
    for each in get_args(Status):
        if text.strip().upper() == each:
            return each  # type: ignore[no-any-return]
    wrong = _("There is no status %(typed)s. Choose active, draft or unchanged.", typed=shown(text))
    raise BadMapping("status", wrong)


def shown(text: str) -> str:
    """The text in quotation marks, shortened."""
    return repr(text if len(text) <= 60 else text[:59] + "…")
