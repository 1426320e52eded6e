"""Many posts made up, for bench/web.py: in six accounts, over ten years, texts with words as
unevenly spread as in real ones, one in twenty giving something away.

The posts go in as an archive's do; what they give away is known from the making, so nothing has to
look for it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from withhold.exports.post import Post
from withhold.keep import Store
from withhold.keep.posts import NewArchive
from withhold.reveals.find import RULES
from withhold.reveals.reveal import Reveal
from withhold.words import Account, Audience, Kind, Revealed

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
FIRST = datetime(2016, 11, 1, tzinfo=UTC)
COMMON, RARE = "weather", "zyzzogeton"
"""A word in three of ten posts, and one in about one of a hundred thousand."""
ACCOUNTS: tuple[tuple[Account, tuple[Kind, ...], tuple[Audience, ...]], ...] = (
    (Account(platform="instagram"), ("photo", "video", "comment"), ("public", "unknown")),
    (Account(platform="linkedin"), ("post", "comment", "article"), ("public", "followers")),
    (Account(platform="reddit", name="ada_example"), ("post", "comment"), ("public", "group")),
    (Account(platform="tiktok", name="ada.jr"), ("video", "comment"), ("unknown",)),
    (Account(platform="tumblr", name="paintings"), ("post",), ("public", "private")),
    (Account(platform="x", name="ada"), ("post", "comment"), ("public",)),
)
"""Those of the home of the tests (``tests/dashboard/made.py``)."""
GIVEN: tuple[tuple[Revealed, str, str], ...] = (
    ("email", "Write to me at ", "ada@example.org"),
    ("phone", "Call me: ", "+49 30 901820"),
    ("employer", "I work at ", "the Analytical Office"),
    ("school", "My school is ", "the Turing School"),
    ("health", "Since spring I have ", "asthma"),
    ("birth-date", "I was born on ", "10 December 1995"),
    ("minor", "My daughter is ", "nine years old"),
)
_PIECES = 40_000
_VOCABULARY = 20_000
Given = tuple[int, int, Revealed]


def filled(home: Path, number: int) -> None:
    """So many posts more in the accounts of a home, all of whose posts were looked through."""
    dice = random.Random(8)  # noqa: S311
    pieces = _pieces(dice)
    with Store.open(home) as store:
        found: list[tuple[int, Reveal]] = []
        before = done = store.posts.count()
        for count, (account, kinds, audiences) in enumerate(ACCOUNTS):
            n = number // len(ACCOUNTS) + (count < number % len(ACCOUNTS))
            archive = NewArchive(
                platform=account.platform,
                layout="made up",
                digest=f"{count:064x}",
                exported="2026-10-31",
                report='{"understood": 3, "ignored": {}, "not_understood": {}, "handle": ""}',
            )
            coming = _posts(dice, pieces, account, kinds, audiences, n, done + 1, found)
            store.posts.take(archive, coming, NOW)
            done += n
        assert store.posts.left_to_search(RULES) == number, "the numbers of posts have gaps"
        assert store.posts.count() == before + number
        store.posts.add_reveals(RULES, done, found)


def _posts(
    dice: random.Random,
    pieces: list[str],
    account: Account,
    kinds: tuple[Kind, ...],
    audiences: tuple[Audience, ...],
    n: int,
    number: int,
    found: list[tuple[int, Reveal]],
) -> Iterator[tuple[str, Post]]:
    step = (NOW - FIRST) / n
    for count in range(n):
        text = " ".join(dice.choices(pieces, k=dice.choice((1, 1, 2, 3))))
        if dice.random() < 0.05:
            kind, lead, hit = dice.choice(GIVEN)
            start = len(text) + 1 + len(lead)
            text = f"{text} {lead}{hit}."
            sure = kind in ("email", "phone") or dice.random() < 0.3
            one = Reveal(kind=kind, start=start, end=start + len(hit), sure=sure)
            found.append((number + count, one))
        if count == n // 2 and account.platform == "tumblr":
            text = "weather and much more. " * 220_000  # a post of 5 MB
        audience = dice.choice(audiences)
        yield (
            account.key,
            Post(
                platform=account.platform,
                id=f"{account.platform}-{count}",
                kind=dice.choice(kinds),
                authored="own" if dice.random() < 0.97 else "others",
                created=FIRST + count * step + timedelta(seconds=dice.randrange(60)),
                precision="second",
                zone="utc",
                text=text,
                audience=audience,
                audience_by="none" if audience == "unknown" else "item-field",
                url=f"https://{account.platform}.example/{count}",
            ),
        )


def _pieces(dice: random.Random) -> list[str]:
    """Sentences of 6 to 24 words; the n-th word is n times rarer than the first."""
    syllables = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er")]
    words = list(
        {"".join(dice.choices(syllables, k=dice.choice((1, 2, 2, 3)))) for _ in range(60_000)}
    )
    words = sorted(words)
    dice.shuffle(words)
    words = words[:_VOCABULARY]
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    made = []
    for count in range(_PIECES):
        said = dice.choices(words, cum_weights=weights, k=dice.randint(6, 24))
        if dice.random() < 0.19:  # of 1.75 sentences on average: in three of ten posts
            said[dice.randrange(len(said))] = COMMON
        if count == 0:
            said[0] = RARE
        made.append(" ".join(said).capitalize() + ".")
    return made
