"""Instagram's real samples: counted again with ``json`` and ``zipfile`` only, nothing of ours."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from withhold.exports import instagram, threads_in_instagram
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options

pytestmark = pytest.mark.real

ZIP = "instagram/what-if-horizon__what-if-data-donation/IG_public_test_file.zip"
FLAT = "instagram/UtrechtUniversity__anonymize-ddp/2020-layout"


@pytest.fixture(scope="module")
def exports(corpus: Path) -> Path:
    return corpus / "exports"


def read(name: Path) -> tuple[list[Post], Notes]:
    notes = Notes()
    with Files([name], notes) as files:
        return list(instagram.READER.read(files, notes, Options())), notes


def plain(name: Path) -> dict[str, Any]:
    with zipfile.ZipFile(name) as packed:
        return {
            one.filename: json.loads(packed.read(one))
            for one in packed.infolist()
            if one.filename.endswith(".json")
        }


def test_the_archive_of_2025_against_a_plain_count(exports: Path) -> None:
    found, notes = read(exports / ZIP)
    files = plain(exports / ZIP)
    content = "your_instagram_activity/content/"
    posts = files[f"{content}posts_1.json"]
    wanted = {
        f"{content}posts_1.json": 1 if isinstance(posts, dict) else len(posts),
        f"{content}stories.json": len(files[f"{content}stories.json"]["ig_stories"]),
        f"{content}profile_photos.json": len(
            files[f"{content}profile_photos.json"]["ig_profile_picture"]
        ),
        "your_instagram_activity/comments/post_comments_1.json": len(
            files["your_instagram_activity/comments/post_comments_1.json"]
        ),
    }
    assert Counter(post.source.path for post in found) == wanted
    assert sum(wanted.values()) == 9
    lines = sum(len(body["messages"]) for path, body in files.items() if "message_" in path)
    assert sum(one.others for one in notes.understood.values()) == lines  # no sender is the member
    assert set(notes.understood) | set(notes.ignored) == set(files)
    assert notes.not_understood == []


def test_what_that_archive_says_of_its_account(exports: Path) -> None:
    found, notes = read(exports / ZIP)
    said = plain(exports / ZIP)[
        "personal_information/personal_information/personal_information.json"
    ]
    private = said["profile_user"][0]["string_map_data"]["Private Account"]["value"]
    assert private == "True"
    assert [one.value for one in notes.settings if one.control] == ["followers"]
    assert {
        (post.audience, post.audience_by) for post in found if "stories" in post.source.path
    } == {("followers", "account-setting")}
    notices = [one.value for one in notes.settings if one.name == "policy-notice"]
    assert notices == ["DEFAULT_NOT_SEEN", "DEFAULT_NOT_SEEN"]


def test_the_flat_sample_against_a_plain_count(exports: Path) -> None:
    found, notes = read(exports / FLAT)
    media = json.loads((exports / FLAT / "media.json").read_bytes())
    wanted = [one for listed in media.values() for one in listed]
    assert len(wanted) == 107
    of_media = [post for post in found if post.source.path == "media.json"]
    assert Counter((post.text, post.media[0].path) for post in of_media) == Counter(
        (one["caption"], one["path"]) for one in wanted
    )
    assert len(found) == 108  # and the text of the profile
    assert notes.not_understood == []
    assert sum(why == "no-content" for why in notes.ignored.values()) == 3


def test_no_other_platforms_sample_is_taken_for_instagrams(exports: Path) -> None:
    for reader in (instagram.READER, threads_in_instagram.READER):
        hits = []
        for folder in sorted(exports.iterdir()):
            if folder.is_dir():
                for one in (
                    folder,
                    *(p for p in folder.rglob("*") if p.suffix in (".zip", ".json")),
                ):
                    with Files([one], Notes()) as files:
                        if reader.names(files.paths) or reader.structure(files):
                            hits.append(one.relative_to(exports).parts[0])
        assert set(hits) == ({"instagram"} if reader.platform == "instagram" else set())


def test_listings_of_real_archives_are_told_apart(exports: Path) -> None:
    def listing(name: str) -> list[str]:
        found = next(exports.glob(f"*/what-if-horizon__what-if-data-donation/{name}_merged*.csv"))
        with found.open(encoding="utf-8-sig", newline="") as lines:
            return sorted({row["file_path"] for row in csv.DictReader(lines)})

    assert instagram.names(listing("IG")) is not None
    assert instagram.names(listing("FB")) is None  # although two files in it are Instagram's
