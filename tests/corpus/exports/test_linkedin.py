"""LinkedIn's sample: counted again with csv alone; its shares do not match their header."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from tests.corpus.exports.seven import only_its_own, sample

pytestmark = pytest.mark.real

PROFILE = ("Education", "Languages", "Positions", "Profile Summary", "Profile", "Projects",
           "Publications", "Skills")  # fmt: skip


@pytest.fixture(scope="module")
def rows(corpus: Path) -> dict[str, list[list[str]]]:
    """The rows of each file below its first line; Connections has others, and no posts."""
    found = {}
    for path in (corpus / "exports" / "linkedin").glob("**/*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.stem] = list(csv.reader(lines))[1:]
    return found


def test_only_its_own_samples_are_recognised(corpus: Path) -> None:
    only_its_own(corpus, "linkedin")


def test_counts_equal_the_rows(corpus: Path, rows: dict[str, list[list[str]]]) -> None:
    articles = list((corpus / "exports" / "linkedin").glob("**/Articles/*.html"))
    posts, notes = sample(corpus, "linkedin")
    of = Counter(Path(post.source.path).stem for post in posts)
    for name in ("Shares", "Comments", "Rich_Media", "Recommendations_Given",
                 "Recommendations_Received", "Ad_Targeting", *PROFILE):  # fmt: skip
        assert of[name] == len(rows[name]), name
    assert sum(post.kind == "article" for post in posts) == len(articles) == 5
    with_words = [row for row in rows["Invitations"] if row[3].strip()]
    assert of["Invitations"] == sum(row[4] == "OUTGOING" for row in with_words)
    others = {Path(one.path).stem: one.others for one in notes.understood.values() if one.others}
    assert others == {"Invitations": sum(row[4] == "INCOMING" for row in with_words)}
    assert len(posts) == sum(of.values())


def test_shares_are_read_by_their_values(corpus: Path, rows: dict[str, list[list[str]]]) -> None:
    posts, notes = sample(corpus, "linkedin")
    shares = [post for post in posts if Path(post.source.path).stem == "Shares"]
    audiences = {"PUBLIC": "public", "CONNECTIONS": "followers"}
    assert [(post.audience, post.text) for post in shares] == [
        (audiences[row[2]], row[3]) for row in rows["Shares"]
    ]
    assert {post.audience_by for post in shares} == {"item-field"}
    said = {Path(one.path).stem: one.why for one in notes.not_understood}
    assert said.pop("Shares") == "header"
    assert set(said) <= {"Ad_Targeting", "Learning"}


def test_no_message_is_an_own_one_by_accident(corpus: Path) -> None:
    posts, notes = sample(corpus, "linkedin")
    assert notes.account == "fake-ada-byron-lovelace"
    assert not [post for post in posts if post.kind in ("ai-chat", "group-message")]
