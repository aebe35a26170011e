"""Convolutional networks of our own, small enough to learn from little data."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

BASIC_CHANNELS = (32, 64, 128, 256)
RESIDUAL_CHANNELS = (32, 64, 128, 256)
MOMENTUM = 0.9


def basic(_imagenet: bool) -> "keras.Model":
    """Four convolutions: a floor to compare with, and quick to train on little data."""
    from classifier.backend import keras

    pictures = keras.Input((None, None, 3))
    features = keras.layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    for channels in BASIC_CHANNELS:
        features = keras.layers.Conv2D(channels, 3, padding="same", use_bias=False)(features)
        features = keras.layers.BatchNormalization(momentum=MOMENTUM)(features)
        features = keras.layers.MaxPooling2D()(keras.layers.Activation("relu")(features))
    return keras.Model(pictures, features)


def residual(_imagenet: bool) -> "keras.Model":
    """A residual network of 1.2 million weights: a stem and four blocks of half the usual width.

    Source: He et al. 2016, Identity Mappings in Deep Residual Networks.
    """
    from classifier.backend import keras

    pictures = keras.Input((None, None, 3))
    features = keras.layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    features = _convolution(features, RESIDUAL_CHANNELS[0], strides=2)
    for place, channels in enumerate(RESIDUAL_CHANNELS):
        features = _block(features, channels, strides=1 if place == 0 else 2)
    return keras.Model(pictures, _active(features))


def _block(features: "keras.KerasTensor", channels: int, strides: int) -> "keras.KerasTensor":
    """Normalise, activate and convolve twice, beside a short cut."""
    from classifier.backend import keras

    active = _active(features)
    short = features if strides == 1 else _convolution(active, channels, strides, kernel=1)
    inner = _active(_convolution(active, channels, strides))
    return keras.layers.Add()([short, _convolution(inner, channels)])


def _active(features: "keras.KerasTensor") -> "keras.KerasTensor":
    from classifier.backend import keras

    return keras.layers.Activation("relu")(keras.layers.BatchNormalization(momentum=MOMENTUM)(features))


def _convolution(
    features: "keras.KerasTensor", channels: int, strides: int = 1, kernel: int = 3
) -> "keras.KerasTensor":
    from classifier.backend import keras

    return keras.layers.Conv2D(
        channels,
        kernel,
        strides=strides,
        padding="same",
        use_bias=False,
        kernel_initializer="he_normal",
    )(features)
