"""A clock that jumps: in one process, at its n-th look, by years; for that process alone."""

from __future__ import annotations

import sys
import time
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

_DAYS = 3652 / 10
"""Of a year, with its leap days."""


class _Meta(type):
    """What is an instance of the shifted class is one of the real class, and the reverse."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)

    def __getattr__(cls, name: str) -> Any:
        return getattr(datetime, name)


def jumping(years: int, at: int) -> None:
    """From the ``at``-th look on the clock of this process is so many years off."""
    looks = 0
    by = timedelta(days=years * _DAYS)

    def offset() -> timedelta:
        nonlocal looks
        looks += 1
        return by if looks > at else timedelta()

    class Shifted(metaclass=_Meta):
        """``datetime`` as the modules know it; only what asks the clock is another."""

        def __new__(cls, *args: Any, **named: Any) -> Any:
            return datetime(*args, **named)  # noqa: DTZ001 - as it was called

        @staticmethod
        def now(tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + offset()

    class Day(date):
        """``date`` with the same clock."""

        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return (datetime.now() + offset()).date()  # noqa: DTZ005 - as the real one

    real = time.time
    time.time = lambda: real() + offset().total_seconds()
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "withhold":
            if getattr(module, "datetime", None) is datetime:
                vars(module)["datetime"] = Shifted
            if name.startswith("withhold.faces") and getattr(module, "date", None) is date:
                vars(module)["date"] = Day
