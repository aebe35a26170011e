"""The training part in memory, with what is to be learnt from it."""

from dataclasses import dataclass

import numpy as np

from classifier.batches import TrainingBatches
from classifier.bundle import Bundle
from classifier.errors import NoUsableData
from classifier.pictures import Pictures, decode_all
from classifier.plan import Epoch
from classifier.prepare import Data, class_weights
from classifier.recipe import Recipe
from classifier.targets import Targets, opinions_of

CACHE_FACTOR = 1.15


@dataclass(frozen=True)
class Lessons:
    """`weights` has one number per class, float (classes,)."""

    pictures: Pictures
    targets: Targets
    weights: np.ndarray
    recipe: Recipe

    def batches(self, epoch: Epoch) -> TrainingBatches:
        """Return the batches of an epoch, which depend on its number and the recipe's seed."""
        return TrainingBatches(
            self.pictures,
            self.targets,
            self.weights,
            epoch.size,
            self.recipe.batch,
            (self.recipe.seed, epoch.number),
            self.recipe.augmentation,
        )


def lessons(data: Data, recipe: Recipe, teacher: Bundle | None) -> Lessons:
    """Decode the training part and ask the teacher. Raises NoUsableData when no picture can be decoded."""
    pictures = decode_all(data.split.train, int(recipe.size * CACHE_FACTOR))
    if not pictures.examples:
        raise NoUsableData("No training picture can be decoded; the log names them.")
    labels = data.indices(pictures.examples)
    opinions = opinions_of(teacher, pictures, data.classes) if teacher else None
    targets = Targets(labels, len(data.classes), opinions, recipe.teacher_share)
    return Lessons(pictures, targets, class_weights(labels, len(data.classes), recipe.rarity), recipe)
