"""check, of posts: what the open ones give away, and which of them give away the most.

No score: a post ranks by how many different things it gives away for sure, then by how often,
then by what it possibly gives away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from withhold.keep.post_reveals import Revealing
from withhold.keep.post_rows import Asked
from withhold.verbs.exposure import Stand, Standing, Treated
from withhold.words import Revealed

Reach = Literal["open", "open-if-public", "was-open"]
"""Of a post toward at least one of those asked about: it stands open; nothing says who could see
it, and it stands open if it is public; it is refused now and was open since it was posted."""
REACHES: tuple[Reach, ...] = ("open", "open-if-public", "was-open")
_KNOWN_AT_MOST = 10_000


class Exposed(Struct, frozen=True, kw_only=True):
    """A post that gives something away, how far it stands open, and to whom (actor, use)."""

    post: Revealing
    reach: Reach
    to: tuple[tuple[str, str], ...]


class Given(Struct, frozen=True, kw_only=True):
    """Of the posts of one reach: how many give something away, and how many of each kind.

    ``sure`` counts the posts with a kind for sure, ``possible`` those with it only possibly, and
    ``places`` those with a picture that carries the place where it was taken.
    """

    posts: int
    sure: dict[Revealed, int]
    possible: dict[Revealed, int]
    places: int


class Standings:
    """How each stored post stands, by what is asked of it."""

    def __init__(self, stands: Iterable[Stand]) -> None:
        self._of: dict[Treated, list[Stand]] = {}
        for one in stands:
            self._of.setdefault(one.stored, []).append(one)

    def of(self, asked: Asked) -> list[tuple[Stand, Standing]]:
        """Toward each actor and use; empty where nothing is asked of such posts."""
        found = self._of.get(Treated(*asked[:-1]), ())
        return [(one, one.of(asked.day)) for one in found]

    def reach(self, asked: Asked) -> tuple[Reach, tuple[tuple[str, str], ...]] | None:
        """How far it stands open and to whom; None where no open time is known."""
        said = self.of(asked)
        for reach, wanted in (("open", "open"), ("open-if-public", "unknown"), ("was-open", "")):
            to = tuple(
                (one.verdict.actor, one.verdict.use)
                for one, standing in said
                if standing == (wanted or reach) and (wanted != "unknown" or one.if_public)
            )
            if to:
                return reach, to  # type: ignore[return-value]
        return None


def reached(posts: Iterable[Revealing], stands: Iterable[Stand]) -> Iterator[Exposed]:
    """The posts that give something away and stand or stood open, as they come: a million posts
    need no room."""
    standings = Standings(one for one in stands if not why_apart(one.posts))
    known: dict[Asked, tuple[Reach, tuple[tuple[str, str], ...]] | None] = {}
    for one in posts:
        if one.asked not in known:
            if len(known) >= _KNOWN_AT_MOST:
                known.clear()
            known[one.asked] = standings.reach(one.asked)
        found = known[one.asked]
        if found:
            yield Exposed(post=one, reach=found[0], to=found[1])


def rank(one: Exposed) -> tuple[int, ...]:
    """The smaller, the more revealing; no two posts have the same."""
    sure, possible = one.post.sure, one.post.possible.keys() - one.post.sure
    return (
        REACHES.index(one.reach),
        -len(sure),
        -sum(sure.values()),
        -len(possible),
        -sum(one.post.possible.values()),
        -one.post.id,
    )


def given(posts: Iterable[Exposed], reach: Reach) -> Given:
    """What the posts of one reach give away."""
    tally = Tally()
    for one in posts:
        tally.add(one)
    return tally.of(reach)


class Tally:
    """Counts what posts give away, by reach, while they pass."""

    def __init__(self) -> None:
        self._posts: Counter[Reach] = Counter()
        self._places: Counter[Reach] = Counter()
        self._sure: Counter[tuple[Reach, Revealed]] = Counter()
        self._possible: Counter[tuple[Reach, Revealed]] = Counter()

    def add(self, one: Exposed) -> None:
        """One more."""
        reach, post = one.reach, one.post
        self._posts[reach] += 1
        self._places[reach] += "coordinates" in post.in_media
        for kind in post.sure:
            self._sure[reach, kind] += 1
        for kind in post.possible:
            if kind not in post.sure:
                self._possible[reach, kind] += 1

    def of(self, reach: Reach) -> Given:
        """What the posts of one reach give away."""
        return Given(
            posts=self._posts[reach],
            sure=_most_first({kind: n for (of, kind), n in self._sure.items() if of == reach}),
            possible=_most_first(
                {kind: n for (of, kind), n in self._possible.items() if of == reach}
            ),
            places=self._places[reach],
        )


def _most_first(counted: dict[Revealed, int]) -> dict[Revealed, int]:
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


Apart = Literal["", "gone", "draft", "others", "about-me"]
APART: tuple[Apart, ...] = ("gone", "draft", "others", "about-me")


def why_apart(posts: Treated) -> Apart:
    """Why posts are counted apart from what one published and left standing; empty = they are not.

    ``gone``: deleted or put away before the export, nobody knows when.
    """
    if posts.authored == "others":
        return "others"
    if posts.authored == "about-me":
        return "about-me"
    if posts.state in ("deleted", "archived"):
        return "gone"
    return "draft" if posts.state == "draft" else ""


def at_least_one(stands: Iterable[Stand]) -> dict[tuple[str, Standing], int]:
    """By month: how many posts are open to at least one of those asked about, were open, ...

    Of each group the answer that leaves most open counts; not known comes before was open.
    """
    by_group: dict[Treated, list[Stand]] = {}
    for one in stands:
        by_group.setdefault(one.stored, []).append(one)
    found: dict[tuple[str, Standing], int] = {}
    for of in by_group.values():
        totals: Counter[str] = Counter()
        for (month, _), n in of[0].months.items():
            totals[month] += n
        for month in {month for one in of for month, _ in one.months}:
            for standing, n in _worst(of, month, totals[month]):
                found[month, standing] = found.get((month, standing), 0) + n
    return found


def _worst(of: Sequence[Stand], month: str, total: int) -> Iterator[tuple[Standing, int]]:
    whole: Standing
    for whole in ("open", "unknown"):  # all posts of a group alike
        n = max(one.months.get((month, whole), 0) for one in of)
        if n:
            yield whole, n
            return
    were = max(one.months.get((month, "was-open"), 0) for one in of)
    if were:
        yield "was-open", were
    if total - were:
        yield "closed", total - were
