"""A made-up account for the tests of its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.unit import made
from tests.unit.faces.web.own_home import Home
from withhold.catalog.load import Knowledge
from withhold.words import Account

ACME = Account(platform="acme", audience="public")
ODD = Account(platform="acme", name="a/b?<i>ب&c", audience="followers")
WHEN = "2024-07-01"


def known(*controls: Any, **more: Any) -> Knowledge:
    """Acme trains, and has these controls."""
    return made.knowledge(made.platform("acme", control=list(controls), **more))


def at_acme(
    tmp_path: Path, *accounts: Account, knowledge: Knowledge | None = None, **more: Any
) -> Home:
    """An owner in Germany with an account there."""
    return Home(
        tmp_path,
        *(accounts or (ACME,)),
        **{"place": "DE", "knowledge": knowledge or known(made.control()), "when": WHEN} | more,
    )
