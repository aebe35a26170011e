"""A network ready to train: built or taken over from a bundle, with its optimizer and loss."""

from collections.abc import Iterator
from contextlib import contextmanager

from classifier.backend import has_gpu, keras, worth_jit
from classifier.bundle import Bundle
from classifier.networks import HEAD, build_network
from classifier.networks.copying import copy_weights
from classifier.recipe import FRESH_RATE, Recipe

WARM_UP_SHARE = 0.08
LARGEST_GRADIENT = 5.0
SMALLER_STEPS = 0.3
MIXED = "mixed_float16"


def ready_network(recipe: Recipe, classes: int, resume: Bundle | None) -> keras.Model:
    """Return a network of `classes` outputs that still has to be compiled.

    With `resume` it starts from what that bundle learnt; the outputs of added classes start fresh.
    """
    name, weights = (resume.network, None) if resume else (recipe.network, recipe.weights)
    mixed = has_gpu() if recipe.mixed is None else recipe.mixed
    with _policy(MIXED if mixed else "float32"):
        model = build_network(name, classes, weights, min(recipe.sizes(resumed=resume is not None)))
    if resume:
        _take_over(model, keras.saving.load_model(resume.weights, compile=False))
    _set_dropout(model, recipe.dropout)
    return model


def compile_head(model: keras.Model, recipe: Recipe) -> None:
    """Let the head alone learn; the backbone only sees, with the statistics that its weights came with."""
    for layer in model.layers:
        layer.trainable = layer.name == HEAD
    _compile(model, recipe, FRESH_RATE)


def compile_whole(model: keras.Model, recipe: Recipe, steps: int, resumed: bool) -> None:
    """Let every layer learn, at a rate that follows the recipe's schedule over `steps` batches."""
    for layer in model.layers:
        layer.trainable = True
    peak = recipe.rate(resumed)
    _compile(model, recipe, _cosine(peak, steps) if recipe.schedule == "cosine" else peak)


def slow_down(model: keras.Model) -> None:
    """Go on in smaller steps; the schedule must be "plateau"."""
    model.optimizer.learning_rate = float(model.optimizer.learning_rate) * SMALLER_STEPS


def full_precision(model: keras.Model) -> keras.Model:
    """Return the network as a bundle keeps it: without optimizer, and computing in 32 bits."""
    if model.dtype_policy.name != MIXED:
        return keras.Model(model.input, model.output, name=model.name)  # shares the weights
    with _policy("float32"):
        plain = build_network(model.name, model.output_shape[-1])
    for target, source in zip(plain.layers, model.layers, strict=True):
        copy_weights(target, source.get_weights())
    return plain


def _compile(
    model: keras.Model, recipe: Recipe, rate: float | keras.optimizers.schedules.LearningRateSchedule
) -> None:
    model.compile(
        keras.optimizers.AdamW(rate, weight_decay=recipe.weight_decay, clipnorm=LARGEST_GRADIENT),
        keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.label_smoothing),
        weighted_metrics=["accuracy"],
        jit_compile=worth_jit(),
    )


@contextmanager
def _policy(name: str) -> Iterator[None]:
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def _cosine(peak: float, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
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
