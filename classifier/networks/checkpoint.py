"""Reads the tensors of a PyTorch checkpoint of the old kind, without PyTorch and running nothing it names.

The file is five pickles (magic number, protocol, system, tensors, storage keys), then the storages: an int64
count and the raw values of each.
"""

import collections
import io
import pickle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from classifier.errors import WeightsUnavailable

DTYPES = {"FloatStorage": "<f4", "HalfStorage": "<f2", "DoubleStorage": "<f8", "LongStorage": "<i8"}
COUNT_BYTES = 8


class _Storage(NamedTuple):
    dtype: str
    key: str
    length: int


class _Tensor(NamedTuple):
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def read_checkpoint(file: Path) -> dict[str, np.ndarray]:
    """Return every tensor by its name. Raises WeightsUnavailable for a file that is damaged or unsafe."""
    try:
        return _tensors(io.BytesIO(file.read_bytes()))
    except (
        *(pickle.UnpicklingError, OSError, EOFError, ValueError, TypeError, KeyError),
        *(IndexError, AttributeError, OverflowError, MemoryError),
    ) as error:
        raise WeightsUnavailable(
            f"{file} cannot be read as a checkpoint: {error}. Install or fetch it again."
        ) from error


def _tensors(opened: io.BytesIO) -> dict[str, np.ndarray]:
    for _ in ("magic number", "protocol", "system"):
        _Reader(opened).load()
    tensors: dict[str, _Tensor] = _Reader(opened).load()
    dtypes = {tensor.storage.key: tensor.storage.dtype for tensor in tensors.values()}
    values = {key: _values(opened, dtypes[key]) for key in _Reader(opened).load()}
    return {name: _array(tensor, values[tensor.storage.key]) for name, tensor in tensors.items()}


def _values(opened: io.BytesIO, dtype: str) -> np.ndarray:
    count = int.from_bytes(opened.read(COUNT_BYTES), "little")
    data = opened.read(count * np.dtype(dtype).itemsize)
    if len(data) != count * np.dtype(dtype).itemsize:
        raise ValueError("it ends in the middle of a tensor")
    return np.frombuffer(data, dtype)


def _array(tensor: _Tensor, values: np.ndarray) -> np.ndarray:
    """Strides count values; a view beyond the storage would read foreign memory."""
    last = tensor.offset + sum(
        (length - 1) * step for length, step in zip(tensor.shape, tensor.strides, strict=True)
    )
    if min((tensor.offset, *tensor.shape, *tensor.strides)) < 0 or last >= len(values):
        raise ValueError("a tensor reaches beyond its values")
    strides = [step * values.itemsize for step in tensor.strides]
    return np.lib.stride_tricks.as_strided(values[tensor.offset :], tensor.shape, strides).copy()


class _Reader(pickle.Unpickler):
    """Knows three names and refuses every other."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuilt
        if module == "torch" and name in DTYPES:
            return DTYPES[name]
        raise _refusal(f"{module}.{name}")

    def persistent_load(self, pid: Any) -> _Storage:
        kind, dtype, key, _device, length, *_ = pid
        if kind != "storage" or dtype not in DTYPES.values():
            raise _refusal(str(kind))
        return _Storage(dtype, key, length)


def _rebuilt(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object
) -> _Tensor:
    return _Tensor(storage, offset, shape, strides)


def _refusal(name: str) -> pickle.UnpicklingError:
    return pickle.UnpicklingError(f"it names {name}, which no tensor needs")
