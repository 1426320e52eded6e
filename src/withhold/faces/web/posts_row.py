"""One stored post as a line: when, where, who could see it, its words, to whom it is open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from withhold.faces.report.excerpts import file_in_archive, kinds_said, telling, way
from withhold.faces.report.exposure_said import Told, named, to_whom
from withhold.faces.report.plain import printable
from withhold.faces.web.posts_counted import accounts_of, has_place, post_words, told_of
from withhold.faces.web.views import Ask
from withhold.faces.web.words import words_of
from withhold.keep import Store
from withhold.keep.post_rows import Stored
from withhold.verbs.check_posts import Exposure, Shown
from withhold.verbs.sought_posts import PostAnswers

TEXT = 500
"""Characters of a text that are read for a list."""
BEGIN, END = "\x02", "\x03"
"""Around a word that was sought; a text that holds them itself is marked in other places."""
Pieces = Sequence[tuple[str, bool]]
"""Words, and whether they are what was sought, or what is given away."""


class Row(Struct, frozen=True, kw_only=True):
    """What a list shows of a post."""

    id: int
    day: str
    about: Sequence[str]
    pieces: Pieces
    audience: str
    gives: Sequence[str]
    stands: str
    way: str
    place: str
    """The file in the archive; the post's own page has the whole path."""


def answers_of(ask: Ask, store: Store) -> PostAnswers:
    """How posts stand, asked once per group and kept until the store changes."""
    setting, knowledge = ask.setting, ask.desk.knowledge

    def make() -> PostAnswers:
        return PostAnswers(
            store.posts.search.groups(),
            store.posts.said_audiences.all(),
            accounts_of(setting),
            setting.owner.public_until,
            knowledge,
            setting.when,
            setting.asking(knowledge) if has_place(setting) else None,
        )

    return ask.desk.kept(setting, "posts-answers", make)


class Telling:
    """Puts stored posts into the words of one request."""

    def __init__(self, ask: Ask, answers: PostAnswers) -> None:
        self._ask, self._answers = ask, answers
        self._edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
        self._t = words_of("posts", ask.setting.lang)
        self._p = post_words(ask.setting.lang)

    def row(self, one: Stored, piece: str = "") -> Row:
        """A line; ``piece`` has the words that were sought, marked."""
        return Row(
            id=one.id,
            day=one.asked.day,
            about=self.about(one),
            pieces=marked(piece) if piece else _telling(one),
            audience=self.audience(one),
            gives=kinds_said(one, self._p),
            stands=self.stands(one),
            way=way(one),
            place=file_in_archive(one),
        )

    def about(self, one: Stored) -> list[str]:
        """Account and kind; what sets it apart."""
        said = [named(one.account, self._edition.speaker)]
        said.append(self._edition.sentences.kind[one.post.kind])
        if one.post.state != "live":
            said.append(self._t[f"state_{one.post.state}"])
        if one.post.authored != "own":
            said.append(self._t[f"authored_{one.post.authored}"])
        return said

    def audience(self, one: Stored) -> str:
        """Who could see it, and who says so."""
        posts = self._answers.audience(one.asked)
        if posts.audience == "unknown":
            return self._t["audience_unknown"]
        return self._t["audience_by"].format(
            audience=self._edition.sentences.audience[posts.audience],
            by=self._t[f"by_{posts.audience_by}"],
        )

    def stands(self, one: Stored) -> str:
        """To whom it is open; empty where nothing is asked of it, or nobody knows from where."""
        if self._told is None or not self._answers.all.of(one.asked):
            return ""
        reached = self._answers.all.reach(one.asked)
        reach, to = reached or (None, ())
        return to_whom(Shown(stored=one, reach=reach, to=to), self._told)

    @cached_property
    def _told(self) -> Told | None:
        if not has_place(self._ask.setting):
            return None
        nothing = Exposure(stands=(), given={}, most=(), of_most=0)
        return told_of(self._ask.desk, self._ask.setting, nothing)


def marked(piece: str) -> Pieces:
    """A piece with BEGIN and END in it, taken apart; on one line."""
    found: list[tuple[str, bool]] = []
    for number, part in enumerate(_flat(piece).split(BEGIN)):
        hit, end, rest = part.partition(END)
        found += [(hit, True), (rest, False)] if number and end else [(part, False)]
    return [(printable(text), hit) for text, hit in found if text]


def _flat(text: str) -> str:
    return "".join(" " if one.isspace() else one for one in text)


def _telling(one: Stored) -> Pieces:
    piece = telling(one)
    parts = ((piece.before, False), (piece.hit, True), (piece.after, False))
    return [(text, hit and bool(text.strip())) for text, hit in parts if text]
