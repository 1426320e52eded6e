"""How much of what members wrote the reader finds, held against the paths of real archives.

The listing names every JSON path of donated archives (no values). The rule that chooses the paths
to be read is stated here, not taken from the reader: a *string*, in a file of a *folder* where
members post or write, under a *key* that holds a person's words, in a file that is not one of
``BOOKKEEPING`` and not at a place of ``NOT_THEIRS``. At each such path stands a marker of its own.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from withhold.exports import facebook
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.reader import Options

pytestmark = pytest.mark.real

LISTING = "facebook/what-if-horizon__what-if-data-donation/FB_merged_structure_annotated.csv"
OWNER = "Ada Beispiel"
FOLDERS = {
    "posts", "album", "comments_and_reactions", "groups", "your_group_messages", "stories", "reels",
    "notes", "polls", "events", "facebook_marketplace", "messages", "inbox", "archived_threads",
    "$USERNAME", "dating",
}  # fmt: skip
FILES = {"profile_information", "profile_update_history", "places_you've_created"}
KEYS = {
    "post", "comment", "content", "text", "share_text", "description", "message", "subject",
    "answer", "intro", "value", "title", "name",
}  # fmt: skip
BOOKKEEPING = re.compile(
    # what somebody pressed, not wrote; whom they invited; what the site shows or remembers
    r"likes_and_reactions|settings|preferences|invit|badges|device|notification|active_days|tooltip"
    r"|search_history|poll|membership_activity|your_groups|join_requests|shortcuts|anonymous_mode"
    r"|participation_requests|engaging|violating|responses|hidden|cart_|how_active|survey|tagged_in"
    r"|group_post_tags|facebook_editor|contacts|install_information|media_used_for_memories"
    r"|content_sharing_links|secret_conversations|autofill|your_dating_activity"
)
NOT_THEIRS = re.compile(
    # Facebook's sentence about a record or an event beside it; names of people and of threads;
    # headlines of groups of labels; the page that a link leads to; Facebook's data of a person
    r"^title$|^[a-z_]+_v2/title$|participants/name|label_values/(dict/)*title$"
    r"|external_context/name|family_members|previous_names|support_messages/\d+/subject"
)

Row = dict[str, Any]


def listed(corpus: Path) -> dict[str, list[Row]]:
    """The paths of each file: the keys, where lists stand, the type."""
    files: dict[str, list[Row]] = defaultdict(list)
    with (corpus / "exports" / LISTING).open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if "your_instagram_activity" in row["file_path"]:
                continue
            keys = json.loads(row["path"]) if row["path"] not in ("", "NA") else []
            there = row["list_path"] not in ("", "NA")
            lists = json.loads(row["list_path"]) if there else None
            files[row["file_path"]].append(
                {"keys": keys, "list": lists, "type": row["data_type"], "file": row["file_path"]}
            )
    return files


def why_not(row: Row) -> str:
    """Why the rule of the module's docstring leaves a path out; empty where it is chosen."""
    parts = row["file"].split("/")
    stem = parts[-1].removesuffix(".json")
    where = "/".join(row["keys"])
    if row["type"] != "string" or not row["keys"]:
        return "no string"
    if not (FOLDERS & set(parts[:-1]) or stem in FILES):
        return "folder"
    if row["keys"][-1] not in KEYS:
        return "key"
    if BOOKKEEPING.search(stem):
        return "bookkeeping"
    return "not theirs" if NOT_THEIRS.search(where) else ""


