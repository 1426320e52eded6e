"""Files that have a second name (hard links): what is written, undone, forgotten or encrypted
under the one is not written through to the other, or the page says that it is."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.run import flat, here
from tests.security import searcher
from tests.security.test_forgotten import ADA, home  # noqa: F401 - a fixture
from withhold.keep import Store, private
from withhold.keep.key_place import VARIABLE
from withhold.reach import files

OWN = b"User-agent: *\nDisallow: /drafts/\n"
LETTER = b"the letter that Ada kept"


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from withhold.keep import key_place

    monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere" / "key"))
    monkeypatch.setattr(key_place, "_have", {})
    return tmp_path / "elsewhere" / "key"


def letter_of(home: Path) -> Path:  # noqa: F811
    """The file of evidence that holds Ada's letter."""
    (found,) = [one for one in (home / "evidence").iterdir() if LETTER in one.read_bytes()]
    return found


# A site ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("own_home")
def test_a_site_is_written_and_rolled_back_and_the_other_name_keeps_its_words(
    tmp_path: Path,
) -> None:
    """``robots.txt`` is a hard link to another file of the user, as of a deploy by hard links."""
    site, other = tmp_path / "site", tmp_path / "other.txt"
    site.mkdir()
    other.write_bytes(OWN)
    other.chmod(0o640)
    os.link(other, site / "robots.txt")
    args = ("--write", site, "--offline", "--wish", "no-training", "--yes")
    ran = here("apply", "example.org", *args).ok()
    assert (site / "robots.txt").read_bytes() != OWN
    assert (other.read_bytes(), stat.S_IMODE(other.stat().st_mode)) == (OWN, 0o640)
    found = re.search(r"withhold rollback (\S+)", ran.err)
    assert found
    here("rollback", found[1]).ok()
    back = site / "robots.txt"
    assert (back.read_bytes(), stat.S_IMODE(back.stat().st_mode)) == (OWN, 0o640)
    assert other.read_bytes() == OWN
    assert not back.samefile(other), "the page says so: it is a file of its own from then on"


def test_the_list_of_a_guide_is_not_written_on_through_its_other_name(tmp_path: Path) -> None:
    """It is appended to, so that a run that was killed knows its own."""
    folder, other = tmp_path / "guide", tmp_path / "backup"
    files.write_folder(folder, [("a.html", b"a")])
    os.link(folder / files.LISTED, other)
    before = other.read_bytes()
    files.write_folder(folder, [("a.html", b"a"), ("b.html", b"b")])
    assert other.read_bytes() == before
    assert "b.html" in (folder / files.LISTED).read_text()


# The home ---------------------------------------------------------------------------------------


def test_a_private_file_replaces_a_hard_link(tmp_path: Path) -> None:
    other, path = tmp_path / "other", tmp_path / "ours"
    other.write_bytes(b"precious")
    other.chmod(0o644)
    os.link(other, path)
    private.write(path, b"secret")
    assert (other.read_bytes(), stat.S_IMODE(other.stat().st_mode)) == (b"precious", 0o644)
    assert path.read_bytes() == b"secret"


@pytest.mark.parametrize("what", ["text", "database"])
def test_a_database_that_is_another_file_of_the_user_is_not_written_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """``withhold.db`` is a hard link to a text of theirs, or to the database of another program."""
    other, there = tmp_path / "other", tmp_path / "home"
    if what == "text":
        other.write_bytes(b"my diary\n" * 2_000)
    else:
        with closing(sqlite3.connect(other)) as raw:
            raw.execute("CREATE TABLE moz_places (url TEXT)")
            raw.execute("INSERT INTO moz_places VALUES ('https://a.example')")
            raw.commit()
    before = other.read_bytes()
    there.mkdir(mode=0o700)
    os.link(other, there / "withhold.db")
    monkeypatch.setenv("WITHHOLD_HOME", str(there))
    ran = here("start", "--in", "US-PA", "--platforms", "linkedin", "--audience", "public")
    assert ran.code != 0
    assert "Traceback" not in ran.err
    assert other.read_bytes() == before


def test_forgotten_evidence_that_stays_under_a_name_outside_of_the_home_is_counted(
    home: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    """It is a copy of the user's, which is not reached: where it lies nobody can say."""
    copy = tmp_path / "copy"
    os.link(letter_of(home), copy)
    said = here("own", "forget", "--account", ADA, "--yes").ok().out
    assert searcher.where(home, LETTER.decode()) == set()
    assert LETTER in copy.read_bytes()
    assert "had a second name (a hard link) and can still be read there" in said
    assert said.endswith("delete them yourself: 1\n")


def test_evidence_that_stays_with_a_second_name_is_none_that_went(
    home: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    (receipt,) = [one for one in (home / "evidence").iterdir() if one != letter_of(home)]
    os.link(receipt, tmp_path / "copy")
    os.link(home / "withhold.db", tmp_path / "backup.db")
    said = here("own", "forget", "--account", ADA, "--yes").ok().out
    assert "second name" not in said


def test_forgotten_evidence_under_another_name_in_the_home_is_told(
    home: Path,  # noqa: F811
) -> None:
    os.link(letter_of(home), home / "copy-of-mine")
    ran = here("own", "forget", "--account", ADA, "--yes")
    assert ran.code == 1
    assert "copy-of-mine" in ran.out


def test_the_other_name_of_a_plain_database_is_wiped_with_it(
    home: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    """The database is changed in place, so its other name is no backup: the page says so."""
    backup = tmp_path / "backup.db"
    os.link(home / "withhold.db", backup)
    assert b"ada_lovelace" in backup.read_bytes()
    here("own", "forget", "--account", ADA, "--yes").ok()
    assert b"ada_lovelace" not in backup.read_bytes()
    assert backup.samefile(home / "withhold.db")


@pytest.mark.usefixtures("key_file")
def test_vault_on_says_how_many_files_stay_readable_elsewhere(
    home: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    evidence, database = tmp_path / "copy", tmp_path / "backup.db"
    os.link(letter_of(home), evidence)
    os.link(home / "withhold.db", database)
    said = flat(here("vault", "on", "--yes").ok().out)
    assert "stay readable under that name: 2." in said
    assert LETTER in evidence.read_bytes()
    assert b"ada_lovelace" in database.read_bytes(), "all of what was in it"
    assert searcher.where(home, "ada_lovelace") == set()
    with Store.read(home) as store:
        assert store.faults() == []
    assert "zweiten Namen" not in here("vault", "rotate", "--yes", "--lang", "de").ok().out


@pytest.mark.usefixtures("key_file")
def test_vault_on_says_nothing_of_it_where_there_is_no_second_name(home: Path) -> None:  # noqa: F811
    assert "second name" not in flat(here("vault", "on", "--yes").ok().out)


@pytest.mark.usefixtures("key_file")
def test_two_names_in_the_folder_of_evidence_are_both_gone(home: Path) -> None:  # noqa: F811
    """The first is only deleted, as it has another name; the last is written over."""
    os.link(letter_of(home), home / "evidence" / ("0" * 64))
    with (home / "evidence" / ("0" * 64)).open("rb") as open_still:
        here("vault", "on", "--yes").ok()
        assert not any(open_still.read())
    assert all(one.name.endswith(".sealed") for one in (home / "evidence").iterdir())
