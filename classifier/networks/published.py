"""Backbones that Keras publishes, each with the scaling of RGB from 0 to 255 that its weights expect."""

from typing import TYPE_CHECKING

from classifier.networks.copying import copy_weights, scaling_layer

if TYPE_CHECKING:
    import keras

IMAGENET = "imagenet"
IMAGENET_DEVIATION = (0.229, 0.224, 0.225)
IMAGENET_MEAN_BGR = (103.939, 116.779, 123.68)


def efficientnetb0(imagenet: bool) -> "keras.Model":
    """One architecture whatever the start: Keras itself adds a scaling layer when it fetches weights."""
    from classifier.backend import keras

    backbone = keras.applications.EfficientNetB0(include_top=False, weights=None)
    if imagenet:
        fetched = keras.applications.EfficientNetB0(include_top=False, weights=IMAGENET)
        backbone.set_weights(fetched.get_weights())
        mean, variance, *count = scaling_layer(fetched).get_weights()
        copy_weights(scaling_layer(backbone), [mean, variance * IMAGENET_DEVIATION, *count])
    return backbone


def efficientnetv2b0(imagenet: bool) -> "keras.Model":
    from classifier.backend import keras

    return keras.applications.EfficientNetV2B0(include_top=False, weights=_weights(imagenet))


def vgg16(imagenet: bool) -> "keras.Model":
    from classifier.backend import keras

    return keras.applications.VGG16(
        include_top=False, weights=_weights(imagenet), input_tensor=_blue_first(keras.Input((None, None, 3)))
    )


def resnet50(imagenet: bool) -> "keras.Model":
    from classifier.backend import keras

    return keras.applications.ResNet50(
        include_top=False, weights=_weights(imagenet), input_tensor=_blue_first(keras.Input((None, None, 3)))
    )


def inceptionv3(imagenet: bool) -> "keras.Model":
    from classifier.backend import keras

    scaled = keras.layers.Rescaling(1 / 127.5, offset=-1)(keras.Input((None, None, 3)))
    return keras.applications.InceptionV3(include_top=False, weights=_weights(imagenet), input_tensor=scaled)


def _blue_first(pictures: "keras.KerasTensor") -> "keras.KerasTensor":
    """BGR less the ImageNet mean: what weights that come from Caffe were trained on."""
    from classifier.backend import keras

    flipped = keras.ops.flip(pictures, axis=-1)
    return keras.layers.Rescaling(1.0, offset=[-mean for mean in IMAGENET_MEAN_BGR])(flipped)


def _weights(imagenet: bool) -> str | None:
    return IMAGENET if imagenet else None
