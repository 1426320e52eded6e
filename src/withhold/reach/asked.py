"""Asks the protocol for what comes back large.

Playwright looks through every value of an answer for objects of its own. The protocol's answers
hold none, and for those of a whole page this takes longer than all the rest. Its inner way leaves
that out; where it is not as known here, the plain way is taken.
"""

from __future__ import annotations

import inspect
from typing import Any

from playwright.async_api import CDPSession

_KNOWN = ({"method", "params"}, {"method", "params", "timeout"})


async def large(session: CDPSession, method: str, asked: dict[str, Any] | None = None) -> Any:
    """What ``session.send`` answers, as it came. Raises what it raises."""
    send = getattr(getattr(session, "_impl_obj", None), "send", None)
    takes = set(inspect.signature(send).parameters) if callable(send) else set()
    if send is None or takes not in _KNOWN:
        return await session.send(method, asked)
    more = {"timeout": None} if "timeout" in takes else {}
    return await send(method=method, params=asked, **more)
