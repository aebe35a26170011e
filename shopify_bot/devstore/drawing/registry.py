"""Every article type that can be drawn, with its shapes."""

from collections.abc import Mapping
from types import MappingProxyType

from shopify_bot.devstore.drawing.articles import FAMILIES
from shopify_bot.devstore.drawing.errors import UnknownArticle, UnknownShape
from shopify_bot.devstore.drawing.sketch import Article, Shape

ARTICLES: Mapping[str, Article] = MappingProxyType(
    {article.label: article for family in FAMILIES for article in family.ARTICLES}
)


def labels() -> tuple[str, ...]:
    """The article types that can be drawn, spelt as in the fashion tree."""
    return tuple(ARTICLES)


def shapes(label: str) -> int:
    """How many shapes an article type comes in. Raises UnknownArticle."""
    return len(_article(label).shapes)


def find(label: str, shape: int) -> tuple[Article, Shape]:
    """The article and the function that draws one of its shapes. Raises UnknownArticle or UnknownShape."""
    article = _article(label)
    if not 0 <= shape < len(article.shapes):
        raise UnknownShape(label, shape, len(article.shapes))
    return article, article.shapes[shape]


def _article(label: str) -> Article:
    try:
        return ARTICLES[label]
    except KeyError:
        raise UnknownArticle(label) from None
