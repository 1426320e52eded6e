"""What a page looks like, in roles and names, with personal words masked: for a report.

Kept are the words that the recipe knows itself and the words of settings and headings; the
account's name, e-mail addresses, handles and long numbers never leave.
"""

from __future__ import annotations

import re

from withhold.recipes.page import Look
from withhold.steps import SETTINGS, Recipe

LINES = 60
_KEPT = (*SETTINGS, "heading", "radio", "button", "dialog")
_PERSONAL = re.compile(r"\S+@\S+|@\w[\w.-]*|\d[\d ().+-]{3,}\d|https?://\S+")


def masked(look: Look, recipe: Recipe, *names: str) -> tuple[str, ...]:
    """At most 60 lines, ``role "name" state``, in the order of the page."""
    hosts = frozenset(recipe.domains)
    lines: list[str] = []
    for node in look.nodes:
        if node.role not in _KEPT or node.host not in hosts or len(lines) >= LINES:
            continue
        state = "" if node.state == "none" else f" {node.state}"
        lines.append(f'{node.role} "{mask(node.name, *names)[:120]}"{state}')
    return tuple(lines)


def mask(text: str, *names: str) -> str:
    """The text without addresses, handles, long numbers and the given names."""
    for name in names:
        for one in {name, name.lstrip("@"), *name.split()}:
            if len(one) > 1:
                text = re.sub(re.escape(one), "…", text, flags=re.IGNORECASE)
    return _PERSONAL.sub("…", text)
