"""The answer of ``prove corpus`` in sentences and rows that every form shares.

What was found says how surely, and what that rung does not show. What was not found is said with
how much was read, and never as "not used".
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tomli
from msgspec import Struct

from withhold.traces.corpus.trouble import NOTES
from withhold.verbs.prove_corpus import FileRead, Place, Searched

SHOWN = 12
"""Lines of each list that a person is shown without --all."""
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


class Told(Struct, frozen=True, kw_only=True):
    """The answer with its words. ``texts``: needles are shown as they begin, not only by id,
    and files with their folders.
    """

    searched: Searched
    words: Mapping[str, str]
    lang: str = "en"
    texts: bool = True

    def n(self, number: int) -> str:
        """A number with the language's mark for thousands."""
        return f"{number:,}".replace(",", self.words["thousands"])

    def many(self, key: str, number: int) -> str:
        """A sentence of so many, or of one."""
        return self.words[f"{key}_{'one' if number == 1 else 'many'}"].format(n=self.n(number))

    @property
    def title(self) -> str:
        """Which files it is about, or how many."""
        files = self.searched.files
        if len(files) == 1:
            return self.words["title"].format(files=_base(files[0].name))
        return self.words["title_many"].format(n=self.n(len(files)))

    @property
    def headline(self) -> str:
        """Found, not found, or nothing read; over how much; what not finding does not show."""
        said, words = self.searched, self.words
        files = self.many("files", len(said.files))
        if not said.records:
            return words["no_records"].format(files=files)
        crawls = self.crawls
        return words["found" if said.hits else "not_found"].format(
            found=self.n(said.found),
            needles=self.many("needles", len(said.sought.needles)),
            records=self.many("records", said.records),
            files=files,
            crawls=words["in_crawls"].format(crawls=crawls) if crawls else "",
        )

    @property
    def crawls(self) -> str:
        """The names of the crawls, as the files have them; many are cut short."""
        names = list(self.searched.crawls)
        return ", ".join(names[:5]) + (" \u2026" if len(names) > 5 else "")

    @property
    def octets(self) -> str:
        """How large the files are; empty where a size is not known."""
        sizes = [one.octets for one in self.searched.files]
        return "" if any(one < 0 for one in sizes) else size(sum(sizes))

    def rungs(self) -> list[tuple[str, str]]:
        """How many records by each rung, the surest first."""
        found = self.searched.rungs.items()
        return [(self.words[f"rung_{rung}"], self.n(many)) for rung, many in found]

    def means(self) -> list[str]:
        """What each rung shows, and does not: of those that were found."""
        return [self.words[f"means_{rung}"] for rung in self.searched.rungs]

    def needle(self, name: str) -> str:
        """A needle as it is shown: how it begins, or its id."""
        said = self.searched.sought.excerpts.get(name, "") if self.texts else ""
        return f"{name} {self.words['quoted'].format(text=said)}" if said else name

    def like(self, place: Place) -> str:
        """``2 of 3`` spans or runs of words; ``0.93`` of a text or picture."""
        if place.near:
            return f"{place.near:.2f}"
        if place.of > 1:
            return self.words["columns_of"].format(count=place.count, of=place.of)
        return ""

    def file(self, name: str) -> str:
        """A file by its path, or where texts are left out by its name: a path names its owner."""
        return name if self.texts else _base(name)

    def where(self, place: Place) -> str:
        """The file and the place in it."""
        return self.words["place"].format(file=self.file(place.file), offset=place.offset)

    def more(self) -> list[str]:
        """How many hits were only counted."""
        beyond = sum(self.searched.beyond.values())
        return [self.many("beyond", beyond)] if beyond else []

    def unread(self) -> list[str]:
        """By file, what was not read, and where that begins; what hides nothing comes last."""
        files = sorted(self.searched.files, key=lambda one: not one.unreadable)
        return [line for one in files for line in self._unread(one)]

    def _unread(self, file: FileRead) -> list[str]:
        words, name = self.words, self.file(file.name)
        if not file.why and not file.records:
            return [words["unread_none"].format(file=name)]
        lines = []
        for why, many in sorted(file.why.items(), key=lambda one: one[0] in NOTES):
            at, key = file.first.get(why, 0), "unread_at" if many == 1 else "unread_many"
            if file.ended and file.records and why not in NOTES and many == 1:
                key = "unread_ended"
            elif why in ("empty", "zip", "not-known", "no-columns", "one-stream") or (
                file.ended and not file.records
            ):
                key = "unread_one"
            lines.append(
                words[key].format(
                    file=name,
                    why=words[f"why_{why}"],
                    n=self.n(many),
                    at=at,
                    read=self.many("records", file.records),
                )
            )
        return lines

    def refused(self) -> list[str]:
        """What could not be looked for, and why."""
        return [
            self.words["refused_one"].format(
                needle=self.needle(one.needle), why=self.words[f"refused_{one.why}"]
            )
            for one in self.searched.sought.refused
        ]

    def limits(self) -> list[str]:
        """What no search of files can show."""
        return [self.words["limit_file"], self.words["limit_absent"]]


def words_of(lang: str) -> dict[str, str]:
    """The words of searches in corpora."""
    path = Path(__file__).parents[1] / "phrases" / f"corpus.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def size(octets: int) -> str:
    """``1.4 GiB``."""
    number, unit = float(octets), 0
    while number >= 1024 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{number:.1f} {_UNITS[unit]}" if unit else f"{octets} B"


def _base(name: str) -> str:
    return name.rstrip("/").rpartition("/")[2]
