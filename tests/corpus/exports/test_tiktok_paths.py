"""How much of what real archives of TikTok hold is read: by the paths in them, without contents.

The listing names the JSON paths of donated archives of 2023 to 2025. A document is built from all
of them, with a word of its own at every string; then it is counted which words come out in posts.

The rule: *strings* under a key that holds words (TEXT) are what a member posted, or wrote to
others, but for what is not that at all (OTHER, each with its reason). What is counted and not read
stands in NOT_READ, and nothing else may be missing.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.archives.made.truth import reading

from withhold.exports.post import Post
from withhold.exports.tiktok import READER

pytestmark = pytest.mark.real

LISTING = "exports/tiktok/what-if-horizon__what-if-data-donation/TT_merged_structure_annotated.csv"
TEXT = re.compile(
    r"(comment|content|title|text|description|location|place_?name|display_?name|note|message)$",
    re.IGNORECASE,
)
OTHER = {
    "the platform's own words and labels": re.compile(
        r"ActivitySummaryMap/note|SharedContent|VoucherText|ContentDisclosure|AIGeneratedContent"
    ),
    "switches": re.compile(r"SettingsMap/"),
}
NOT_READ = {
    "TikTok Shop/Order History/OrderHistories/7/customer_note": "written to one shop with an order",
}
CONCLUDED = {"AdInterestCategories", "inferredGender"}
ME = "the.owner"


@pytest.fixture(scope="module")
def ways(corpus: Path) -> list[tuple[list[str], list[str]]]:
    """Each string: the way to a list (empty if none) and the way from there."""
    with (corpus / LISTING).open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["data_type"] == "string"]
    found = [(json.loads(row["list_path"]), json.loads(row["subfield_path"])) for row in rows]
    return [
        tuple(["7" if key == "$NUMBER" else key for key in way] for way in pair)  # type: ignore[misc]
        for pair in found
    ]


def value(way: list[str], number: int) -> str:
    key = way[-1] if way else ""
    if key in ("userName", "From"):
        return ME
    if key.lower().endswith(("date", "time", "timestamp")) or key == "DateDeleted":
        return "2024-11-24 08:55:16"
    return f"word{number:04d}."


def whole(ways: list[tuple[list[str], list[str]]]) -> tuple[dict[str, Any], dict[str, str]]:
    """The document, and which path each word stands at."""
    document: dict[str, Any] = {}
    words: dict[str, str] = {}
    for number, (to_list, rest) in enumerate(ways):
        into = document
        if to_list:
            for key in to_list[:-1]:
                into = into.setdefault(key, {})
            records = into.setdefault(to_list[-1], [{}])
            if not rest:
                continue  # a list of bare strings; none of the listing's holds words
            into = records[0]
        for key in rest[:-1]:
            into = into.setdefault(key, {})
        into[rest[-1]] = value(rest, number)
        words[into[rest[-1]]] = "/".join((*to_list, *rest))
    return document, {word: path for word, path in words.items() if word.startswith("word")}


@pytest.fixture(scope="module")
def read(
    ways: list[tuple[list[str], list[str]]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Post], dict[str, str]]:
    document, words = whole(ways)
    body = json.dumps(document).encode()
    posts, _ = reading(READER, {"user_data.json": body}, tmp_path_factory.mktemp("t"))
    return posts, words


def counted(path: str) -> bool:
    return bool(TEXT.search(path)) and not any(one.search(path) for one in OTHER.values())


def test_at_least_nine_of_ten_texts_are_read(read: tuple[list[Post], dict[str, str]]) -> None:
    posts, words = read
    said = "\n".join(post.text for post in posts if post.authored == "own")
    texts = {path: word for word, path in words.items() if counted(path)}
    missing = {path for path, word in texts.items() if word not in said}
    assert missing == set(NOT_READ)
    assert len(texts) == 22  # of 259 strings; three conversations are three of them
    assert 1 - len(missing) / len(texts) >= 0.95


def test_nothing_else_is_taken_for_a_post(read: tuple[list[Post], dict[str, str]]) -> None:
    posts, words = read
    for post in posts:
        for word in re.findall(r"word\d{4}\.", post.text):
            path = words[word]
            if path.rsplit("/", 1)[-1] in CONCLUDED:
                assert post.authored == "about-me"
            else:
                assert counted(path), path


def test_every_place_of_the_listing_is_a_place_of_the_document(
    ways: list[tuple[list[str], list[str]]],
) -> None:
    _, words = whole(ways)
    assert len(words) > 150
    assert {path.split("/")[0] for path in words.values()} > {"Post", "Video", "Comment", "Profile"}
