"""A trained Keras network as the engines and exports want it: pictures in, all answers out."""

from classifier.backend import keras
from classifier.engines.engine import EMBEDDINGS, FEATURES, LOGITS
from classifier.networks import HEAD, POOLED

EXACT = (keras.layers.Rescaling, keras.layers.Normalization)


def answering(network: keras.Model, size: int) -> keras.Model:
    """Return a model of uint8 pictures (n, size, size, 3) with a dict of float32 outputs.

    LOGITS are (n, classes) and EMBEDDINGS (n, d); FEATURES (n, h, w, d) is the map whose mean the embeddings
    are, and only there when the head is linear on them. It shares the network's weights.
    """
    outputs = {LOGITS: network.output, EMBEDDINGS: network.get_layer(POOLED).output}
    if has_linear_head(network):
        outputs[FEATURES] = network.get_layer(POOLED).input
    pictures = keras.Input((size, size, 3), dtype="uint8", name="pictures")
    answers = keras.Model(network.input, outputs)(keras.ops.cast(pictures, "float32"))
    return keras.Model(
        pictures, {name: keras.ops.cast(value, "float32") for name, value in answers.items()}, name="answers"
    )


def has_linear_head(network: keras.Model) -> bool:
    """Whether logits are a linear function of globally averaged features, dropout aside."""
    head = network.get_layer(HEAD)
    below = _below(head)
    while isinstance(below, keras.layers.Dropout):
        below = _below(below)
    pooled = below.name == POOLED and isinstance(below, keras.layers.GlobalAveragePooling2D)
    linear = isinstance(head, keras.layers.Dense) and head.activation is keras.activations.linear
    return pooled and linear


def _below(layer: keras.layers.Layer) -> keras.layers.Layer:
    return layer.input._keras_history.operation


def in_mixed_precision(network: keras.Model) -> keras.Model:
    """Return a copy that computes in float16, but for the scaling of pictures and the head."""

    def lighter(layer: keras.layers.Layer) -> keras.layers.Layer:
        if layer.name == HEAD or isinstance(layer, EXACT):
            return layer.__class__.from_config(layer.get_config())
        return layer.__class__.from_config(layer.get_config() | {"dtype": "mixed_float16"})

    copy = keras.models.clone_model(network, clone_function=lighter)
    copy.set_weights(network.get_weights())
    return copy
