"""The grammar of a ``_headers`` file as Netlify and Cloudflare Pages document it.

Written from their pages, not from what we write: https://docs.netlify.com/routing/headers/ and
https://developers.cloudflare.com/pages/configuration/headers/ (both read 2026-11-25). A path begins
its line; below it stand indented lines of ``Name: value``; ``#`` begins a comment. Where the two
differ, the stricter one.
"""

from __future__ import annotations

import re

RULES, CHARACTERS = 100, 2000
"""Cloudflare's limits: rules in a file, characters in a line."""
_PATH = re.compile(r"(https://[^\s/:]+)?/\S*", re.ASCII)
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(\S(?:.*\S)?)[ \t]*", re.ASCII)

Rule = tuple[str, list[tuple[str, str]]]


class NotInTheGrammar(ValueError):
    """A line that one of the two would not take; the number of it comes first."""


def parse(text: str) -> list[Rule]:
    """The rules of a file, or NotInTheGrammar."""
    rules: list[Rule] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > CHARACTERS:
            raise NotInTheGrammar(f"{number}: longer than {CHARACTERS}")
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if not line[0].isspace():
            if not _PATH.fullmatch(bare) or bare.count("*") > 1:
                raise NotInTheGrammar(f"{number}: no path: {bare}")
            _complete(rules, number)
            rules.append((bare, []))
            continue
        header = _HEADER.fullmatch(bare)
        if not header or not rules:
            raise NotInTheGrammar(f"{number}: no header of a path: {bare}")
        rules[-1][1].append((header[1], header[2]))
    _complete(rules, 0)
    if len(rules) > RULES:
        raise NotInTheGrammar(f"0: {len(rules)} rules")
    return rules


def _complete(rules: list[Rule], number: int) -> None:
    if rules and not rules[-1][1]:
        raise NotInTheGrammar(f"{number}: {rules[-1][0]} has no header")


def sent(rules: list[Rule], path: str) -> dict[str, str]:
    """The headers with which a path is answered: of all rules that fit, joined by commas."""
    found: dict[str, str] = {}
    for pattern, headers in rules:
        fits = re.escape(pattern).replace(r"\*", ".*")
        if re.fullmatch(fits, path):
            for name, value in headers:
                key = name.lower()
                found[key] = f"{found[key]}, {value}" if key in found else value
    return found
