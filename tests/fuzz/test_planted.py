"""What is planted is found within seconds, and said so that a person can look at it again."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz import __main__ as command
from tests.fuzz import judging, planted, running, target
from tests.fuzz.judging import Judging
from tests.fuzz.running import Outcome
from tests.fuzz.table import told
from tests.fuzz.target import Target

SEEDED = {one.name.removeprefix("planted-"): one for one in planted.TARGETS}


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "GROWN", tmp_path)


def fuzzed(name: str, seconds: int = 4) -> Outcome:
    pytest.importorskip("atheris", reason="atheris is not installed")
    return running.run(planted.__name__, SEEDED[name], seconds, lambda *_: None)


# Without atheris -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("raises", "KeyError planted.py:"),
        ("hangs", "Hang planted.py:"),
        ("breaks-its-law", "AssertionError planted.py:"),
    ],
)
def test_a_crash_is_named_kept_and_gone_on_from(name: str, what: str, tmp_path: Path) -> None:
    judge = Judging(SEEDED[name], tmp_path / "crashes")
    for data in (b"open sesame 1", b"open sesame 2", b"nothing"):
        judge(data)
    (line,) = (tmp_path / "crashes" / "crashes.jsonl").read_text().splitlines()
    said = json.loads(line)
    assert said["what"].startswith(what)
    assert Path(said["file"]).read_bytes() == b"open sesame 1"
    assert "planted.py" in Path(said["file"]).with_suffix(".txt").read_text()
    assert judge.runs == 3


def test_what_a_reader_catches_cannot_hide_a_hang() -> None:
    def swallows(_data: bytes) -> None:
        try:
            while True:
                pass
        except Exception:  # as readers do with parsers of strangers
            return

    one = Target(name="x", law="x", once=swallows, seeds=tuple, seconds=0.1)
    with pytest.raises(judging.Hang), judging.in_time(one.seconds):
        one.once(b"")


def test_one_input_is_repeated_with_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {one.name: (planted.__name__, one) for one in planted.TARGETS}
    monkeypatch.setattr(command, "every", lambda: known)
    file = tmp_path / "planted-raises" / "a.bin"
    file.parent.mkdir()
    file.write_bytes(b"open sesame")
    with pytest.raises(KeyError, match="planted"):
        command.main(["--repeat", str(file)])
    file.write_bytes(b"nothing")
    assert command.main(["--repeat", str(file)]) == 0
    assert "planted-raises keeps its law" in capsys.readouterr().out
    assert command.main(["--repeat", str(tmp_path)]) == 2
    assert command.main(["--only", "nothing-is-called-so"]) == 2


# With it -------------------------------------------------------------------------------------


@pytest.mark.system
def test_what_is_planted_behind_a_word_of_the_dictionary_is_found() -> None:
    found = fuzzed("raises", 2)
    assert [one.what.split()[0] for one in found.crashes] == ["KeyError"]
    assert b"open sesame" in Path(found.crashes[0].file).read_bytes()
    assert found.executions > 100
    assert f"--only planted-raises --repeat {found.crashes[0].file}" in told(found)


@pytest.mark.long
@pytest.mark.system
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("hangs", "Hang"),
        ("hangs-in-c", "a hang in code that is not Python"),
        ("eats", "more memory than it may have"),
        ("breaks-its-law", "AssertionError"),
    ],
)
def test_each_kind_of_fault_is_found(name: str, what: str) -> None:
    found = fuzzed(name, 6)
    assert any(one.what.startswith(what) for one in found.crashes), found
    assert any(b"open sesame" in Path(one.file).read_bytes() for one in found.crashes)


@pytest.mark.system
def test_a_library_that_never_ends_does_not_keep_its_process() -> None:
    waited_for = []

    def impatient() -> None:
        for process in running._LIVE:
            waited_for.append(process)
            process.terminate()

    timer = threading.Timer(60, impatient)
    timer.start()
    found = fuzzed("hangs-at-its-end", 2)
    timer.cancel()
    assert not waited_for
    assert (found.crashes, found.trouble) == ((), "")
    assert found.executions > 100


@pytest.mark.long
@pytest.mark.system
def test_where_nothing_is_wrong_nothing_is_said(tmp_path: Path, monkeypatch: Any) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed")
    monkeypatch.setattr(
        command, "every", lambda: {"planted-is-sound": (planted.__name__, SEEDED["is-sound"])}
    )
    words = ["--seconds", "2", "--json", str(tmp_path / "a.json")]
    assert command.main([*words, "--markdown", str(tmp_path / "a.md")]) == 0
    (said,) = json.loads((tmp_path / "a.json").read_bytes())
    assert said["name"] == "planted-is-sound"
    assert [one["crashes"] for one in said["sessions"]] == [[]]
    assert said["sessions"][0]["executions"] > 1000


@pytest.mark.system
def test_a_harness_that_does_not_start_is_no_success() -> None:
    pytest.importorskip("atheris", reason="atheris is not installed")
    found = running.run("tests.fuzz.no_such_module", SEEDED["is-sound"], 2, lambda *_: None)
    assert found.executions == 0
    assert "no_such_module" in found.trouble
