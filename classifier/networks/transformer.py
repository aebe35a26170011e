"""A small vision transformer that takes pictures of any size."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

WIDTH = 192
DEPTH = 6
HEADS = 3
STEM_CHANNELS = (48, 96, WIDTH)
PLACE_KERNEL = 7


def vit(_imagenet: bool) -> "keras.Model":
    """Six layers of attention over patches of 8 by 8 pixels, 2.9 million weights.

    A convolutional stem cuts the patches, and a depthwise convolution, which sees the border, tells each its
    place: both learn from fewer pictures than a linear stem and a table of places, and fit every size.
    Sources: Dosovitskiy et al. 2021, An Image is Worth 16x16 Words; Xiao et al. 2021, Early Convolutions Help
    Transformers See Better; Chu et al. 2023, Conditional Positional Encodings for Vision Transformers.
    """
    from classifier.backend import keras

    pictures = keras.Input((None, None, 3))
    tokens = _placed(_patches(keras.layers.Rescaling(1 / 127.5, offset=-1)(pictures)))
    for _ in range(DEPTH):
        tokens = _layer(tokens)
    return keras.Model(pictures, _normal(tokens))


def _patches(features: "keras.KerasTensor") -> "keras.KerasTensor":
    """Tokens (n, rows, columns, WIDTH)."""
    from classifier.backend import keras

    for channels in STEM_CHANNELS:
        features = keras.layers.Conv2D(channels, 3, strides=2, padding="same", use_bias=False)(features)
        features = keras.layers.BatchNormalization(momentum=0.9)(features)
        features = keras.layers.Activation("gelu")(features)
    return keras.layers.Conv2D(WIDTH, 1)(features)


def _placed(tokens: "keras.KerasTensor") -> "keras.KerasTensor":
    from classifier.backend import keras

    return keras.layers.Add()([tokens, keras.layers.DepthwiseConv2D(PLACE_KERNEL, padding="same")(tokens)])


def _layer(tokens: "keras.KerasTensor") -> "keras.KerasTensor":
    from classifier.backend import keras

    normal = _normal(tokens)
    attention = keras.layers.MultiHeadAttention(HEADS, WIDTH // HEADS, attention_axes=(1, 2))
    tokens = keras.layers.Add()([tokens, attention(normal, normal)])
    hidden = keras.layers.Dense(4 * WIDTH, activation="gelu")(_normal(tokens))
    return keras.layers.Add()([tokens, keras.layers.Dense(WIDTH)(hidden)])


def _normal(tokens: "keras.KerasTensor") -> "keras.KerasTensor":
    from classifier.backend import keras

    return keras.layers.LayerNormalization(epsilon=1e-6)(tokens)
