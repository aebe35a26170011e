"""Keras, whatever runs beneath it. Importing this module imports Keras and its backend."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")  # several workers may share one GPU

import keras

__all__ = ["has_gpu", "keras", "worth_jit"]


def worth_jit() -> bool:
    """XLA makes TensorFlow's convolutions seven times slower on a CPU; other backends need it."""
    return bool(keras.backend.backend() != "tensorflow" or has_gpu())


def has_gpu() -> bool:
    return bool(keras.distribution.list_devices("gpu"))
