"""What names say about parts, and what they must not be taken to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.exports.part_names import MISSING_AT_MOST, grouped, missing, part_of


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("takeout-20260101T000000Z-001.zip", ("takeout-20260101T000000Z", 1, 0)),
        ("takeout-20260101T000000Z-1-012.tgz", ("takeout-20260101T000000Z-1", 12, 0)),
        ("instagram-ada-2026-01-01-xY12-2-of-5.zip", ("instagram-ada-2026-01-01-xY12", 2, 5)),
        ("export 3 of 4.zip", ("export", 3, 4)),
        ("Export_1_von_2.ZIP", ("Export", 1, 2)),
        ("mastodon_part2.tar.gz", ("mastodon", 2, 0)),
        ("72157_abc_part1.zip", ("72157_abc", 1, 0)),
        ("data-download-3.zip", ("data-download", 3, 0)),
        ("linkedin (1).zip", ("linkedin", 0, 0)),
        ("x-1-of-2 (1).zip", ("x", 1, 2)),
        ("Basic_LinkedInDataExport_01-02-2026.zip", ("Basic_LinkedInDataExport_01-02-2026", 0, 0)),
        ("facebook-ada-2026-01-02.zip", ("facebook-ada-2026-01-02", 0, 0)),
        ("tweets-part1.js", ("tweets-part1.js", 0, 0)),
        ("5-of-5.zip", ("", 5, 5)),
        ("ig-part1of3.zip", ("ig", 1, 3)),
        ("x-2026-01-02-9f3de45.zip", ("x-2026-01-02-9f3de45", 0, 0)),
    ],
)
def test_a_name_gives_stem_number_and_total(name: str, said: tuple[str, int, int]) -> None:
    assert part_of(name) == said


@pytest.mark.parametrize(
    ("names", "gone"),
    [
        (["a-001.zip", "a-003.zip"], [("a", 2, 0)]),
        (["a-1-of-3.zip"], [("a", 2, 3), ("a", 3, 3)]),
        (["a-002.zip", "b-001.zip"], [("a", 1, 0)]),
        (["a-000.zip", "a-002.zip"], [("a", 1, 0)]),
        (["a-001.zip", "a-002.zip"], []),
        (["a.zip", "a (1).zip", "a (7).zip"], []),
        (["a-2026-01-02.zip"], []),
        ([], []),
    ],
)
def test_missing_parts(names: list[str], gone: list[tuple[str, int, int]]) -> None:
    assert list(missing(names)) == gone


def test_a_name_that_says_a_thousand_million_parts_names_a_hundred() -> None:
    assert len(list(missing(["a-1-of-999999999.zip"]))) == MISSING_AT_MOST


def test_files_are_grouped_into_archives(tmp_path: Path) -> None:
    names = [
        tmp_path / name
        for name in (
            "takeout-X-002.zip", "linkedin.zip", "takeout-X-001.zip", "ig-2-of-2.zip",
            "linkedin (1).zip", "outbox.json", "ig-1-of-2.zip", "posts.csv", "linkedin.zip",
        )
    ]  # fmt: skip
    folder = tmp_path / "unpacked.zip"
    folder.mkdir()
    other = tmp_path / "elsewhere" / "linkedin.zip"
    found = grouped([*names, folder, other])
    assert [tuple(name.relative_to(tmp_path).as_posix() for name in one) for one in found] == [
        ("takeout-X-001.zip", "takeout-X-002.zip"),
        ("linkedin.zip", "linkedin (1).zip"),
        ("ig-1-of-2.zip", "ig-2-of-2.zip"),
        ("outbox.json",),
        ("posts.csv",),
        ("unpacked.zip",),
        ("elsewhere/linkedin.zip",),
    ]
