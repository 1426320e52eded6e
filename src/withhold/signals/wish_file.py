"""A wish of one's own, as a TOML file::

base = "no-training"          # one of the four that have names, or left out
also = ["ai-txt"]             # signals that are not written by themselves
retired = false               # true: tokens that are no longer used are named too

[uses]
search = "allow"              # per use: allow or refuse

[companies]
openai = "allow"              # a company for every use

[companies.google]
ai-input = "refuse"           # or for one
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import tomli

from withhold.errors import BadInput
from withhold.signals.wish import NAMED, USES, Also, Wish
from withhold.words import Use


def read(text: str, companies: Iterable[str]) -> Wish:
    """A wish of one's own; ``companies`` are the ids that knowledge has. Raises BadInput."""
    try:
        table = tomli.loads(text)
    except (ValueError, RecursionError) as why:  # the latter: lists hundreds deep
        raise BadInput(f"the wish is no TOML: {why}", _HOW) from why
    odd = table.keys() - {"base", "also", "retired", "uses", "companies"}
    if odd:
        raise BadInput(f"the wish says {min(odd)}, which means nothing here", _HOW)
    base = table.get("base", "allow")
    if not isinstance(base, str) or base not in NAMED:
        raise BadInput(f"base = {base!r}: no wish is called so", f"one of {', '.join(NAMED)}")
    also, retired = table.get("also", []), table.get("retired", False)
    if not isinstance(also, list) or any(one not in get_args(Also) for one in also):
        raise BadInput(f"also = {also!r}", f"a list of {', '.join(get_args(Also))}")
    if not isinstance(retired, bool):
        raise BadInput(f"retired = {retired!r}", "true or false")
    known, own = set(companies), dict[str, dict[Use, bool]]()
    for company, said in _table(table, "companies").items():
        if company not in known:
            raise BadInput(
                f"companies.{company}: no company is known by this id", "withhold knowledge list"
            )
        if isinstance(said, str):
            said = dict.fromkeys(USES, said)
        if not isinstance(said, dict):
            raise BadInput(f"companies.{company} = {said!r}", _HOW)
        own[company] = _uses(said, f"companies.{company}")
    return Wish(
        name="own",
        uses={**NAMED[base], **_uses(_table(table, "uses"), "uses")},
        companies=own,
        also=tuple(dict.fromkeys(also)),
        retired=retired,
    )


_HOW = "see docs/how-to/write-a-sites-signals.md"


def _table(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise BadInput(f"{name} = {found!r} is no table", _HOW)
    return found


def _uses(said: Mapping[str, Any], where: str) -> dict[Use, bool]:
    for use, word in said.items():
        if use not in USES:
            raise BadInput(f"{where}.{use}: a site knows no such use", f"one of {', '.join(USES)}")
        if word not in ("allow", "refuse"):
            raise BadInput(f"{where}.{use} = {word!r}", "allow or refuse")
    return {use: said[use] == "allow" for use in USES if use in said}
