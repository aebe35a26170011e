import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from classifier.coarsening import category_sums, coarsened
from classifier.errors import LabelsDoNotFit, UnknownLabelTree
from classifier.label_search import LabelSearch
from classifier.labels import LabelTree, Leaf, load_tree, read_tree, tree_json

from .conftest import ROOT

TAXONOMY = ROOT.parent / "shared" / "shopify" / "taxonomy-2025-08.txt"
DATA = ROOT.parent / "shared" / "data"
LEAF = {"name": "Hats", "category": "Headwear", "taxonomy_id": "aa-2-17", "taxonomy_name": "Hats",
        "product_type": "Hats", "tags": ["hat"]}  # fmt: skip
CAPS = {**LEAF, "name": "Caps"}
SIX = {"Topwear": "topwear", "Innerwear": "underwear", "Jewellery": "jewelry", "Fragrance": "fragrances",
       "Shoes": "shoes", "Sandal": "shoes", "Flip Flops": "shoes", "Eyewear": "eyewear"}  # fmt: skip


def leaf(name: str, category: str = "All", **more: tuple[str, ...]) -> Leaf:
    return Leaf(name, category, "na", "Uncategorized", name, (), **more)


def tree_of(*leaves: Leaf) -> LabelTree:
    return LabelTree("test", {one.name: one for one in leaves})


def large_tree(leaves: int) -> LabelTree:
    return tree_of(*(leaf(f"Label {number:04d}", f"Category {number % 50:02d}") for number in range(leaves)))


def test_the_fashion_tree_is_complete():
    tree = load_tree()
    assert tree.name == "fashion"
    assert len(tree.leaves) == 142
    assert len(tree.categories) >= 15
    for one in tree.leaves.values():
        assert one.category
        assert one.product_type
        assert one.taxonomy_name.count(" > ") >= 1
        assert one.tags == tuple(tag.lower() for tag in one.tags)


def test_a_label_is_filed_where_a_merchant_would_look():
    tree = load_tree()
    assert tree.category("Tshirts") == "Topwear"
    assert tree.leaves["Tshirts"].taxonomy_id == "aa-1-13-8"
    assert tree.leaves["Tshirts"].product_type == "T-Shirts"
    assert tree.leaves["Briefs"].taxonomy_name.endswith("Underwear > Briefs")
    assert tree.leaves["Tights"].taxonomy_name.endswith("> Hosiery")
    with pytest.raises(KeyError):
        tree.category("Locomotives")


@pytest.mark.parametrize("name", ["fashion", "report-six"])
def test_a_tree_from_a_file_is_the_tree_that_was_written(name: str, tmp_path: Path):
    file = tmp_path / "own.json"
    file.write_text(tree_json(load_tree(name)), encoding="utf-8")
    assert load_tree(file) == load_tree(name)


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        '{"name": "empty", "leaves": []}',
        '{"name": "half", "leaves": [{"name": "Hats"}]}',
        json.dumps({"name": "twice", "leaves": [LEAF, LEAF]}),
        json.dumps({"name": "torn", "leaves": [{**LEAF, "covers": ["Fez"]}, {**CAPS, "covers": ["Fez"]}]}),
        json.dumps({"name": "eaten", "leaves": [LEAF, {**CAPS, "covers": ["Hats"]}]}),
    ],
)
def test_what_is_no_tree_is_refused(tmp_path: Path, text: str):
    file = tmp_path / "tree.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownLabelTree, match="no label tree"):
        read_tree(file)


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(UnknownLabelTree, match="fashion, report-six"):
        load_tree("furniture")


