"""A network ready to train: built or taken over from a bundle, with its optimizer and loss."""

from classifier.backend import keras, worth_jit
from classifier.bundle import Bundle
from classifier.networks import HEAD, build_network
from classifier.networks.copying import copy_weights
from classifier.recipe import Recipe

WARM_UP_SHARE = 0.08
LARGEST_GRADIENT = 5.0


def ready_network(recipe: Recipe, classes: int, steps: int, resume: Bundle | None) -> keras.Model:
    """Return a compiled network of `classes` outputs whose learning rate rises and falls in `steps` batches.

    With `resume` it starts from what that bundle learnt; the outputs of added classes start fresh.
    """
    model = build_network(resume.network if resume else recipe.network, classes, recipe.weights)
    if resume:
        _take_over(model, keras.saving.load_model(resume.weights, compile=False))
    _set_dropout(model, recipe.dropout)
    model.compile(
        keras.optimizers.AdamW(
            _rates(recipe.rate(resume is not None), steps),
            weight_decay=recipe.weight_decay,
            clipnorm=LARGEST_GRADIENT,
        ),
        keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.label_smoothing),
        weighted_metrics=["accuracy"],
        jit_compile=worth_jit(),
    )
    return model


def _rates(peak: float, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    warm_up = max(1, int(steps * WARM_UP_SHARE))
    return keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - warm_up), warmup_target=peak, warmup_steps=warm_up
    )


def _take_over(new: keras.Model, old: keras.Model) -> None:
    for target, source in zip(new.layers, old.layers, strict=True):
        if target.name != HEAD:
            copy_weights(target, source.get_weights())
    kernel, bias = new.get_layer(HEAD).get_weights()
    old_kernel, old_bias = old.get_layer(HEAD).get_weights()
    kernel[:, : old_kernel.shape[1]], bias[: len(old_bias)] = old_kernel, old_bias
    new.get_layer(HEAD).set_weights([kernel, bias])


def _set_dropout(model: keras.Model, share: float) -> None:
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate *= share
