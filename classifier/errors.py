"""Everything that can go wrong in the classifier.

ClassifierError
├── PictureError
│   ├── UnreadablePicture
│   └── PictureTooLarge
├── BundleError
│   ├── BundleDamaged
│   ├── BundleTooNew
│   ├── BundleTooLarge
│   └── NotABundle
├── UnknownLabelTree
├── LabelsDoNotFit
├── UnknownNetwork
├── NothingToPredictFrom
├── NoUsableData
├── WeightsUnavailable
├── BadRules
├── CacheUnusable
├── EngineUnavailable
└── ExportUnavailable
"""


class ClassifierError(Exception):
    """The classifier could not do what was asked; the message says why and what to do."""


class PictureError(ClassifierError):
    """A picture cannot be classified."""


class UnreadablePicture(PictureError):
    """The bytes are no picture that we can read."""


class PictureTooLarge(PictureError):
    """The picture has more pixels than we decode."""


class BundleError(ClassifierError):
    """A bundle cannot be used or written."""


class BundleDamaged(BundleError):
    """A file of the bundle is missing, was changed, or does not belong to it."""


class BundleTooNew(BundleError):
    """The bundle was written by a later version of this program."""


class BundleTooLarge(BundleError):
    """The bundle would be larger than the limit."""


class NotABundle(BundleError):
    """A bundle would take the place of something else."""


class UnknownLabelTree(ClassifierError):
    """The label tree does not exist or is no label tree."""


class LabelsDoNotFit(ClassifierError):
    """A label tree covers none of the labels that it is asked to group."""


class UnknownNetwork(ClassifierError):
    """The table of networks has no network of this name."""


class NothingToPredictFrom(ClassifierError):
    """A product has neither a picture nor a text."""


class NoUsableData(ClassifierError):
    """The data hold too little to train or evaluate on."""


class BadRules(ClassifierError):
    """The file of keyword rules is not there or holds something else."""


class CacheUnusable(ClassifierError):
    """The folder that downloaded pictures are kept in cannot be written."""


class WeightsUnavailable(ClassifierError):
    """The weights to start from cannot be fetched, are not installed, or are damaged."""


class EngineUnavailable(ClassifierError):
    """The engine or device asked for is not there."""


class ExportUnavailable(ClassifierError):
    """The package that writes the wished format is not installed, or cannot write this network."""
