"""A made-up account that is looked at, for the tests of Watch."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.unit import made
from tests.unit.faces.web.own_home import Home
from withhold.verbs.watch import SiteLook, look_again, read_last, save
from withhold.words import Account

ACME = Account(platform="acme", name="a<b>", audience="public")
AT = datetime(2024, 7, 1, 9, tzinfo=UTC)


def acme(**more: Any) -> Any:
    return made.knowledge(made.platform("acme", **more))


def denies() -> Any:
    return acme(practice=[made.practice(says="no")])


def at_acme(tmp_path: Path, **more: Any) -> Home:
    usual = {"place": "DE", "knowledge": acme(), "when": "2024-07-01"}
    return Home(tmp_path, ACME, **usual | more)


def told(of: Home, knowledge: Any, *sites: SiteLook) -> None:
    """A look that was told and kept, with what was known then."""
    setting = of.desk.setting("en", of.when)
    asking = setting.asking(knowledge)
    last = read_last(of.home)
    save(of.home, look_again(setting.owner, asking, last, sites=sites), AT)
