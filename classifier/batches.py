"""Feeds training pictures to Keras, augmented afresh for every epoch."""

import numpy as np

from classifier.augment import Augmentation, augment
from classifier.backend import keras
from classifier.pictures import Pictures
from classifier.targets import Targets


class TrainingBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """One epoch in random order; the same seed and epoch give the same batches whatever the threads do.

    A batch is float32 pictures (batch, size, size, 3), targets (batch, classes) and weights (batch,).
    """

    def __init__(
        self,
        pictures: Pictures,
        targets: Targets,
        weights: np.ndarray,
        size: int,
        batch: int,
        seed: tuple[int, int],
        strength: Augmentation,
    ) -> None:
        super().__init__(workers=2, max_queue_size=8)
        self._pictures = pictures
        self._targets, self._weights = targets, weights.astype(np.float32)
        self._size, self._batch, self._seed, self._strength = (
            size,
            min(batch, len(targets.labels)),
            seed,
            strength,
        )
        self._order = np.random.default_rng(seed).permutation(len(targets.labels))

    def __len__(self) -> int:
        return len(self._order) // self._batch

    @property
    def pictures(self) -> int:
        """Number of pictures in the epoch."""
        return len(self) * self._batch

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        rng = np.random.default_rng((*self._seed, index))
        places = self._order[index * self._batch : (index + 1) * self._batch]
        pixels = np.stack([self._augmented(place, rng) for place in places])
        return pixels, self._targets.rows(places), self._weights[self._targets.labels[places]]

    def _augmented(self, place: int, rng: np.random.Generator) -> np.ndarray:
        side = int(self._pictures.sides[place])
        return augment(self._pictures.pixels[place], self._size, side, rng, self._strength)
