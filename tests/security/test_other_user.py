"""Another user of the same machine: what they can read, and where their links lead us."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.run import here
from tests.security.journey import umask, walk
from withhold.errors import WithholdError
from withhold.keep import Store, private
from withhold.reach import files, undo

NOBODY = 65534
as_another = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can become another user"
)


def another(do: Callable[[], object]) -> int:
    """Does it as another user in a process of its own: 0 it could, 13 no right, else its error."""
    child = os.fork()
    if not child:
        code = 99
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            do()
            code = 0
        except OSError as why:
            code = why.errno or 98
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def look_at(path: Path) -> object:
    return list(path.iterdir()) if path.is_dir() else path.read_bytes()


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder in which everybody may make files, and nobody take away another's: as /tmp is."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == Path.home().owner() and "pytest-of" in str(folder):
            folder.chmod(folder.stat().st_mode | 0o711)
    there = tmp_path / "shared"
    there.mkdir()
    there.chmod(0o1777)
    return there


@pytest.fixture
def home(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WITHHOLD_HOME", str(shared / "home"))
    return shared / "home"


def modes(folder: Path) -> dict[str, int]:
    return {
        str(one.relative_to(folder.parent)): stat.S_IMODE(one.lstat().st_mode)
        for one in (folder, *folder.rglob("*"))
        if not one.is_symlink()
    }


@pytest.mark.long
def test_after_every_verb_with_umask_0_nothing_is_anybody_elses(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    with umask(0):
        done = walk(mine)
    assert {"start", "done", "import", "apply", "check", "watch", "prove"} <= set(done)
    found = modes(home)
    assert len(found) > 10
    assert {one for one in found if found[one] & 0o077} == set()
    for name in ("letter.txt", "bundle.zip"):
        assert stat.S_IMODE((mine / name).stat().st_mode) == 0o600, name


@pytest.mark.parametrize("begins", ["window", "uploads", "responses", "runs"])
def test_whatever_comes_first_makes_the_home_private(home: Path, begins: str) -> None:
    """The home itself, too, where it is not the store that makes it."""
    from datetime import UTC, datetime

    from withhold.reach import dropped, profiles

    with umask(0):
        if begins == "window":
            profiles.make_private(profiles.profile_of(home, "x:ada"))
        elif begins == "uploads":
            dropped.Dropped(home).close()
        elif begins == "runs":
            site = home.parent / "site"
            site.mkdir()
            wanted = [undo.Wanted(name="robots.txt", before=None, after=b"x")]
            undo.change(home, site, wanted, "a test", datetime(2026, 1, 1, tzinfo=UTC))
        else:
            from withhold.reach.warc_files import WarcFiles

            WarcFiles(home, lambda: datetime(2026, 1, 1, tzinfo=UTC), "withhold")._ready()
    found = modes(home)
    assert {one: oct(mode) for one, mode in found.items() if mode & 0o077} == {}


@as_another
def test_another_user_reads_nothing_of_the_home(home: Path) -> None:
    with umask(0):
        here("start", "--in", "DE", "--platforms", "linkedin", "--audience", "public").ok()
    for path in (home, home / private.FILE, home / private.EVIDENCE):
        assert another(lambda path=path: look_at(path))
    assert another(lambda: look_at(home)) == 13
    assert another(lambda: home.rename(home.with_name("taken"))) in (1, 13), "sticky"
    assert another(lambda: (home / "x").write_bytes(b"")) == 13
    assert another(lambda: look_at(home.parent)) == 0, "the test itself can look"


@as_another
@pytest.mark.parametrize("what", ["link", "hard link", "file"])
def test_what_another_planted_where_we_write_is_not_written_through(
    shared: Path, tmp_path: Path, what: str
) -> None:
    """``--out`` into /tmp, to a name that another user has taken."""
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    out = shared / "letter.txt"

    def plant() -> None:
        if what == "link":
            out.symlink_to(precious)
        elif what == "file":
            out.write_bytes(b"theirs")
            out.chmod(0o666)
        else:
            theirs = shared / "theirs"
            theirs.write_bytes(b"theirs")
            os.link(theirs, out)

    assert another(plant) == 0
    with pytest.raises(WithholdError, match="there already"):
        files.write_new_private(out, b"a letter")
    assert precious.read_bytes() == b"precious"


@as_another
def test_a_link_that_leads_nowhere_is_not_followed(shared: Path, tmp_path: Path) -> None:
    out, target = shared / "letter.txt", tmp_path / "not-there-yet"
    assert another(lambda: out.symlink_to(target)) == 0
    files.write_new_private(out, b"a letter")
    assert not target.exists()
    assert out.is_file()
    assert not out.is_symlink()
    assert (out.stat().st_uid, stat.S_IMODE(out.stat().st_mode)) == (os.getuid(), 0o600)


@as_another
@pytest.mark.parametrize("link", [False, True])
def test_a_folder_of_another_is_not_written_into(shared: Path, tmp_path: Path, link: bool) -> None:
    """``prove case --out``: the folder must be ours, or not there."""
    out = shared / "case"
    if link:
        (tmp_path / "elsewhere").mkdir()
        assert another(lambda: out.symlink_to(tmp_path / "elsewhere")) == 0
    else:
        assert another(lambda: out.mkdir(0o777)) == 0
        another(lambda: out.chmod(0o777))
    with pytest.raises(WithholdError, match="another user"):
        files.write_new_folder(out, [("letter.txt", b"a letter")])
    assert list(out.iterdir()) == []


def test_an_empty_folder_of_ones_own_is_closed_before_it_is_filled(tmp_path: Path) -> None:
    out = tmp_path / "case"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
    files.write_new_folder(out, [("letter.txt", b"a letter")])
    assert modes(out) == {"case": 0o700, "case/letter.txt": 0o600}


@as_another
def test_a_home_that_another_made_first_is_refused(shared: Path) -> None:
    """Somebody who is not root, whose home was taken: nothing of theirs is written into it."""
    taken = shared / "home"
    taken.mkdir()
    taken.chmod(0o777)

    def open_it() -> None:
        try:
            Store.open(taken).close()
        except WithholdError:
            return
        raise OSError(77, "it was opened")

    assert another(open_it) == 0
    assert list(taken.iterdir()) == []


@as_another
def test_root_does_not_take_a_home_of_another_either(shared: Path) -> None:
    taken = shared / "home"
    assert another(lambda: taken.mkdir(0o777)) == 0
    with pytest.raises(WithholdError, match="belongs to another user") as told:
        Store.open(taken).close()
    assert "without sudo" in told.value.tip
    assert list(taken.iterdir()) == []


@as_another
def test_a_folder_of_evidence_of_another_is_not_taken(shared: Path) -> None:
    """In a home that keeps its mode since files of others lie in it, anybody may have made it."""
    home = shared / "home"
    home.mkdir()
    home.chmod(0o777)
    (home / "letters.txt").write_text("hello")
    assert another(lambda: (home / "evidence").mkdir(0o700)) == 0
    with pytest.raises(WithholdError, match="evidence belongs to another user"):
        Store.open(home).close()


@as_another
def test_a_home_that_root_made_is_said_to_be_roots(shared: Path) -> None:
    """After ``sudo withhold start``: the way back is named."""
    taken = shared / "home"
    taken.mkdir()
    said = shared / "said"

    def open_it() -> None:
        try:
            Store.open(taken).close()
        except WithholdError as why:
            said.write_text(f"{why} {why.tip}")

    assert another(open_it) == 0
    assert "belongs to another user (root)" in said.read_text()
    assert f"sudo chown -R {NOBODY} {taken}" in said.read_text()


def test_folders_above_the_home_are_not_left_open(tmp_path: Path) -> None:
    with umask(0):
        Store.open(tmp_path / "data" / "withhold").close()
    assert modes(tmp_path / "data")["data"] == 0o700


@pytest.mark.parametrize("name", ["links.jsonl", "vault.json", "vault.lock"])
def test_files_of_ours_do_not_keep_the_home_open(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o755)
    (home / name).touch()
    private.make_home(home)
    assert modes(home)["home"] == 0o700


def test_a_private_file_replaces_a_link_and_does_not_follow_it(tmp_path: Path) -> None:
    precious, path = tmp_path / "precious", tmp_path / "ours"
    precious.write_bytes(b"precious")
    path.symlink_to(precious)
    private.write(path, b"secret")
    assert precious.read_bytes() == b"precious"
    assert path.read_bytes() == b"secret"
    assert not path.is_symlink()


def test_the_page_with_the_token_is_ones_own_and_goes(tmp_path: Path) -> None:
    from withhold.reach import opener

    with umask(0), opener.leading("http://127.0.0.1:9/?token=secret", tmp_path / "home") as page:
        assert "token=secret" in page.read_text()
        assert modes(tmp_path / "home") == {
            "home": 0o700,
            "home/uploads": 0o700,
            "home/uploads/open.html": 0o600,
        }
    assert not page.exists()


def test_uploads_that_are_a_link_are_not_swept(tmp_path: Path) -> None:
    from withhold.reach import dropped

    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "precious").write_bytes(b"precious")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "uploads").symlink_to(tmp_path / "others")
    assert dropped.sweep(tmp_path / "home") == 0
    assert (tmp_path / "others" / "precious").exists()
