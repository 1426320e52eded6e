"""``withhold guide DIR`` by hand: what it says where, what it refuses, what it never touches.

It runs as the real command on a small made-up knowledge; the guide of the real one is built and
looked at in tests/web.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.journeys.run import PACKAGE, Ran, command, complains, environment, files
from tests.unit import folder

INSTALL = 'TIP: pip install "withhold[guide]"'
WHEN = ("--when", "2024-07-01")
SAID = (*WHEN, "--url", "https://guide.example/ai", "--report-to", "f@guide.example")


def guide(small: Path, *args: str | Path, **more: object) -> Ran:
    return command("guide", *args, lib=small, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with made-up knowledge in it."""
    there = tmp_path_factory.mktemp("small")
    ignored = shutil.ignore_patterns("__pycache__", "knowledge")
    shutil.copytree(PACKAGE, there / "withhold", ignore=ignored)
    (there / "withhold/knowledge").mkdir()
    folder.write(there / "withhold/knowledge")
    return there


@pytest.fixture(scope="module")
def built(small: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A whole guide with all that can be said, and what the command said."""
    to = tmp_path_factory.mktemp("built") / "site"
    ran = command(
        *(
            "guide",
            to,
            *WHEN,
            "--url",
            "https://guide.example/ai",
            "--report-to",
            "f@guide.example",
        ),
        lib=small,
    )
    return to, ran.ok()


# What it says ---------------------------------------------------------------------------------


def test_the_answer_is_one_line_and_hints_go_elsewhere(built: tuple[Path, Ran]) -> None:
    to, ran = built
    count = sum(1 for one in to.rglob("*") if one.is_file()) - 1  # its list
    said = rf"{re.escape(str(to))}: {count:,} files, \d+ MB, {count:,} new or changed, "
    assert re.fullmatch(said + r"0 removed, \d+ s\n", ran.out)
    assert ran.err == f"TIP: look at it: python3 -m http.server -d {to}\n"


def test_off_a_terminal_nothing_counts_up(small: Path, built: tuple[Path, Ran]) -> None:
    _, ran = built
    assert "\r" not in ran.err + ran.out
    assert "\x1b" not in ran.err + ran.out


def test_address_and_reports_stand_in_the_pages(built: tuple[Path, Ran]) -> None:
    to, _ = built
    front = (to / "deutsch/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://guide.example/ai/deutsch/">' in front
    fact = (to / "facts/acme/train/index.html").read_text(encoding="utf-8")
    assert 'href="mailto:f@guide.example?subject=' in fact
    assert "https://guide.example/ai/facts/acme/train/" in fact


def test_another_day_no_address_and_nothing_kept_about_who_builds_it(
    home: Path, small: Path, tmp_path: Path, built: tuple[Path, Ran]
) -> None:
    """On 1 January 2024 Acme did not train yet; on 1 July it says that it may."""
    to = tmp_path / "site"
    ran = guide(small, to, "--lang", "en", "--place", "US", "--when", "2024-01-01").ok()
    assert ran.err.splitlines()[0].startswith("TIP: say where it will stand")
    assert "--url https://example.org/" in ran.err
    for site, may in ((to, False), (built[0], True)):
        page = (site / "us/acme/index.html").read_text(encoding="utf-8")
        assert ("Acme says it may" in page) == may
        assert ('rel="canonical"' in page) == may
    assert not home.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_one_language_and_one_place_only_and_again(small: Path, tmp_path: Path) -> None:
    to = tmp_path / "site"
    said = (to, "--lang", "de", "--place", "us-pa", *WHEN)
    guide(small, *said).ok()
    pages = {one.relative_to(to).as_posix() for one in to.rglob("*.html")}
    assert all(one.startswith("deutsch/") for one in pages - {"index.html"})
    assert "url=deutsch/" in (to / "index.html").read_text(encoding="utf-8")  # a door, not a void
    assert {"deutsch/us-pa/index.html", "deutsch/us-pa/acme/index.html"} <= pages
    assert not any(one.startswith(("deutsch/fr/", "deutsch/us/")) for one in pages)
    assert (to / "assets/guide.css").is_file()
    before = files(to)
    ran = guide(small, *said).ok()
    assert re.search(r": [\d,]+ files, \d+ MB, 0 new or changed, 0 removed, ", ran.out)
    assert files(to) == before


# What it refuses ------------------------------------------------------------------------------

REFUSED: list[tuple[tuple[str, ...], str]] = [
    ((), "DIR"),
    (("{to}", "--url", "guide.example"), "--url guide.example"),
    (("{to}", "--url", "ftp://guide.example/"), "--url"),
    (("{to}", "--url", "javascript:alert(1)"), "--url"),
    (("{to}", "--url", "https://"), "--url"),
    (("{to}", "--url", "https://guide.example/?a=b"), "--url"),
    (("{to}", "--url", 'https://guide.example/"><script>'), "--url"),
    (("{to}", "--report-to", "me"), "--report-to me"),
    (("{to}", "--report-to", "a@b@c.example"), "--report-to"),
    (("{to}", "--report-to", "https://tracker.example/new"), "{body}"),
    (("{to}", "--report-to", "javascript:{body}"), "--report-to"),
    (("{to}", "--report-to", "a@b.example?bcc=c@d.example"), "--report-to"),
    (("{to}", "--place", "EU"), "EU"),
    (("{to}", "--place", "Atlantis"), "Atlantis"),
    (("{to}", "--when", "2999-01-01"), "2999-01-01 lies in the future"),
    (("{to}", "--when", "soon"), "soon is not a date"),
    (("{to}", "--lang", "tlh"), "tlh"),
]


@pytest.mark.parametrize(("args", "word"), REFUSED, ids=[" ".join(a[1:]) for a, _ in REFUSED])
def test_what_cannot_be_used_ends_in_one_line_and_a_tip(
    small: Path, tmp_path: Path, args: tuple[str, ...], word: str
) -> None:
    to = tmp_path / "site"
    complains(guide(small, *(one.replace("{to}", str(to)) for one in args)), 2, word)
    assert not to.exists(), "nothing is begun before all is understood"


def test_a_file_is_no_folder(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    complains(guide(small, tmp_path / "file"), 2, str(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "mine"


def test_a_foreign_file_in_the_way_stays(small: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    ran = guide(small, tmp_path, "--lang", "en", "--place", "FR")
    complains(ran, 2, str(tmp_path / "index.html"), "no guide wrote it")
    assert (tmp_path / "index.html").read_text() == "mine"


def test_a_folder_that_may_not_be_written(small: Path, tmp_path: Path) -> None:
    to = tmp_path / "site"
    to.mkdir(mode=0o500)
    ran = guide(small, to, "--lang", "en", "--place", "FR", as_if_not_root=True)
    complains(ran, 2, str(to), "cannot be written (Permission denied)")
    assert list(to.iterdir()) == []


@pytest.mark.parametrize("part", ["altair", "babel", "markdown_it", "PIL", "vl_convert"])
@pytest.mark.parametrize("lang", ["en", "de"])
def test_without_the_extra_it_prints_the_line_that_installs_it(
    small: Path, tmp_path: Path, part: str, lang: str
) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "withhold").symlink_to(small / "withhold")
    (bare / "sitecustomize.py").write_text(f"import sys\nsys.modules[{part!r}] = None\n")
    to = tmp_path / "site"
    ran = guide(bare, to, "--lang", lang)
    complains(ran, 1, part)
    assert ran.err.splitlines()[1] == INSTALL
    assert not to.exists()


def test_knowledge_that_does_not_hold_is_named(small: Path, tmp_path: Path) -> None:
    lib = tmp_path / "lib"
    shutil.copytree(small, lib)
    folder.change(lib / "withhold/knowledge", "platforms/acme.toml", 'operator = "acme"', "")
    complains(guide(lib, tmp_path / "site"), 2, "platforms/acme.toml")
    assert not (tmp_path / "site").exists()


# Again ----------------------------------------------------------------------------------------


def test_a_smaller_guide_takes_away_its_own_pages_only(
    small: Path, tmp_path: Path, built: tuple[Path, Ran]
) -> None:
    to = tmp_path / "site"
    shutil.copytree(built[0], to)
    (to / ".git").mkdir()
    (to / ".git/HEAD").write_text("ref: refs/heads/pages")
    (to / "CNAME").write_text("guide.example")
    (to / "fr/own-notes.txt").write_text("mine")
    ran = guide(small, to, "--lang", "en", "--place", "GB", *WHEN).ok()
    assert not re.search(r"[^\d]0 removed", ran.out)
    assert (to / ".git/HEAD").read_text() == "ref: refs/heads/pages"
    assert (to / "CNAME").read_text() == "guide.example"
    assert [one.name for one in (to / "fr").iterdir()] == ["own-notes.txt"]
    assert not (to / "us-pa").exists()


def test_killed_in_the_middle_it_goes_on(
    small: Path, built: tuple[Path, Ran], tmp_path: Path
) -> None:
    """To the same bytes, also where sets come in another order than in the first process."""
    to = tmp_path / "site"
    with subprocess.Popen(
        [sys.executable, "-m", "withhold", "guide", str(to), *SAID],
        env=environment(small),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        for _ in range(5000):
            if (to / "platforms").exists() or running.poll() is not None:
                break
            time.sleep(0.005)
        running.send_signal(signal.SIGKILL)
    assert not (to / "us-pa/acme/index.html").exists(), "it was stopped too late to show anything"
    guide(small, to, *SAID, env={"PYTHONHASHSEED": "2"}).ok()
    again = {name: data for name, (_, data) in files(to).items()}
    assert again == {name: data for name, (_, data) in files(built[0]).items()}
