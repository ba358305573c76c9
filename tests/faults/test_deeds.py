"""The writers of the torture leave no write function out."""

import importlib
import inspect
import pkgutil

from deeds import DEEDS, NOT_DONE_HERE

from aftersales_tui import services


def write_functions() -> set[str]:
    """Every public function of the services that acts for somebody on an open shop."""
    found = set()
    for module in pkgutil.iter_modules(services.__path__):
        named = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in inspect.getmembers(named, inspect.isfunction):
            if name.startswith("_") or function.__module__ != named.__name__:
                continue
            asked = inspect.signature(function).parameters
            if "shop" in asked and "by" in asked:
                found.add(f"{module.name}.{name}")
    return found


def test_every_write_function_is_a_deed_of_the_writers_or_is_left_out_with_a_reason() -> None:
    assert write_functions() == set(DEEDS) | set(NOT_DONE_HERE)
    assert not set(DEEDS) & set(NOT_DONE_HERE)
