"""Who was newly refused or let in: by effect, between the files that are there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.traces.dated_files import find
from withhold.traces.history import Change, History, history

NO = "User-agent: GPTBot\nDisallow: /\n"
YES = "User-agent: *\nDisallow: /private/\n"
TOKENS = ("GPTBot", "CCBot")


def kept(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def told(folder: Path, files: dict[str, str], since: date | None = None) -> History:
    kept(folder, files)
    return history(find(folder), TOKENS, "/news/x.html", since=since)


def changes(found: History) -> list[tuple[str, str, str, str, str, bool]]:
    return [
        (one.site, one.token, one.now, one.before.day, one.after.day, one.lasting)
        for site in found.sites
        for one in site.changes
    ]


def test_a_change_lies_between_two_files(tmp_path: Path) -> None:
    found = told(tmp_path, {"a/2025-01-01.txt": YES, "a/2025-06.txt": NO})
    assert changes(found) == [("a", "GPTBot", "refused", "2025-01-01", "2025-06", True)]
    (change,) = found.sites[0].changes
    assert (change.line, change.text, change.after.file) == (2, "Disallow: /", "a/2025-06.txt")


def test_another_text_with_the_same_meaning_is_no_change(tmp_path: Path) -> None:
    other = "# new\nuser-agent: CCBot\nuser-agent: gptbot\nDisallow: /news/\n"
    other += "\nUser-agent: CCBot\nAllow: /news/x"
    found = told(tmp_path, {"a/2025.txt": NO, "a/2026.txt": other})
    assert changes(found) == []


def test_a_file_that_is_gone_lets_nobody_in(tmp_path: Path) -> None:
    table = "site,date,file\na,2024,1.txt\na,2025,gone.txt\na,2026,1.txt\nb,2024,1.txt\nb,2025,\n"
    found = told(tmp_path, {"1.txt": NO, "index.csv": table})
    assert changes(found) == []
    assert [(gap.site, gap.day, gap.why) for one in found.sites for gap in one.gaps] == [
        ("a", "2025", "no-file"),
        ("b", "2024", "only-once"),
        ("b", "2025", "no-file"),
        ("b", "2026", "not-seen"),
    ]
    assert found.sums[0].sites == 1


def test_a_site_that_was_not_looked_at_is_a_gap(tmp_path: Path) -> None:
    files = {f"{day}/{site}.txt": NO for day in ("2024", "2025", "2026") for site in "abc"}
    del files["2025/b.txt"], files["2026/c.txt"]
    found = told(tmp_path, files)
    assert changes(found) == []
    gaps = {(gap.site, gap.day, gap.why) for one in found.sites for gap in one.gaps}
    assert gaps == {("b", "2025", "not-seen"), ("c", "2026", "not-seen")}


def test_a_web_page_in_place_of_the_file_is_a_gap(tmp_path: Path) -> None:
    page = "<!doctype html><title>403</title><p>Forbidden</p>"
    found = told(tmp_path, {"a/2024.txt": NO, "a/2025.txt": page, "a/2026.txt": NO})
    assert changes(found) == []
    assert [gap.why for gap in found.sites[0].gaps] == ["web-page"]


def test_an_empty_file_lets_in_and_says_that_it_is_doubtful(tmp_path: Path) -> None:
    found = told(tmp_path, {"a/2024.txt": NO, "a/2025.txt": ""})
    (change,) = found.sites[0].changes
    assert (change.now, change.line, change.doubts) == ("let-in", None, ("empty-file",))
    assert found.sums[0].doubtful == 1


def test_two_files_of_a_day_that_differ_count_for_nothing(tmp_path: Path) -> None:
    table = "site,date,file\na,2024,n\na,2025,n\na,2025,y\na,2026,n\na,2026,m\n"
    found = told(tmp_path, {"n": NO, "m": NO, "y": YES, "index.csv": table})
    assert changes(found) == []
    assert [(gap.day, gap.why, gap.file) for gap in found.sites[0].gaps] == [
        ("2025", "contradicts", "n"),
        ("2025", "contradicts", "y"),
    ]
    assert found.sites[0].files == 2


@pytest.mark.parametrize(
    ("sitemap", "doubtful"),
    [
        ("https://other.example/sitemap.xml", True),
        ("https://notnews.example/s.xml", True),
        ("https://news.example/s.xml", False),
        ("https://www.news.example/s.xml", False),
        ("https://maps.news.example/s.xml", False),
        ("https://other.example/s.xml\nSitemap: https://news.example/s.xml", False),
        ("/sitemap.xml", False),
    ],
)
@pytest.mark.parametrize("site", ["news.example", "www.news.example"])
def test_a_mislabelled_file_is_used_and_said_to_be_doubtful(
    tmp_path: Path, site: str, sitemap: str, doubtful: bool
) -> None:
    files = {f"{site}/2024.txt": YES, f"{site}/2025.txt": f"{NO}Sitemap: {sitemap}\n"}
    found = told(tmp_path, files)
    (change,) = found.sites[0].changes
    assert change.doubts == (("sitemap-elsewhere",) if doubtful else ())
    assert [file.day for file, _, _ in found.sites[0].doubtful] == (["2025"] if doubtful else [])


def test_back_and_forth_is_in_the_changes_and_not_in_the_sum(tmp_path: Path) -> None:
    found = told(tmp_path, {"a/2024.txt": YES, "a/2025.txt": NO, "a/2026.txt": YES})
    assert [(one.now, one.lasting) for one in found.sites[0].changes] == [
        ("refused", False),
        ("let-in", False),
    ]
    gptbot = found.sums[0]
    assert (gptbot.refused, gptbot.let_in, gptbot.changes) == (0, 0, 2)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2023, 1, 1), [("refused", "2024", "2025-03-01")]),
        (date(2025, 2, 1), [("refused", "2024", "2025-03-01")]),
        (date(2025, 3, 1), []),
        (date(2026, 9, 1), []),
    ],
)
def test_since_is_against_the_last_file_by_then(
    tmp_path: Path, since: date, expected: list[tuple[str, str, str]]
) -> None:
    files = {"a/2024.txt": YES, "a/2025-03-01.txt": NO, "a/2026.txt": NO}
    found = told(tmp_path, files, since)
    assert [(now, before, by) for _, _, now, before, by, _ in changes(found)] == expected


def test_google_reads_what_the_standard_does_not(tmp_path: Path) -> None:
    typo = "User-agent: GPTBot\nDisalow: /\n"
    kept(tmp_path, {"a/2024.txt": YES, "a/2025.txt": typo})
    found = find(tmp_path)
    assert history(found, TOKENS, "/").sites[0].changes == ()
    (change,) = history(found, TOKENS, "/", "google").sites[0].changes
    assert isinstance(change, Change)
    assert change.now == "refused"


STATES = st.sampled_from([NO, YES, "", "User-agent: CCBot\nDisallow: /\n", None])


@given(sites=st.lists(st.lists(STATES, min_size=1, max_size=5), min_size=1, max_size=4))
def test_the_sums_add_up(tmp_path_factory: pytest.TempPathFactory, sites: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("kept")
    rows = ["site,date,file"]
    for site, states in enumerate(sites):
        for year, text in enumerate(states):
            rows.append(f"s{site},{2000 + year},{site}-{year}")
            if text is not None:
                (folder / f"{site}-{year}").write_text(text)
    (folder / "index.csv").write_text("\n".join(rows))
    found = history(find(folder), TOKENS, "/")
    for tally in found.sums:
        assert tally.refused_last == tally.refused_first + tally.refused - tally.let_in
        assert tally.changes >= tally.refused + tally.let_in
        assert tally.sites == sum(sum(one is not None for one in states) > 1 for states in sites)
