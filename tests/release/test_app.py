"""The application as a person without a terminal has it: built here, started with nothing around.

The built folder is run with an empty home, no PYTHONPATH and a PATH without any Python of ours.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import withhold
from tests.release.person import Person, once_drawn, pressed

REPO = Path(__file__).resolve().parents[2]
SHOTS = REPO / "build" / "screenshots"
CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--window-size=1100,1400",
    "--virtual-time-budget=8000",
)
pytestmark = [
    pytest.mark.system,
    pytest.mark.long,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the build of Linux only"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """``python packaging/app/build.py``, once for all; or one of before, to work on the tests."""
    if before := os.environ.get("WITHHOLD_APP_BUILT"):
        yield Path(before)
        return
    pytest.importorskip("PyInstaller", reason="PyInstaller is not installed")
    out = tmp_path_factory.mktemp("built")
    done = subprocess.run(
        [sys.executable, "packaging/app/build.py", "--out", out],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(Path(withhold.__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    print(done.stdout, done.stderr)
    assert done.returncode == 0, done.stderr[-3000:]
    yield out
    shutil.rmtree(out)  # it is large, and pytest would keep three


@pytest.fixture
def person(built: Path, tmp_path: Path) -> Person:
    return Person(tmp_path, built / "withhold-app" / "withhold-app")


def octets(folder: Path) -> str:
    """A digest of every file in a folder."""
    whole = hashlib.sha256()
    for one in sorted(folder.rglob("*")):
        if one.is_file():
            whole.update(str(one.relative_to(folder)).encode() + one.read_bytes())
    return whole.hexdigest()


def test_it_answers_without_a_dashboard(person: Person) -> None:
    version = person.run("--version")
    assert (version.returncode, version.stdout.split()[0]) == (0, "withhold")
    own = person.run("--selftest")
    assert own.returncode == 0, own.stderr
    assert "in order" in own.stdout
    said = person.run("check", "linkedin", "--in", "DE")
    assert said.returncode == 0, said.stderr
    assert "LinkedIn" in said.stdout
    for told, args in (
        ("Deutschland", ("check", "linkedin", "--in", "DE", "--lang", "de")),
        ("reddit:ada_example", ("import", str(REPO / "examples" / "reddit-archive"), "--dry-run")),
        (
            "Example Social Privacy Policy",
            ("check", "--policy", str(REPO / "examples" / "policy.md")),
        ),
        ("object to training", ("apply", "facebook", "--letter", "--in", "DE-BY")),
        ("examples/site", ("check", str(REPO / "examples" / "site"), "--in", "DE")),
    ):
        said = person.run(*args)
        assert said.returncode == 0, (args, said.stderr)
        assert told in said.stdout, (args, said.stdout)
    wrong = person.run("chekc")
    assert wrong.returncode == 2
    assert "did you mean check?" in wrong.stderr
    assert list(person.tmp.iterdir()) == []
    assert list(person.user.iterdir()) == []


def test_from_a_double_click_to_the_plan_and_to_the_end(person: Person) -> None:
    before = octets(person.app.parent)
    with person.double_clicked() as first:
        given = person.opened(1)[0]
        assert given.startswith("[] file://"), "a browser has libraries of its own"
        url = person.address(given)
        base = url.partition("/?")[0]
        with httpx.Client(base_url=base, follow_redirects=True) as browser:
            assert browser.get("/").status_code == 401
            page = browser.get(url)
            assert (page.status_code, page.url.path) == (200, "/first")
            page = pressed(browser, page, "Next", place="Pennsylvania")
            page = pressed(browser, page, "Next", platforms=["linkedin", "x"])
            page = pressed(browser, page, "Save, and show what to do")
            assert (page.status_code, page.url.path) == (200, "/plan")
            assert "Use my data for training content creation AI models" in page.text
            assert "<svg" in once_drawn(browser, "/account?key=linkedin"), "the timeline"
            screenshot(url.replace("/?", "/plan?"), person, "app-plan.png")
            screenshot(url, person, "app-overview.png")

            second = person.run()
            assert second.returncode == 0, second.stderr
            assert person.address(person.opened(2)[1]) == url, "it found the first"
            assert first.poll() is None

            for one in (person.home, *person.home.rglob("*")):
                assert stat.S_IMODE(one.stat().st_mode) & 0o077 == 0, one
            token = url.partition("token=")[2].encode()
            assert token not in Path(f"/proc/{first.pid}/cmdline").read_bytes()

            page = pressed(browser, page, "End withhold")
            assert "withhold has ended" in page.text
        assert first.wait(20) == 0
        assert first.communicate() == (b"", b""), "what it prints could go into a journal"
    assert sorted(one.name for one in person.home.iterdir() if "serving" not in one.name) == [
        "evidence",
        "uploads",
        "withhold.db",
    ]
    assert list((person.home / "uploads").iterdir()) == []
    assert [one for one in person.user.rglob("*") if one.is_file()] == [
        one for one in person.home.rglob("*") if one.is_file()
    ]
    assert list(person.tmp.iterdir()) == []
    assert octets(person.app.parent) == before

    again = person.run("status")
    assert again.returncode == 0, again.stderr
    assert "LinkedIn" in again.stdout, "the same store on a command line"


def test_one_that_was_killed_does_not_stand_in_the_way(person: Person) -> None:
    with person.double_clicked() as first:
        person.opened(1)
        first.kill()
        first.wait(20)
    with person.double_clicked() as next_one:
        url = person.address(person.opened(2)[1])
        assert httpx.get(url).status_code == 303
        next_one.send_signal(signal.SIGTERM)
        assert next_one.wait(20) == 0


def test_a_failed_start_is_a_page(person: Person) -> None:
    person.home.parent.mkdir(parents=True)
    person.home.write_text("a file where the folder should be")
    done = person.run()
    assert done.returncode == 1
    page = Path(person.opened(1)[0].partition("file://")[2])
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert page.is_relative_to(person.tmp), "the home takes nothing"
    text = page.read_text()
    assert "withhold could not be started" in text
    assert str(person.home) in text
    assert "Traceback" not in done.stderr
    assert person.home.read_text() == "a file where the folder should be"


def test_the_archive_holds_it_all_and_puts_it_into_the_menu(built: Path, tmp_path: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    beside = archive.with_name(archive.name + ".sha256").read_text()
    assert beside == f"{digest}  {archive.name}\n"
    print(f"{archive.name}: {archive.stat().st_size / 1e6:.0f} MB")
    place = tmp_path / "my programs"
    with tarfile.open(archive) as tar:
        assert {(one.uid, one.uname) for one in tar} == {(0, "")}
        tar.extractall(place, filter="data")
    folder = place / "withhold-app"
    assert octets(folder) == octets(built / "withhold-app")
    person = Person(tmp_path / "person", folder / "withhold-app")
    subprocess.run([folder / "add-to-menu.sh"], env=person.env, check=True)
    entry = person.user / ".local" / "share" / "applications" / "withhold.desktop"
    lines = entry.read_text().splitlines()
    assert f'Exec="{folder}/withhold-app"' in lines
    assert (folder / "withhold.png").read_bytes().startswith(b"\x89PNG")
    assert person.run("--selftest").returncode == 0
    subprocess.run([folder / "add-to-menu.sh", "remove"], env=person.env, check=True)
    assert not entry.exists()
    shutil.rmtree(place)


def screenshot(url: str, person: Person, name: str) -> None:
    """Kept in build/screenshots, to be looked at; where there is no Chromium there is none."""
    if shutil.which(CHROMIUM[0]) is None:
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    with_profile = f"--user-data-dir={person.folder / 'profile'}"
    (SHOTS / name).unlink(missing_ok=True)
    done = subprocess.run(
        [*CHROMIUM, with_profile, f"--screenshot={SHOTS / name}", url],
        env={"HOME": str(person.folder), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (SHOTS / name).is_file(), done.stderr
    assert (SHOTS / name).stat().st_size > 10_000
