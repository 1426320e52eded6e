"""The targets, a few that share a shape to a module; ``TARGETS`` of each are all of them."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from tests.fuzz.target import Target


@cache
def every() -> dict[str, tuple[str, Target]]:
    """Name -> its module and the target, by name. Imports all modules, which takes a second."""
    found: dict[str, tuple[str, Target]] = {}
    for one in pkgutil.iter_modules(__path__):
        module = f"{__name__}.{one.name}"
        for target in import_module(module).TARGETS:
            assert target.name not in found, target.name
            found[target.name] = module, target
    return dict(sorted(found.items()))


def target_of(module: str, name: str) -> Target:
    """One target, of which nothing but its module is imported."""
    targets: tuple[Target, ...] = import_module(module).TARGETS
    return next(one for one in targets if one.name == name)
