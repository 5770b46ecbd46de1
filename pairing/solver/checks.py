"""Reading the arrays a caller hands in, refusing what cannot be meant, with the position it came from."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def as_floats(name: str, values: ArrayLike, size: int | None = None) -> Floats:
    """Give *values* as a finite float vector.

    Parameters
    ----------
    name : what the values are, for the message.
    values : (size,), anything numpy reads as numbers.
    size : the length expected, or None for any.

    Returns
    -------
    (size,) float64.

    Raises
    ------
    ValueError : not one-dimensional, another length, or nan or inf at a position, which the message names.
    """
    array = np.asarray(values, dtype=np.float64)
    _refuse_shape(name, array, size)
    _refuse(name, ~np.isfinite(array), array, "is not finite")
    return array


def as_ints(name: str, values: ArrayLike, size: int | None = None, below: int | None = None) -> Ints:
    """Give *values* as a vector of whole numbers, at least 0.

    Parameters
    ----------
    name : what the values are, for the message.
    values : (size,), integers; an empty list counts as integers.
    size : the length expected, or None for any.
    below : each value must be less than this, or None for no limit.

    Returns
    -------
    (size,) int64.

    Raises
    ------
    ValueError : not integers, not one-dimensional, another length, negative, or not below *below*.
    """
    raw = np.asarray(values)
    if raw.size and not np.issubdtype(raw.dtype, np.integer):
        raise ValueError(f"{name} holds {raw.dtype}, not integers")
    array = raw.astype(np.int64)
    _refuse_shape(name, array, size)
    _refuse(name, array < 0, array, "is negative")
    if below is not None:
        _refuse(name, array >= below, array, f"is not below {below}")
    return array


def as_keys(name: str, values: ArrayLike | None, size: int) -> Ints:
    """Give the rank of each key, so that an answer depends on keys and not on the order of the input.

    Parameters
    ----------
    name : what the keys are, for the message.
    values : (size,), distinct integers (database ids), or None for the positions themselves.
    size : how many keys there must be.

    Returns
    -------
    (size,) int64, the rank of each position among the keys, 0 for the smallest.

    Raises
    ------
    ValueError : another length, not integers, or the same key twice.
    """
    keys = as_ints(name, np.arange(size) if values is None else values, size)
    order = np.argsort(keys, kind="stable")
    twice = np.flatnonzero(np.diff(keys[order]) == 0)
    if twice.size:
        raise ValueError(f"{name}[{order[twice[0] + 1]}] repeats the key {keys[order[twice[0]]]}")
    ranks = np.empty(size, dtype=np.int64)
    ranks[order] = np.arange(size)
    return ranks


def refuse_twice(name: str, left: Ints, right: Ints) -> None:
    """Raise ValueError where a pair of (*left*, *right*), both (n,), stands a second time."""
    order = np.lexsort((right, left))
    same = (np.diff(left[order]) == 0) & (np.diff(right[order]) == 0)
    if same.any():
        at = order[int(np.argmax(same)) + 1]
        raise ValueError(f"{name}[{at}] repeats the pair ({left[at]}, {right[at]})")


def _refuse_shape(name: str, array: Ints | Floats, size: int | None) -> None:
    if array.ndim != 1 or (size is not None and array.size != size):
        raise ValueError(f"{name} has shape {array.shape}, expected ({'n' if size is None else size},)")


def _refuse(name: str, wrong: Bools, array: Ints | Floats, why: str) -> None:
    if wrong.any():
        at = int(np.argmax(wrong))
        raise ValueError(f"{name}[{at}] = {array[at]} {why}")
