"""What is known of Facebook's labels and files: ``knowledge/archives/facebook-labels.toml``."""

from __future__ import annotations

from functools import cache, lru_cache

from withhold.archive_facts import FacebookLabels
from withhold.catalog.load import default_root
from withhold.catalog.read import read

FILE = "archives/facebook-labels.toml"


@cache
def known() -> FacebookLabels:
    """The file as it is. Raises BadKnowledge."""
    return read(default_root() / FILE, FacebookLabels, FILE)


@cache
def called(meaning: str) -> frozenset[str]:
    """All that is known to be called so, in any language, without case."""
    return frozenset(one.casefold() for many in known().label[meaning].values() for one in many)


@lru_cache(maxsize=4096)
def month_of(word: str) -> int:
    """1 to 12 by how a word begins, in any language; 0 for a word that is no month."""
    word = word.casefold()
    for listed in known().month.values():
        for number, begins in enumerate(listed, 1):
            if word.startswith(tuple(begins)):
                return number
    return 0
