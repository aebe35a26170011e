"""How well the groups of likeness fit real pictures, at several thresholds: the figures in likeness.py.

    python benchmarks/likeness.py PICTURES [PICTURES…]

Each folder holds `images/<id>.jpg` and a `styles.csv` with the columns id and articleType.
"""

import csv
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from classifier.images import decode
from classifier.nearest import unit_rows
from classifier.predictor import Predictor, load_predictor
from shopify_bot.likeness import reduced
from shopify_bot.settings import Settings

MOST, BATCH = 5_000, 64
THRESHOLDS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def seen(predictor: Predictor, folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings, float32 (n, d), of pictures by chance, and their types."""
    with (folder / "styles.csv").open(encoding="utf-8") as file:
        types = {row["id"]: row["articleType"] for row in csv.DictReader(file)}
    files = sorted(file for file in (folder / "images").glob("*.jpg") if file.stem in types)
    random.Random(1).shuffle(files)
    files = files[:MOST]
    size = predictor.bundle.input_size
    parts = []
    for start in range(0, len(files), BATCH):
        pictures = np.stack([decode(file.read_bytes(), size) for file in files[start : start + BATCH]])
        parts.append(predictor.engine.run(pictures).embeddings)
    return np.concatenate(parts), np.array([types[file.stem] for file in files])


def leaders_of(rows: np.ndarray, threshold: float) -> np.ndarray:
    """The place of each row's leader, as they come in."""
    leaders: list[int] = []
    found = np.empty(len(rows), dtype=int)
    for place, row in enumerate(rows):
        cosines = rows[leaders] @ row
        if leaders and cosines.max() >= threshold:
            found[place] = leaders[int(cosines.argmax())]
        else:
            found[place] = place
            leaders.append(place)
    return found


def report(folder: Path, embeddings: np.ndarray, types: np.ndarray) -> None:
    """Print a table."""
    rows = reduced(embeddings).astype(np.float32)
    some = np.random.default_rng(0).integers(len(rows), size=(300_000, 2))
    whole = unit_rows(embeddings)
    full, few = (np.einsum("nd,nd->n", each[some[:, 0]], each[some[:, 1]]) for each in (whole, rows))
    high = (full > 0.8) & (some[:, 0] != some[:, 1])
    print(f"{folder.name}: {len(rows)} pictures; cosines over 0.8 move by {np.std((full - few)[high]):.3f}")
    print("threshold  groups  in a group with others  of the leader's type  largest")
    for threshold in THRESHOLDS:
        leaders = leaders_of(rows, threshold)
        counts = Counter(leaders.tolist())
        together = sum(count for count in counts.values() if count > 1) / len(rows)
        follows = leaders != np.arange(len(rows))
        same = (types == types[leaders])[follows].mean()
        largest = max(counts.values())
        print(f"{threshold:9.2f} {len(counts):7} {together:23.1%} {same:21.1%} {largest:8}")


def main() -> None:
    predictor = load_predictor(Settings().model, device="cpu")
    for folder in map(Path, sys.argv[1:]):
        report(folder, *seen(predictor, folder))


if __name__ == "__main__":
    main()
