"""The rows of a matrix most alike to others, exactly, in bounded memory."""

import numpy as np

ROWS = 32_768


def unit_rows(embeddings: np.ndarray) -> np.ndarray:
    """Return float32 rows of length one; a row of zeros stays as it is."""
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    unit: np.ndarray = (embeddings / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit


def nearest(queries: np.ndarray, rows: np.ndarray, top: int) -> tuple[np.ndarray, np.ndarray]:
    """Return indices of `rows`, best first, and their cosines, both (q, k) with k = min(top, n).

    Queries (q, d) and rows (n, d) have length one, as `unit_rows` makes them; rows may be memory-mapped.
    """
    places = np.empty((len(queries), 0), dtype=np.int64)
    cosines = np.empty((len(queries), 0), dtype=np.float32)
    for start in range(0, len(rows), ROWS):
        part = queries @ np.asarray(rows[start : start + ROWS]).T
        indices = np.broadcast_to(np.arange(start, start + part.shape[1]), part.shape)
        places, cosines = _best(np.hstack([places, indices]), np.hstack([cosines, part]), top)
    return places, cosines


def _best(places: np.ndarray, cosines: np.ndarray, top: int) -> tuple[np.ndarray, np.ndarray]:
    if cosines.shape[1] > top:
        kept = np.argpartition(-cosines, top - 1, axis=1)[:, :top]
        places, cosines = (np.take_along_axis(each, kept, axis=1) for each in (places, cosines))
    order = np.lexsort((places, -cosines), axis=1)
    return np.take_along_axis(places, order, axis=1), np.take_along_axis(cosines, order, axis=1)