def document(rows: list[Row], markers: dict[tuple[str, str], str]) -> Any:
    """A document with every path of a file, one entry in each list."""
    lists = {tuple(row["list"]) for row in rows if row["list"] is not None}
    root: Any = {}
    for row in sorted(rows, key=lambda row: row["type"] == "array"):
        if not row["keys"]:
            continue
        node = root
        for depth, key in enumerate(row["keys"][:-1], 1):
            if tuple(row["keys"][:depth]) in lists:
                entries = node.setdefault(key, [{}])
                node = entries[0] if entries and isinstance(entries[0], dict) else {}
            else:
                node = node.setdefault(key, {}) if isinstance(node, dict) else {}
            if not isinstance(node, dict):
                node = {}
        last = row["keys"][-1]
        if row["type"] == "array":  # empty where the listing was made, so nothing is known of it
            node.setdefault(last, [])
            continue
        value = markers.get((row["file"], "/".join(row["keys"])), filler(row))
        scalars = tuple(row["keys"]) in lists
        node[last] = [value] if scalars else value
    return [root] if () in lists else root


def filler(row: Row) -> Any:
    """What stands at a path that is not chosen."""
    last = row["keys"][-1]
    if row["type"] == "number":
        return 1_600_000_000_000 if last.endswith("_ms") else 1_600_000_000
    if row["type"] == "boolean":
        return False
    if last in ("full_name", "sender_name", "author", "from"):
        return OWNER
    if "participants" in row["keys"]:
        return OWNER
    if last == "uri":
        return f"media/{abs(hash((row['file'], *row['keys'])))}.jpg"
    return "https://a.example/" if last in ("url", "href", "link") else f"{last}:"


@pytest.fixture(scope="module")
def found(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """``read`` and ``missed``: the chosen paths, each as ``file keys``."""
    folder = tmp_path_factory.mktemp("facebook")
    files = listed(corpus)
    markers: dict[tuple[str, str], str] = {}
    for rows in files.values():
        for row in rows:
            if why_not(row):
                continue
            where = row["file"], "/".join(row["keys"])
            markers[where] = markers.get(where, f"Merkwort{len(markers)}x")
    for name, rows in files.items():
        path = folder / name.replace("$USERNAME", "ada_1")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document(rows, markers)), encoding="utf-8")
    notes = Notes()
    out = []
    with Files([folder], notes) as archive:
        for post in facebook.read(archive, notes, Options()):
            out.append(post.text)
            out += [one.text for one in post.media]
        assert set(archive.paths) == {
            *notes.understood,
            *notes.ignored,
            *(one.path for one in notes.not_understood),
        }
    seen = set(re.findall(r"Merkwort\d+x", "\n".join(out)))
    told: dict[str, list[str]] = {"read": [], "missed": []}
    for (name, where), marker in markers.items():
        told["read" if marker in seen else "missed"].append(f"{name} {where}")
    return told


def test_at_least_nine_tenths_of_the_paths_are_read(found: dict[str, list[str]]) -> None:
    """147 of 148 paths; the same over shapes, so that 20 albums do not count twenty times."""
    assert len(found["read"]) == 147
    # the dating profile's picture; its title is the album's name
    assert [one.rpartition("/")[0] for one in found["missed"]] == [
        "your_facebook_activity/dating/your_dating_profile.json dating_profile_v2/profile_picture"
    ]
    shapes = {shape(one) for one in found["read"]}, {shape(one) for one in found["missed"]}
    assert len(shapes[0] - shapes[1]) == 61
    assert len(shapes[0] | shapes[1]) == 62


def shape(one: str) -> str:
    """A path without the tree it stands in and without numbers: the same in every layout."""
    name, _, where = one.partition(" ")
    return re.sub(r"\d+", "#", "/".join(name.split("/")[-2:]) + " " + where)


def test_what_the_rule_leaves_out(corpus: Path) -> None:
    """So that the share cannot be made to look better by leaving more out unseen."""
    rows = [row for rows in listed(corpus).values() for row in rows]
    distinct = {(row["file"], *row["keys"], row["type"]): why_not(row) for row in rows}
    assert Counter(distinct.values()) == {
        "": 148,
        "no string": 1122,
        "folder": 1234,
        "key": 549,
        "bookkeeping": 116,
        "not theirs": 55,
    }
