"""Named colours, what goes with what, and the palettes that materials come in."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
INK: Colour = (28, 26, 38)

# Names are those of the column baseColour in the Kaggle layout.
COLOURS: Mapping[str, Colour] = MappingProxyType(
    {
        "Black": (43, 43, 50),
        "White": (243, 243, 241),
        "Off White": (240, 234, 220),
        "Grey": (142, 147, 155),
        "Charcoal": (74, 79, 90),
        "Navy Blue": (38, 52, 92),
        "Blue": (58, 108, 178),
        "Turquoise Blue": (62, 172, 184),
        "Teal": (30, 116, 118),
        "Green": (72, 142, 92),
        "Olive": (116, 122, 70),
        "Sea Green": (116, 188, 160),
        "Yellow": (243, 199, 74),
        "Mustard": (212, 154, 46),
        "Orange": (236, 130, 62),
        "Peach": (248, 190, 160),
        "Red": (204, 52, 58),
        "Maroon": (124, 34, 52),
        "Burgundy": (98, 32, 56),
        "Pink": (238, 142, 168),
        "Rose": (214, 92, 124),
        "Magenta": (190, 46, 122),
        "Purple": (112, 72, 150),
        "Lavender": (176, 160, 214),
        "Beige": (220, 200, 168),
        "Cream": (244, 230, 200),
        "Khaki": (178, 158, 116),
        "Tan": (190, 132, 82),
        "Brown": (118, 76, 52),
        "Coffee Brown": (78, 52, 42),
        "Rust": (176, 82, 46),
        "Gold": (214, 172, 84),
        "Silver": (188, 194, 202),
        "Copper": (198, 126, 92),
        "Steel": (150, 158, 168),
        "Nude": (226, 182, 156),
    }
)

_FABRIC = (
    "Black White Grey Charcoal Navy~Blue Blue Turquoise~Blue Teal Green Olive Sea~Green Yellow Mustard "
    "Orange Peach Red Maroon Burgundy Pink Rose Magenta Purple Lavender Beige Cream Rust Off~White"
)
_CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "fabric": _FABRIC,
        "tailoring": "Black Charcoal Grey Navy~Blue Brown Khaki Beige Olive Burgundy Coffee~Brown",
        "denim": "Blue Navy~Blue Blue Navy~Blue Charcoal Black Grey",
        "active": "Black Navy~Blue Charcoal Grey Red Blue Teal Green Purple White Orange",
        "leather": "Black Coffee~Brown Brown Tan Rust Burgundy Black Navy~Blue Grey Olive",
        "dress leather": "Black Black Coffee~Brown Brown Tan Burgundy Black",
        "bag": "Black Brown Tan Beige Red Maroon Navy~Blue Teal Mustard Pink Purple Olive White",
        "shoe": "White Black Navy~Blue Red Grey Blue Green Tan Mustard Teal Charcoal Pink",
        "lady": "Black Red Nude Gold Pink Tan Navy~Blue Silver Burgundy Beige Teal Brown",
        "metal": "Gold Silver Gold Silver Copper Steel Gold",
        "watch": "Black Brown Silver Gold Steel Navy~Blue Tan White Red",
        "intimate": "White Black Nude Pink Lavender Red Navy~Blue Peach Grey Beige Burgundy Sea~Green",
        "lips": "Red Rose Maroon Pink Magenta Burgundy Rust Nude Orange Peach",
        "scent": "Pink Yellow Turquoise~Blue Blue Black Purple Orange Sea~Green Gold Red Peach Lavender",
    }
)
# Pairs that designers use: the main colour's family, then what sits well on it.
_PARTNERS: Mapping[str, str] = MappingProxyType(
    {
        "dark": "White Cream Mustard Red Sea~Green Peach Grey Turquoise~Blue Off~White Tan",
        "light": "Navy~Blue Red Teal Charcoal Rose Maroon Blue Olive Rust Purple",
        "warm": "Cream White Navy~Blue Maroon Coffee~Brown Teal Off~White Peach",
        "cool": "White Cream Navy~Blue Off~White Yellow Peach Pink Silver",
    }
)


@dataclass(frozen=True)
class Palette:
    """The colours of one product; `name` is the main one's."""

    name: str
    main: Colour
    second: Colour
    accent: Colour
    metal: Colour


def choose_palette(material: str, rng: random.Random) -> Palette:
    name = rng.choice(_names(_CHOICES[material]))
    main = vary(COLOURS[name], rng, 10)
    partners = [other for other in _names(_PARTNERS[_family(main)]) if other != name]
    second, accent = rng.sample(partners, 2)
    metal = COLOURS[rng.choice(("Gold", "Silver", "Silver", "Copper"))]
    return Palette(name, main, vary(COLOURS[second], rng, 8), vary(COLOURS[accent], rng, 8), metal)


def _names(line: str) -> list[str]:
    return [name.replace("~", " ") for name in line.split()]


def _family(colour: Colour) -> str:
    light = luminance(colour)
    if light < 95:
        return "dark"
    if light > 200:
        return "light"
    return "warm" if colour[0] > colour[2] else "cool"


def luminance(colour: Colour) -> float:
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """The colour a share of the way from one to the other."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def darker(colour: Colour, share: float = 0.25) -> Colour:
    return mix(colour, (22, 16, 36), share)


def lighter(colour: Colour, share: float = 0.25) -> Colour:
    return mix(colour, WHITE, share)


def edge_of(colour: Colour) -> Colour:
    """The line colour that outlines a surface: darker on light ones, deeper on dark ones."""
    return darker(colour, 0.45 if luminance(colour) > 60 else 0.6)


def thread_of(colour: Colour) -> Colour:
    """A stitch that shows on a surface without shouting."""
    return darker(colour, 0.32) if luminance(colour) > 120 else lighter(colour, 0.32)


def vary(colour: Colour, rng: random.Random, amount: int) -> Colour:
    red, green, blue = (min(255, max(0, part + rng.randint(-amount, amount))) for part in colour)
    return red, green, blue
