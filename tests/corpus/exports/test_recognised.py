"""Every sample against every reader: as it lies, as a folder, as a zip, below a folder of its own.

The table was filled in by hand from the names of the files. ``alone`` says whether those names are
the platform's own, so that a listing tells; a sample whose file was renamed by whoever published
it cannot be told by its listing, or only by a name that is not the platform's.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple
from zipfile import ZipFile

import pytest

from withhold.errors import BadInput
from withhold.exports.notes import Notes
from withhold.exports.opened import open_archive, readers
from withhold.exports.parts import Files

pytestmark = pytest.mark.real


class Sample(NamedTuple):
    path: str
    platform: str
    """Empty = nobody's."""
    alone: Literal["yes", "by the ending", "renamed", "no"]
    """Whether the listing is enough: the platform's own names; an ending that is one format's;
    names that whoever published the sample gave, told with luck or not at all (``no``)."""


SAMPLES = (
    Sample("bluesky/bluesky-social__indigo", "bluesky", "by the ending"),
    Sample("chatgpt/joeamroo__knowledgemaxxing", "chatgpt", "renamed"),
    Sample("claude/joeamroo__knowledgemaxxing", "claude", "renamed"),
    Sample("facebook/pedrofuentes__kawsay", "facebook", "yes"),
    Sample("instagram/UtrechtUniversity__anonymize-ddp", "instagram", "yes"),
    Sample(
        "instagram/what-if-horizon__what-if-data-donation/IG_public_test_file.zip",
        "instagram",
        "yes",
    ),
    Sample("linkedin/silkyrich__linkedin-export-viewer", "linkedin", "yes"),
    Sample("medium/TryGhost__migrate", "medium", "yes"),
    Sample("reddit/DoubleGremlin181__potluck", "reddit", "yes"),
    Sample("reddit/joeamroo__knowledgemaxxing", "reddit", "yes"),
    Sample("substack/TryGhost__migrate", "substack", "yes"),
    Sample("tiktok/what-if-horizon__what-if-data-donation", "tiktok", "yes"),
    Sample("wordpress/TryGhost__migrate", "wordpress", "no"),
    Sample("wordpress/WordPress__theme-test-data", "wordpress", "renamed"),
    Sample("x/dogsheep__twitter-to-sqlite", "x", "yes"),
    Sample("x/joeamroo__knowledgemaxxing", "x", "yes"),
    Sample(
        "youtube/what-if-horizon__what-if-data-donation/YT_public_test_file.zip", "youtube", "yes"
    ),
    # My Activity of all of Google: the prompts to Gemini in it are read with Takeout.
    Sample("google-takeout/joeamroo__knowledgemaxxing", "youtube", "yes"),
    Sample("google-photos/simulot__immich-go", "", "no"),
    Sample("goodreads/bookwyrm-social__bookwyrm", "", "no"),
    Sample("sample-platform/uvacw__osd2f/sample-platform-russellrodney-3", "", "no"),
    # A table of paths is no archive, though it is about one.
    Sample("facebook/what-if-horizon__what-if-data-donation", "", "no"),
)
NESTED = (
    "instagram/what-if-horizon__what-if-data-donation",
    "youtube/what-if-horizon__what-if-data-donation",
    "sample-platform/uvacw__osd2f",
)
"""Folders in which an archive lies packed: it is to be given by itself."""
BY_NAME = [pytest.param(sample, id=sample.path[:40]) for sample in SAMPLES]


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a folder or zip."""
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file():
                yield one.relative_to(path).as_posix(), one.read_bytes()
        return
    with ZipFile(path) as packed:
        for name in packed.namelist():
            if not name.endswith("/"):
                yield name, packed.read(name)


def forms(path: Path, to: Path) -> Iterator[tuple[str, Path]]:
    """The sample as people have it: packed or not, with a folder around everything or without."""
    yield "as it lies", path
    for top in ("", "my archive of 2026/"):
        name = to / f"packed{len(top)}.zip"
        folder = to / f"unpacked{len(top)}"
        with ZipFile(name, "w") as packed:
            for inside, body in contents(path):
                packed.writestr(top + inside, body)
        with ZipFile(name) as packed:
            packed.extractall(folder)
        yield f"zip, {top or 'flat'}", name
        yield f"folder, {top or 'flat'}", folder


def answers(path: Path) -> dict[str, tuple[bool, bool]]:
    """By reader that says anything: whether by the listing, whether by the first bytes."""
    with Files([path], Notes()) as files:
        found = {
            one.platform: (one.names(files.paths) is not None, one.structure(files) is not None)
            for one in readers()
        }
    return {platform: said for platform, said in found.items() if any(said)}


@pytest.mark.parametrize("sample", BY_NAME)
def test_its_own_reader_says_yes_and_no_other(sample: Sample, corpus: Path, tmp_path: Path) -> None:
    expected = {sample.platform: (sample.alone != "no", True)} if sample.platform else {}
    for form, path in forms(corpus / "exports" / sample.path, tmp_path):
        assert answers(path) == expected, form
        if sample.platform:
            with open_archive(path) as archive:
                assert archive.platform == sample.platform, form
        else:
            with pytest.raises(BadInput):
                open_archive(path)


@pytest.mark.parametrize("name", NESTED)
def test_an_archive_inside_a_folder_is_nobodys(name: str, corpus: Path) -> None:
    path = corpus / "exports" / name
    assert answers(path) == {}
    with pytest.raises(BadInput, match="archive"):
        open_archive(path)


@pytest.mark.parametrize(
    ("name", "was"),
    [
        ("chatgpt/joeamroo__knowledgemaxxing/conversations_chatgpt.json", "chatgpt"),
        ("claude/joeamroo__knowledgemaxxing/conversations_claude.json", "claude"),
    ],
)
def test_conversations_under_the_name_that_both_platforms_give(
    name: str, was: str, corpus: Path, tmp_path: Path
) -> None:
    """Real exports of both call it ``conversations.json``: the keys tell them apart."""
    shutil.copyfile(corpus / "exports" / name, tmp_path / "conversations.json")
    for path in (tmp_path, tmp_path / "conversations.json"):
        with open_archive(path) as archive:
            assert archive.platform == was
        assert {platform for platform, (_, keys) in answers(path).items() if keys} == {was}


def test_every_sample_stands_in_the_table(corpus: Path) -> None:
    there = {
        path.relative_to(corpus / "exports").as_posix()
        for path in (corpus / "exports").glob("*/*")
        if path.is_dir()
    }
    named = {sample.path for sample in SAMPLES} | set(NESTED)
    inside = {path for path in named if any(path.startswith(f"{one}/") for one in NESTED)}
    assert there == named - inside
    assert {sample.platform for sample in SAMPLES} >= {
        one.platform for one in readers() if one.platform not in ("mastodon", "tumblr")
    }
