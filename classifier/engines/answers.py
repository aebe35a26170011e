"""A trained Keras network as the engines and exports want it: pictures in, all answers out."""

from classifier.backend import keras
from classifier.engines.engine import EMBEDDINGS, LOGITS
from classifier.networks import HEAD, POOLED

EXACT = (keras.layers.Rescaling, keras.layers.Normalization)


def answering(network: keras.Model, size: int) -> keras.Model:
    """Return a model of uint8 pictures (n, size, size, 3) with a dict of float32 outputs.

    LOGITS are (n, classes) and EMBEDDINGS (n, d). It shares the network's weights.
    """
    outputs = {LOGITS: network.output, EMBEDDINGS: network.get_layer(POOLED).output}
    pictures = keras.Input((size, size, 3), dtype="uint8", name="pictures")
    answers = keras.Model(network.input, outputs)(keras.ops.cast(pictures, "float32"))
    return keras.Model(
        pictures, {name: keras.ops.cast(value, "float32") for name, value in answers.items()}, name="answers"
    )


def in_mixed_precision(network: keras.Model) -> keras.Model:
    """Return a copy that computes in float16, but for the scaling of pictures and the head."""

    def lighter(layer: keras.layers.Layer) -> keras.layers.Layer:
        if layer.name == HEAD or isinstance(layer, EXACT):
            return layer.__class__.from_config(layer.get_config())
        return layer.__class__.from_config(layer.get_config() | {"dtype": "mixed_float16"})

    copy = keras.models.clone_model(network, clone_function=lighter)
    copy.set_weights(network.get_weights())
    return copy
