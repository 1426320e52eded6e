"""A store with everything, encrypted: each command answers as before, and the files say nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.dashboard.asked import at
from tests.dashboard.made import MAIL, NAME, Made
from tests.journeys.archives_made import REDDIT, imported, zipped
from tests.journeys.bundled import bundled, everything, manifest
from tests.journeys.run import PACKAGE, command, complains, environment, here
from tests.journeys.terminal import Terminal
from withhold.keep import key_place
from withhold.keep.key_place import VARIABLE
from withhold.keep.serving import held
from withhold.keep.vault_key import typed, written

KNOWN = (
    *(NAME, MAIL, "I paint for a living", "we will honour your objection", "412 555 0142"),
    *("Mallory", "ada_example", "paintings", "ada.example", "an objection"),
)
"""Words of the owner and to the owner; what of them the plain home shows is looked for again."""
OPEN = ("responses", "runs", "window")
"""What stays open, as ``vault status`` says."""
ASKED = (
    ("check", "--format", "json"),
    ("check", "--posts", "--format", "json"),
    ("check", "linkedin", "--format", "json"),
    ("plan", "--format", "json"),
    ("own", "list", "--format", "json"),
    ("status",),
    ("watch", "history"),
    ("own", "posts", "paint"),
)
RECOVERY = re.compile(r"^ +((?:[A-Z2-7]{4}-){13}[A-Z2-7]{4})$", re.MULTILINE)


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere" / "key"))
    monkeypatch.setattr(key_place, "_have", {})
    return tmp_path / "elsewhere" / "key"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A home with everything, still plain, which is the one that commands use."""
    found = everything(tmp_path)
    monkeypatch.setenv("WITHHOLD_HOME", str(found.home))
    return found


def shown(home: Path, words: tuple[str, ...] = KNOWN) -> set[str]:
    """Which of these words stand in a file of the home, in its text, wide, or as base64 has it."""
    found = set()
    for file in home.rglob("*"):
        if file.is_file() and file.relative_to(home).parts[0] not in OPEN:
            data = file.read_bytes() + str(file.relative_to(home)).encode()
            found |= {one for one in words if any(form in data for form in forms(one))}
    return found


def forms(text: str) -> list[bytes]:
    """The octets of a text as they may be written."""
    plain = text.encode()
    packed = [base64.b64encode(b"\0" * n + plain)[4:-4] for n in range(3)]
    wide = [text.encode("utf-16-le"), text.encode("utf-16-be")]
    return [plain, plain.hex().encode(), *wide, *packed]


def answers() -> list[str]:
    """What the commands that only read say."""
    return [here(*one).out for one in ASKED]


def members(out: Path) -> dict[str, str]:
    """Digests by name, as a bundle's own list has them."""
    return {one["name"]: one["sha256"] for one in manifest(out)["files"]}


@pytest.mark.long
def test_all_commands_answer_as_before(made: Made, tmp_path: Path, key_file: Path) -> None:
    before, visible = answers(), shown(made.home)
    assert len(visible) >= 6, visible
    bundled(made.home, tmp_path / "plain.zip")

    ran = here("vault", "on", "--yes").ok()
    recovery = RECOVERY.search(ran.out)
    assert recovery
    assert shown(made.home) == set()
    assert answers() == before
    bundled(made.home, tmp_path / "sealed.zip")
    evidence = {k: v for k, v in members(tmp_path / "plain.zip").items() if "evidence/" in k}
    assert evidence
    assert evidence.items() <= members(tmp_path / "sealed.zip").items()
    with ZipFile(tmp_path / "sealed.zip") as packed:
        assert any(b"I paint for a living" in packed.read(one) for one in packed.namelist())
    here("report", tmp_path / "all.md").ok()
    assert "Asked from: Bavaria" in (tmp_path / "all.md").read_text()

    # what writes
    here("own", "set", "place", "DE-BE").ok()
    (tmp_path / "mine.txt").write_text("an objection of mine, on paper")
    here("done", "linkedin/ai-training-toggle", "--evidence", tmp_path / "mine.txt").ok()
    imported(zipped(tmp_path / "more.zip", REDDIT), "--account", "reddit:ada_example")
    here("watch").ok()
    doctor = here("doctor")
    assert "OK   vault: encrypted by SQLCipher 4" in doctor.out
    assert str(key_file) in doctor.out
    assert "FAIL vault" not in doctor.out
    assert "FAIL store" not in doctor.out
    assert shown(made.home) == set()

    # the dashboard
    with at(made.home) as site:
        for path in ("/", "/posts", "/evidence", "/letters", "/settings"):
            assert site.get(path).status_code == 200, path
        digest = hashlib.sha256(b"an objection of mine, on paper").hexdigest()
        assert b"of mine, on paper" in site.get(f"/evidence/file?digest={digest}").content

    here("own", "forget", "--all", "--yes").ok()
    assert shown(made.home) == set()
    assert list((made.home / "evidence").iterdir()) == []


