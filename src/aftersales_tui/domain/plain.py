"""Frozen dataclasses as plain JSON values and back, by the types of their fields."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_plain(value: object) -> Any:
    """``value`` as JSON carries it: days as ISO text, decimals as text, words as their code."""
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    msg = f"no plain form: {type(value).__name__}"
    raise TypeError(msg)


def from_plain(kind: Any, value: Any) -> Any:
    """What ``to_plain`` made of a value of that type. Raises KeyError or ValueError for anything else.

    A field that was not written yet, because the value is older than the field, has its default.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        known = [one for one in get_args(kind) if one is not NoneType]
        return None if value is None else from_plain(known[0], value)
    if origin is tuple:
        return tuple(from_plain(get_args(kind)[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return {key: from_plain(get_args(kind)[1], item) for key, item in value.items()}
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Decimal | StrEnum):
        return kind(value)
    if hasattr(kind, "read_plain"):
        return kind.read_plain(value)
    if is_dataclass(kind):
        return _read(kind, value)
    return value


def _read(kind: Any, value: Mapping[str, Any]) -> Any:
    told = {}
    for name, type_, has_default in _fields(kind):
        if name in value:
            told[name] = from_plain(type_, value[name])
        elif not has_default:
            raise KeyError(name)
    return kind(**told)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    hints = get_type_hints(kind)
    return tuple(
        (each.name, hints[each.name], each.default is not MISSING or each.default_factory is not MISSING)
        for each in fields(kind)
    )
