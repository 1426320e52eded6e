"""What the faces of ``watch`` share: a round with what is needed to put it into words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from withhold.faces.report.rows import Speaker
from withhold.verbs.watch import Round

if TYPE_CHECKING:  # policies are read only where they were asked for
    from withhold.verbs.watch_documents import Documents

Words = Mapping[str, str]


def words_of(lang: str) -> dict[str, str]:
    """The words of watching."""
    path = Path(__file__).parents[1] / "phrases" / f"watched.{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


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
