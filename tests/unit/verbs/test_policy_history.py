"""Dated policies of a folder: which files count, which service is meant, and what is left of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from withhold.errors import BadInput, NotFound
from withhold.policies.replay import Dated
from withhold.verbs.policy_files import READ_AT_MOST, holds_policies, kept_in, text_of
from withhold.verbs.policy_history import of_files, slug

FILLER = "\n\n".join(f"Line {n} tells how letters of that kind are sorted here." for n in range(14))
TRAINS = "We use the posts that you publish to train our AI models."


def write(folder: Path, file: str, text: str = FILLER) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for service in ("quillery", "inkwell"):
        write(tmp_path, f"{service}/privacy@north/2024-01-01.md")
        write(tmp_path, f"{service}/privacy@north/2025-01-01.md", f"{FILLER}\n\n{TRAINS}")
        write(tmp_path, f"{service}/terms/2024-01-01.html", "<p>Terms of sorting letters.</p>")
    return tmp_path


def test_what_a_folder_holds_is_told_by_its_names(folder: Path, tmp_path: Path) -> None:
    assert holds_policies(folder)
    robots = tmp_path / "robots"
    write(robots, "a.example/2025-01-01.txt")
    assert not holds_policies(robots)
    assert not holds_policies(tmp_path / "none")
    write(robots, "index.csv", "site,date,file\n")
    assert not holds_policies(robots)
    write(robots, "index.csv", "\ufeffdate,file,service,doc,more\n")
    assert holds_policies(robots)
    (robots / "index.csv").write_bytes(b"service,doc,date,file,\xff\n")
    assert not holds_policies(robots)


@pytest.mark.parametrize(
    ("name", "start", "charset"),
    [
        ("2024-01-01.md", "", "cp1252"),
        ("2024-01-01.TXT", "\ufeff", "utf-16-le"),
        ("2024-01-01.md", "\ufeff", "utf-8"),
        ("2024-01-01.html", "<meta charset=windows-1252><p>", "cp1252"),
        ("2024-01-01.html", "<p>", "cp1252"),
    ],
)
def test_a_no_in_another_charset_stays_a_no(
    tmp_path: Path, name: str, start: str, charset: str
) -> None:
    file = tmp_path / "quillery" / "privacy" / name
    file.parent.mkdir(parents=True)
    said = "We don\u2019t use the posts that you publish to train our AI models."
    file.write_bytes(f"{start}{said}".encode(charset))
    assert holds_policies(tmp_path)
    (past,) = of_files(tmp_path).documents
    assert [one.says for one in past.now] == ["no"]


def test_files_by_document_and_day(folder: Path) -> None:
    write(folder, "quillery/terms/notes.md")
    write(folder, "quillery/terms/2025-13-01.md")
    write(folder, "quillery/terms/2025-02-01.pdf")
    found, gaps = kept_in(folder)
    assert [one.name for one in found] == [
        "inkwell/privacy@north",
        "inkwell/terms",
        "quillery/privacy@north",
        "quillery/terms",
    ]
    assert [one.day for one in found[0].versions] == [date(2024, 1, 1), date(2025, 1, 1)]
    assert found[0].versions[0].size == len(FILLER)
    assert [(one.why, one.where) for one in gaps] == [
        ("bad-name", "quillery/terms/2025-13-01.md"),
        ("bad-name", "quillery/terms/notes.md"),
    ]
    assert {one.service for one in kept_in(folder, "inkwell")[0]} == {"inkwell"}


def test_two_files_of_a_day_are_one_version_and_a_gap(folder: Path) -> None:
    write(folder, "quillery/terms/2024-01-01.md")
    found, gaps = kept_in(folder, "quillery")
    assert [one.where for one in found[1].versions] == ["quillery/terms/2024-01-01.html"]
    assert [(one.why, one.where) for one in gaps] == [("twice", "quillery/terms/2024-01-01.md")]


def test_a_link_out_of_the_folder_and_a_long_file_are_gaps(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.md"
    secret.write_text("secret")
    (folder / "inkwell" / "terms" / "2025-01-01.md").symlink_to(secret)
    with (folder / "inkwell" / "terms" / "2025-02-01.md").open("wb") as stream:
        stream.truncate(READ_AT_MOST + 1)
    (folder / "inkwell" / "terms" / "2025-03-01.md").mkdir()
    gaps = kept_in(folder)[1]
    assert [one.why for one in gaps] == ["outside", "too-long", "unreadable"]


def test_a_table_that_is_none_is_said(folder: Path) -> None:
    (folder / "index.csv").write_bytes(b"service,doc,date,file\na,b,2025-01-01,\xff\n")
    with pytest.raises(BadInput, match="no CSV file in UTF-8"):
        kept_in(folder)


def test_a_text_is_read_as_what_it_is_written_in(folder: Path) -> None:
    def of(file: str) -> Dated:
        return Dated(day=date(2025, 1, 1), size=1, where=file)

    assert text_of(folder, of("quillery/terms/2024-01-01.html")) == (
        "<p>Terms of sorting letters.</p>",
        "html",
    )
    assert text_of(folder, of("quillery/privacy@north/2024-01-01.md")) == (FILLER, "markdown")
    assert text_of(folder, of("quillery/terms/gone.md")) is None


def test_the_history_of_one_service_or_one_document(folder: Path) -> None:
    assert [one.name for one in of_files(folder, "Quillery").documents] == [
        "quillery/privacy@north",
        "quillery/terms",
    ]
    for asked in ("quillery/privacy", "quillery/privacy@north"):
        (one,) = of_files(folder, asked).documents
        assert one.name == "quillery/privacy@north"
        assert (one.versions, one.used) == (2, 2)
        assert (one.first, one.last) == (date(2024, 1, 1), date(2025, 1, 1))
        assert [step.noticed for step in one.steps] == [False, True]
        assert [clause.sentence for clause in one.now] == [TRAINS]
        assert not one.silent


def test_every_service_only_when_asked(folder: Path) -> None:
    assert len(of_files(folder, every=True).documents) == 4
    with pytest.raises(BadInput, match="2 services"):
        of_files(folder)
    with pytest.raises(NotFound, match="quilery"):
        of_files(folder, "quilery")
    with pytest.raises(NotFound, match="quillery/imprint"):
        of_files(folder, "quillery/imprint")


def test_since_a_day_leaves_out_steps_and_not_what_they_rest_on(folder: Path) -> None:
    (one,) = of_files(folder, "inkwell/privacy", since=date(2024, 1, 1)).documents
    assert [step.version.day for step in one.steps] == [date(2025, 1, 1)]
    assert one.steps[0].noticed
    assert one.versions == 2
    (later,) = of_files(folder, "inkwell/privacy", since=date(2025, 1, 1)).documents
    assert later.steps == ()
    assert [clause.sentence for clause in later.now] == [TRAINS]


def test_nothing_that_was_read_is_not_silence(folder: Path) -> None:
    write(folder, "inkwell/help/2025-01-01.md", "")
    (one,) = of_files(folder, "inkwell/help").documents
    assert (one.used, one.silent, one.steps[0].outcome) == (0, False, "empty")


def test_a_folder_without_policies_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        of_files(tmp_path / "none", every=True)
    with pytest.raises(BadInput, match="no dated policy"):
        of_files(tmp_path, every=True)


def test_names_of_services_as_people_write_them() -> None:
    assert slug("Google Generative AI") == slug("google-generative-ai") == "google-generative-ai"
    assert slug("Claude.ai") == "claude-ai"
    assert slug("ВКонтакте") != slug("Одноклассники") != ""
