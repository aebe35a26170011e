"""Titles and descriptions: cleaning, masking, language."""

import pytest

from classifier.text import clean, language, masked


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        ("Puma  Men\tShoe ", "", "puma men shoe"),
        ("<b>Puma</b>&nbsp;Shoe", "<p>Soft<br>sole</p>", "puma shoe soft sole"),
        ("\uff30\uff55ma \ufb01ne", "", "puma fine"),
        ("", "<script>alert(1)</script><style>p{}</style>Red", "red"),
        ("Tom & Jerry <3", "", "tom & jerry <3"),
        ("", "", ""),
    ],
)
def test_clean_leaves_one_plain_line(title: str, description: str, expected: str) -> None:
    assert clean(title, description) == expected


def test_clean_cuts_what_is_endless() -> None:
    assert len(clean("<i>" + "word " * 100_000, "x" * 1_000_000)) < 10_000


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Puma Men Sports Shoe", "Sports Shoes", "Puma Men"),
        ("Nike men's basketball shoes", "Casual Shoes", "Nike men's basketball"),
        ("Titan Women Watch gold", "Watches", "Titan Women gold"),
        ("Accessory set", "Accessories", "set"),
        ("Silk Scarf", "Scarves", "Silk"),
        ("Cotton Dresses", "Dress", "Cotton"),
        ("Inkfruit Men White T-Shirt,", "Tshirts", "Inkfruit Men White"),
        ("Inkfruit T Shirts new", "Tshirts", "Inkfruit new"),
        ("Crocs flip-flops", "Flip Flops", "Crocs"),
        ("Topman shirt", "Tops", "Topman shirt"),
        ("", "Tops", ""),
    ],
)
def test_masked_takes_the_labels_words_out(text: str, label: str, expected: str) -> None:
    assert masked(text, label) == expected


def test_masked_takes_synonyms_out_too() -> None:
    assert masked("Nike runners and sneaker blue", "Casual Shoes", ["Sneakers"]) == "Nike runners and blue"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Schwarzes T-Shirt für Herren aus Baumwolle", "de"),
        ("Zapatos de mujer rojos", "es"),
        ("T-shirt noir pour homme", "fr"),
        ("Turtle Check Men Navy Blue Shirt with long sleeves", "en"),
        ("メンズ Tシャツ 黒", "ja"),
        ("", ""),
        ("Puma", ""),
    ],
)
def test_language_is_told_or_left_open(text: str, code: str) -> None:
    assert language(text) == code