@pytest.mark.skipif(not TAXONOMY.is_file(), reason="needs Shopify's taxonomy beside the repository")
@pytest.mark.parametrize("name", ["fashion", "report-six"])
def test_every_taxonomy_id_exists_under_its_name(name: str):
    names = {}
    for line in TAXONOMY.read_text(encoding="utf-8").splitlines():
        if line.startswith("gid://"):
            gid, path = line.split(" : ", 1)
            names[gid.strip().rsplit("/", 1)[1]] = path.strip()
    for one in load_tree(name).leaves.values():
        assert names[one.taxonomy_id] == one.taxonomy_name


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the Kaggle pictures beside the repository")
@pytest.mark.parametrize("folder", ["fashion-product-images-small", "fashion-product-images-224"])
def test_every_article_type_of_the_data_is_a_leaf(folder: str):
    with (DATA / folder / "styles.csv").open(encoding="utf-8", newline="") as file:
        assert {row["articleType"] for row in csv.DictReader(file)} <= set(load_tree().leaves)


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the Kaggle pictures beside the repository")
def test_the_six_cover_the_article_types_of_their_sub_categories():
    shelves: dict[str, Counter[str]] = defaultdict(Counter)
    with (DATA / "fashion-product-images-small" / "styles.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            shelves[row["articleType"]][row["subCategory"]] += 1
    six = load_tree("report-six")
    for article, counts in shelves.items():
        assert six.leaf_of(article) == SIX.get(counts.most_common(1)[0][0]), article


def test_the_six_know_fine_labels_and_their_own():
    six = load_tree("report-six")
    assert set(six.leaves) == {"topwear", "underwear", "jewelry", "fragrances", "shoes", "eyewear"}
    assert six.rule
    assert six.leaf_of("Tshirts") == six.leaf_of("topwear") == "topwear"
    assert six.leaf_of("Watches") is None


def test_coarsening_sums_and_leaves_out():
    classes = ("Tshirts", "Watches", "Shirts", "Heels")
    probabilities = np.array([[0.2, 0.5, 0.2, 0.1], [0.0, 1.0, 0.0, 0.0]], dtype=np.float32)
    coarse, names = coarsened(probabilities, classes, load_tree("report-six"))
    assert names == ("topwear", "shoes")
    assert coarse.tolist() == [pytest.approx([0.8, 0.2]), pytest.approx([0.5, 0.5])]
    assert coarse.dtype == np.float32


def test_a_tree_that_names_every_class_changes_nothing():
    probabilities = np.array([[0.4, 0.6]], dtype=np.float32)
    coarse, names = coarsened(probabilities, ("Watches", "Shirts"), load_tree())
    assert coarse is probabilities
    assert names == ("Watches", "Shirts")


def test_a_foreign_tree_is_refused():
    with pytest.raises(LabelsDoNotFit, match="'test' covers none"):
        coarsened(np.ones((1, 1)), ("Watches",), tree_of(leaf("Chairs")))


def test_a_part_of_a_tree():
    part = load_tree().only(["Shirts", "Watches"])
    assert list(part.leaves) == ["Shirts", "Watches"]
    assert part.categories == ("Topwear", "Watches")


def test_search_goes_over_names_synonyms_and_paths():
    search = LabelSearch(load_tree())
    assert search.find("tsh")[0].name == "Tshirts"
    assert search.find("jumper")[0].name == "Sweaters"
    assert "Sarees" in [found.name for found in search.find("lehengas")]
    assert search.find("SHOES sports")[0].name == "Sports Shoes"
    assert search.find("locomotive") == ()
    assert search.find("  ") == ()
    assert len(search.find("s", limit=3)) == 3


def test_five_thousand_labels_are_quick(tmp_path: Path):
    file = tmp_path / "large.json"
    file.write_text(tree_json(large_tree(5000)), encoding="utf-8")
    coarse = tree_of(*(leaf(f"Group {n}", covers=tuple(f"Label {k:04d}" for k in range(n, 5000, 10)))
                       for n in range(10)))  # fmt: skip
    probabilities = np.full((200, 5000), 1 / 5000, dtype=np.float32)
    tree = load_tree(file)
    sums, names = category_sums(probabilities, tuple(tree.leaves), tree)
    groups, _ = coarsened(probabilities, tuple(tree.leaves), coarse)
    search = LabelSearch(tree)
    found = [search.find(f"label {number:04d}")[0].name for number in range(0, 5000, 250)]
    assert sums.shape == (200, 50)
    assert names == tree.categories
    assert groups == pytest.approx(0.1, abs=1e-5)
    assert found == [f"Label {number:04d}" for number in range(0, 5000, 250)]
