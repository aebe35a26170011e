import csv
import json
from pathlib import Path

import pytest

from classifier.errors import UnknownLabelTree
from classifier.labels import load_tree, read_tree, tree_json

from .conftest import ROOT

TAXONOMY = ROOT.parent / "shared" / "shopify" / "taxonomy-2025-08.txt"
DATA = ROOT.parent / "shared" / "data"
LEAF = {"name": "Hats", "category": "Headwear", "taxonomy_id": "aa-2-17", "taxonomy_name": "Hats",
        "product_type": "Hats", "tags": ["hat"]}  # fmt: skip


def test_the_fashion_tree_is_complete():
    tree = load_tree()
    assert tree.name == "fashion"
    assert len(tree.leaves) >= 140
    assert len(tree.categories) >= 15
    for leaf in tree.leaves.values():
        assert leaf.category
        assert leaf.product_type
        assert leaf.taxonomy_name
        assert leaf.tags == tuple(tag.lower() for tag in leaf.tags)


def test_a_label_is_filed_where_a_merchant_would_look():
    tree = load_tree()
    assert tree.category("Tshirts") == "Topwear"
    assert tree.leaves["Tshirts"].taxonomy_id == "aa-1-13-8"
    assert tree.leaves["Tshirts"].product_type == "T-Shirts"
    with pytest.raises(KeyError):
        tree.category("Locomotives")


def test_a_tree_from_a_file_is_the_tree_that_was_written(tmp_path: Path):
    file = tmp_path / "own.json"
    file.write_text(tree_json(load_tree("fashion")), encoding="utf-8")
    assert load_tree(file) == load_tree("fashion")


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        '{"name": "empty", "leaves": []}',
        '{"name": "half", "leaves": [{"name": "Hats"}]}',
        json.dumps({"name": "twice", "leaves": [LEAF, LEAF]}),
    ],
)
def test_what_is_no_tree_is_refused(tmp_path: Path, text: str):
    file = tmp_path / "tree.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownLabelTree, match="no label tree"):
        read_tree(file)


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(UnknownLabelTree, match="fashion"):
        load_tree("furniture")


@pytest.mark.skipif(not TAXONOMY.is_file(), reason="needs Shopify's taxonomy beside the repository")
def test_every_taxonomy_id_exists_under_its_name():
    names = {}
    for line in TAXONOMY.read_text(encoding="utf-8").splitlines():
        if line.startswith("gid://"):
            gid, name = line.split(" : ", 1)
            names[gid.strip().rsplit("/", 1)[1]] = name.strip()
    for leaf in load_tree().leaves.values():
        assert names[leaf.taxonomy_id] == leaf.taxonomy_name


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the Kaggle pictures beside the repository")
@pytest.mark.parametrize("folder", ["fashion-product-images-small", "fashion-product-images-224"])
def test_every_article_type_of_the_data_is_a_leaf(folder: str):
    with (DATA / folder / "styles.csv").open(encoding="utf-8", newline="") as file:
        assert {row["articleType"] for row in csv.DictReader(file)} <= set(load_tree().leaves)
