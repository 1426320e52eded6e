"""What the faces of ``watch`` share: a round with what is needed to put it into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import tomli
from msgspec import Struct
from msgspec.structs import replace

from withhold.faces.report.rows import Speaker
from withhold.verbs.watch import Round, SiteLook
from withhold.verbs.watch_sites import NO_FOLDER, NOT_FETCHED
from withhold.words import Site

if TYPE_CHECKING:  # policies are read only where they were asked for
    from withhold.verbs.watch_documents import Documents

Words = Mapping[str, str]


def words_of(lang: str) -> dict[str, str]:
    """The words of watching."""
    path = Path(__file__).parents[1] / "phrases" / f"watched.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def named(one: SiteLook, words: Words, sites: Iterable[Site]) -> SiteLook:
    """With the reason why it could not be looked at in words."""
    if one.why == NOT_FETCHED:
        return replace(one, why=words["not_fetched"])
    if one.why == NO_FOLDER:
        folder = next(each.folder for each in sites if each.url == one.site)
        return replace(one, why=words["no_folder"].format(path=folder))
    return one


class Line(Struct, frozen=True):
    """A paragraph: what it begins with, and how far it is set in (0 to 2)."""

    text: str
    level: int = 0
    head: str = ""


class Teller(Struct, frozen=True, kw_only=True):
    """A round with what is needed to put it into words."""

    found: Round
    speaker: Speaker
    words: Words
    short: Words
    """The short words of the command line: ``strength_promised``, ``quoted`` ..."""

    documents: Documents | None = None
    """What became of policies, where they were looked at."""

    @property
    def worse(self) -> bool:
        """Whether anything changed for the worse: exit code 12."""
        return self.found.worse or (self.documents is not None and self.documents.worse)

    @property
    def is_news(self) -> bool:
        """Whether there is anything to send."""
        return self.found.is_news or bool(self.documents and self.documents.here)

    @property
    def lang(self) -> str:
        """The language that is spoken."""
        return self.speaker.sentences.lang
