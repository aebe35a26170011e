"""Feeds training pictures to Keras, augmented afresh for every epoch."""

import numpy as np

from classifier.augment import Augmentation, augment
from classifier.backend import keras
from classifier.pictures import Pictures


class TrainingBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """One epoch in random order; the same seed and epoch give the same batches whatever the threads do.

    A batch is float32 pictures (batch, size, size, 3), one-hot labels (batch, classes) and weights (batch,).
    """

    def __init__(
        self,
        pictures: Pictures,
        labels: np.ndarray,
        weights: np.ndarray,
        size: int,
        batch: int,
        seed: tuple[int, int],
        strength: Augmentation,
    ) -> None:
        super().__init__(workers=2, max_queue_size=8)
        self._pictures = pictures
        self._labels, self._weights = labels, weights.astype(np.float32)
        self._size, self._batch, self._seed, self._strength = size, min(batch, len(labels)), seed, strength
        self._order = np.random.default_rng(seed).permutation(len(labels))

    def __len__(self) -> int:
        return len(self._order) // self._batch

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        rng = np.random.default_rng((*self._seed, index))
        places = self._order[index * self._batch : (index + 1) * self._batch]
        pixels = np.stack([self._augmented(place, rng) for place in places])
        labels = self._labels[places]
        one_hot = np.zeros((len(places), len(self._weights)), dtype=np.float32)
        one_hot[np.arange(len(places)), labels] = 1
        return pixels, one_hot, self._weights[labels]

    def _augmented(self, place: int, rng: np.random.Generator) -> np.ndarray:
        side = int(self._pictures.sides[place])
        return augment(self._pictures.pixels[place], self._size, side, rng, self._strength)
