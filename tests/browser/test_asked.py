"""Playwright's inner way is taken where it is as known, else the plain one."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from withhold.reach.asked import large


class Session:
    """A session with an inner one of some shape."""

    def __init__(self, inner: object) -> None:
        if inner is not None:
            self._impl_obj = inner

    async def send(self, method: str, params: Any = None) -> tuple[str, str, Any]:
        return ("plain", method, params)


async def _two(method: str, params: Any = None) -> tuple[str, str, Any]:
    return ("inner", method, params)


async def _three(method: str, params: Any, timeout: float | None) -> tuple[str, str, Any]:
    assert timeout is None
    return ("inner", method, params)


async def _other(method: str, params: Any, more: int) -> tuple[str, str, Any]:
    raise AssertionError("called in a way that it does not know")


@pytest.mark.parametrize(
    ("inner", "way"),
    [
        (None, "plain"),
        (SimpleNamespace(), "plain"),
        (SimpleNamespace(send="text"), "plain"),
        (SimpleNamespace(send=_two), "inner"),
        (SimpleNamespace(send=_three), "inner"),
        (SimpleNamespace(send=_other), "plain"),
    ],
)
def test_which_way(inner: object, way: str) -> None:
    session: Any = Session(inner)
    assert asyncio.run(large(session, "DOM.x", {"a": 1})) == (way, "DOM.x", {"a": 1})
    assert asyncio.run(large(session, "DOM.x")) == (way, "DOM.x", None)