@pytest.mark.long
def test_off_is_the_undo(made: Made, key_file: Path) -> None:
    before, visible = answers(), shown(made.home)
    here("vault", "on", "--yes").ok()
    with (
        closing(sqlite3.connect(made.home / "withhold.db")) as raw,
        pytest.raises(sqlite3.DatabaseError, match="file is not a database"),
    ):
        raw.execute("SELECT count(*) FROM sqlite_schema")
    here("vault", "off", "--yes").ok()
    assert answers() == before
    assert shown(made.home) == visible
    assert not key_file.exists()
    assert "FAIL" not in here("doctor").out
    with closing(sqlite3.connect(made.home / "withhold.db")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_moved_to_another_machine(
    begun: Path, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here("vault", "on", "--yes").ok()
    shown_again = here("vault", "key", "--show").ok().out.strip()
    key_file.unlink()
    key_place._have.clear()
    for args in (("plan",), ("own", "list"), ("vault", "open"), ("own", "set", "place", "DE")):
        complains(here(*args), 1, "its key is not in", "vault open --recovery")
    complains(here("vault", "status"), 1, "its key is not in")
    doctor = here("doctor")
    assert doctor.code == 1
    assert "FAIL vault: " in doctor.out
    assert "vault open --recovery" in doctor.out

    wrong = shown_again[:-1] + ("A" if shown_again[-1] != "A" else "C")
    for text, code in ((wrong, 2), ("", 2), (written(bytes(32)), 2), (shown_again, 0)):
        done = subprocess.run(
            [sys.executable, "-m", "withhold", "vault", "open", "--recovery"],
            env=environment(PACKAGE.parent),
            input=text.encode(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert b"Traceback" not in done.stderr
    assert "LinkedIn" in here("plan").ok().out


def test_a_new_key(begun: Path) -> None:
    first = RECOVERY.search(here("vault", "on", "--yes").ok().out)
    second = RECOVERY.search(here("vault", "rotate", "--yes").ok().out)
    assert first
    assert second
    assert typed(first[1]) != typed(second[1])
    assert here("vault", "key", "--show").ok().out.strip() == second[1]
    assert second[1] not in here("vault", "key").ok().out
    assert "LinkedIn" in here("plan").ok().out


# Asked and refused ------------------------------------------------------------------------------


def test_a_person_is_asked_and_may_say_no(begun: Path, key_file: Path) -> None:
    terminal = Terminal(environment(PACKAGE.parent))
    said_no = terminal.run(("vault", "on"), ("Go on?", "n"))
    assert said_no.code == 1
    assert not (begun / "vault.json").exists()
    said_yes = terminal.run(("vault", "on"), ("Go on?", "y"))
    assert said_yes.code == 0
    assert "Recovery key" in said_yes.out
    assert key_file.exists()


def test_nobody_to_ask_is_a_no(begun: Path) -> None:
    for what in ("on", "off", "rotate"):
        complains(here("vault", what), 2, "--yes")
    assert not (begun / "vault.json").exists()


def test_without_a_keyring_the_next_step_is_named(
    begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    env = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    complains(
        command("vault", "on", "--yes", env=env), 1, "no keyring that keeps a secret", VARIABLE
    )
    assert not (begun / "vault.json").exists()


def test_not_while_the_dashboard_runs(begun: Path) -> None:
    with held(begun) as tell:
        tell("http://127.0.0.1:8765")
        complains(command("vault", "on", "--yes"), 1, "http://127.0.0.1:8765", "Ctrl-C")


def test_without_the_extra_it_is_named_and_nothing_else_changes(begun: Path) -> None:
    gone = (
        "import sys\n"
        "for one in ('sqlcipher3', 'keyring', 'cryptography'): sys.modules[one] = None\n"
        "from withhold.faces.cli import main\n"
        "main(sys.argv[1:])"
    )

    def bare(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", gone, *args],
            env=environment(PACKAGE.parent),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert bare("plan").returncode == 0
    assert bare("vault", "status").returncode == 0
    on = bare("vault", "on", "--yes")
    assert (on.returncode, 'pip install "withhold[vault]"' in on.stderr) == (1, True)
    here("vault", "on", "--yes").ok()
    for args in (("plan",), ("vault", "status"), ("vault", "off", "--yes")):
        ran = bare(*args)
        assert ran.returncode == 1
        assert 'pip install "withhold[vault]"' in ran.stderr
        assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("encrypted", [False, True])
def test_what_a_check_imports(begun: Path, encrypted: bool) -> None:
    """Only an encrypted home pays for what opens it."""
    if encrypted:
        here("vault", "on", "--yes").ok()
    code = (
        "import sys\n"
        "from withhold.faces.cli import group\n"
        "group.main(['check', 'linkedin'], standalone_mode=False)\n"
        "parts = {'sqlcipher3', 'keyring', 'cryptography'}\n"
        "print(*sorted(parts & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(PACKAGE.parent),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr.split() == (["cryptography", "sqlcipher3"] if encrypted else [])


def test_status_in_both_languages_and_for_programs(begun: Path, key_file: Path) -> None:
    said = json.loads(here("vault", "status", "--format", "json").ok().out)
    assert (said["schema"], said["state"], said["sealed"]) == ("withhold/vault/1", "off", 0)
    (begun / "runs" / "20260101-000000").mkdir(parents=True)
    here("vault", "on", "--yes").ok()
    said = json.loads(here("vault", "status", "--format", "json").ok().out)
    assert (said["state"], said["place"], said["plain"]["runs"]) == ("on", str(key_file), 1)
    assert said["cipher"].startswith("4.")
    for lang, word in (("en", "entry"), ("de", "Eintrag")):
        text = here("vault", "status", "--lang", lang).ok().out
        assert f"runs/: 1 {word}" in text
        assert str(key_file) in text
