"""Product tokens are unique without case, and what they name exists.

A control token governs fetchers and has no log of its own; a fetcher governs nothing. What a token
serves stands in one place: a practice that names it, or else its own file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge, ids_in


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    lower = {token.lower(): token for token in knowledge.crawlers}
    seen: set[str] = set()
    kept = {one.id for one in knowledge.crawlers.values()}
    for slug in ids_in(root, "crawlers"):
        if slug not in kept:  # another file has the very same token
            yield Finding(file=f"crawlers/{slug}.toml", message="its token stands in two files")
    for one in knowledge.crawlers.values():
        file = f"crawlers/{one.id}.toml"
        if one.token.lower() in seen:
            yield Finding(file=file, message=f"{one.token} stands in two files")
        seen.add(one.token.lower())
        for name in (*one.governs, *one.fallback):
            if name != "*" and name.lower() not in lower:
                yield Finding(file=file, message=f"unknown token {name!r}")
        if one.token_kind == "control" and not one.governs:
            yield Finding(file=file, message="a control token governs: name the fetchers")
        if one.token_kind != "control" and one.governs:
            yield Finding(file=file, message="only a control token governs others")
        for alias in one.aliases:
            other = lower.get(alias.lower())
            if other and other != one.token:
                yield Finding(file=file, message=f"alias {alias!r} is a token of its own")
    for file, _, practice in finding.practices(knowledge):
        for token in practice.via:
            crawler = knowledge.crawlers.get(token)
            if crawler is None:
                yield Finding(file=file, thing=practice.id, message=f"unknown token {token!r}")
            elif practice.says != "no" and practice.use in crawler.serves:
                yield Finding(
                    file=f"crawlers/{crawler.id}.toml",
                    message=f"that it serves {practice.use} says {practice.id} of {file} already",
                )
