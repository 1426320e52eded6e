"""How much of what real archives of Instagram hold is read: by the paths in them, without contents.

The listing names the JSON paths of donated archives of 2024 and 2025. An archive is built from it,
with a word of its own at each text; then it is counted which words come out in posts.

The rule: *strings* under a key that holds words (TEXT), in the files of what a member published or
wrote (FILES), but for what is not the member's words at all (NOT_WORDS, each with its reason).
What is counted and not read stands in NOT_READ, and nothing else may be missing.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.archives.made.truth import packed

from withhold.exports.instagram import READER
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.reader import Options

pytestmark = pytest.mark.real

LISTING = (
    "exports/instagram/what-if-horizon__what-if-data-donation/IG_merged_structure_annotated.csv"
)
FILES = re.compile(
    r"(content|media)/\w+\.json|comments/\w+\.json|\$USERNAME/(message|replies)_\d\.json"
    r"|reported_conversations\.json|/questions\.json|threads/(threads_and_replies|personal_\w+)\.json"
    r"|personal_information/(personal_information|reposts|profile_changes)\.json"
)
TEXT = {"title", "value", "content", "reply_content", "share_text"}
NOT_WORDS = {
    "names, handles and addresses": re.compile(
        r"string_map_data/(Media Owner|Username|Name|Email|Website|Links|Phone \w+|Phone Number)/"
    ),
    "settings and facts about the account": re.compile(
        r"string_map_data/(Gender|Date of birth|Birthday|Private Account|Emoji Pong High Score"
        r"|Phone Confirmed|Phone Confirmation Method|Onboarding Time|Music on profile"
        r"|Is Eligible.*|Profile Shows.*|Changed|Change Date|Time of repost)/"
    ),
    "the platform's headings": re.compile(
        r"(profile_user|text_post_app_profile|profile_change|media_reposts)\[\]/title$"
        r"|story_activities_questions\[\]/title$"
    ),
    "the name of a conversation": re.compile(r"(message|replies)_\d\.json#/title$"),
    "others' words": re.compile(r"share/share_text$"),
}
NOT_READ = {
    "profile_user[]/media_map_data/Profile Photo/title": "profile_photos.json has it too",
    "string_map_data/Previous Value/value": "an old value of any field, also e-mail and phone",
    "string_map_data/New Value/value": "a value of any field, also e-mail and phone",
}


@pytest.fixture(scope="module")
def rows(corpus: Path) -> list[dict[str, str]]:
    with (corpus / LISTING).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def steps(row: dict[str, str]) -> list[str]:
    """The way to a value: ``key[]`` is a list, other keys are objects."""
    lists = [] if row["list_path"] == "NA" else json.loads(row["list_path"])
    lists = [key if key.endswith("_metadata") else f"{key}[]" for key in lists]
    return [*lists, *json.loads(row["subfield_path"])]


def counts(path: str, way: list[str]) -> bool:
    whole = f"{path}#/{'/'.join(way)}"
    return way[-1] in TEXT and not any(one.search(whole) for one in NOT_WORDS.values())


def put(into: Any, way: list[str], value: Any) -> None:
    """Sets a value deep down; of variants of one path, the fuller one stays."""
    for key in (one.removesuffix("[]") for one in way[:-1]):
        if not into.get(key):
            into[key] = [{}] if f"{key}[]" in way else {}
        into = into[key][0] if isinstance(into[key], list) else into[key]
    into.setdefault(way[-1], value)


def built(rows: list[dict[str, str]]) -> tuple[dict[str, bytes], dict[str, str]]:
    """The archive of the listing, and the words that ought to come out, with their paths."""
    kinds: dict[str, Any] = {"number": 1_700_000_000, "boolean": True, "array": []}
    files: dict[str, dict[str, Any]] = defaultdict(dict)
    words: dict[str, str] = {}
    for number, row in enumerate(rows):
        path, way = row["file_path"], steps(row)
        if f"{path}#/{'/'.join(way)}" in words.values():
            continue  # the listing was made twice
        value = kinds.get(row["data_type"], "x")
        if row["data_type"] == "string" and way[-1] == "uri":
            value = f"media/posts/{number}.jpg"
        elif row["data_type"] == "string" and (
            way[-1] == "sender_name" or "/Name/" in "/".join(way)
        ):
            value = "The Member"
        elif row["data_type"] == "string" and FILES.search(path) and counts(path, way):
            value = f"word-{number:04}"
            words[value] = f"{path}#/{'/'.join(way)}"
        put(files[path], way, value)
    listed = re.compile(r"posts_1|post_comments_1")  # a list without a key
    return {
        path.replace("$USERNAME", f"someone_{number}"): json.dumps(
            [body] if listed.search(path) else body
        ).encode()
        for number, (path, body) in enumerate(sorted(files.items()))
    }, words


@pytest.fixture(scope="module")
def read(
    rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[set[str], Notes]:
    files, words = built(rows)
    notes = Notes()
    with Files([packed(files, tmp_path_factory.mktemp("paths"))], notes) as archive:
        posts = list(READER.read(archive, notes, Options()))
    said = "\n".join(
        text for post in posts for text in (post.text, *(one.text for one in post.media))
    )
    return {word for word in words if word in said}, notes


def test_the_share_of_texts_read(rows: list[dict[str, str]], read: tuple[set[str], Notes]) -> None:
    _, words = built(rows)
    found, _ = read
    missing = {words[word] for word in set(words) - found}
    assert {way for way in missing if not any(way.endswith(end) for end in NOT_READ)} == set()
    assert (len(words), len(found)) == WORDS
    assert len(found) / len(words) >= 0.9


WORDS = (33, 30)
"""Texts of the listing by the rule, and those that are read."""


def test_every_file_of_the_listing_is_somewhere(read: tuple[set[str], Notes]) -> None:
    _, notes = read
    assert [(one.path, one.why) for one in notes.not_understood] == []


def test_every_reason_for_not_reading_is_needed(
    rows: list[dict[str, str]], read: tuple[set[str], Notes]
) -> None:
    _, words = built(rows)
    found, _ = read
    for end in NOT_READ:
        assert any(words[word].endswith(end) for word in set(words) - found), end
    ways = ["#/".join((row["file_path"], "/".join(steps(row)))) for row in rows]
    for why, pattern in NOT_WORDS.items():
        assert any(pattern.search(way) for way in ways), why


def test_places_of_pictures_are_read(rows: list[dict[str, str]]) -> None:
    ways = {"/".join(steps(row)[-3:]) for row in rows if steps(row)[-1] == "latitude"}
    assert ways == {"photo_metadata/exif_data[]/latitude", "video_metadata/exif_data[]/latitude"}
