"""What a long run keeps: whole lines only, one question, one run at a time."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import pytest

from withhold.errors import BadInput
from withhold.reach.finished import Finished

ASKED = {"where": "DE", "when": "2026-11-01"}


def kept(path: Path) -> list[bytes]:
    with Finished(path, ASKED) as one:
        return list(one.lines())


def test_what_was_added_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "done.jsonl"
    with Finished(path, ASKED) as one:
        one.add(b'{"a": 1}')
        one.add(b'{"a": 2}')
    assert kept(path) == [b'{"a": 1}\n', b'{"a": 2}\n']


def test_wherever_a_kill_cuts_only_whole_lines_count(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    lines = [b'{"a": %d}' % number for number in range(4)]
    with Finished(path, ASKED) as one:
        for line in lines:
            one.add(line)
    whole = path.read_bytes()
    for end in range(len(whole) + 1):
        path.write_bytes(whole[:end])
        with Finished(path, ASKED) as one:
            before = [line.strip() for line in one.lines()]
            for line in lines[len(before) :]:
                one.add(line)
        assert before == lines[: len(before)]
        assert path.read_bytes() == whole, end


def test_a_cut_line_may_be_long(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    with Finished(path, ASKED) as one:
        one.add(b"1")
    with path.open("ab") as file:
        file.write(b"x" * 200_000)
    assert kept(path) == [b"1\n"]


def test_another_question_is_refused_and_named(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    kept(path)
    with pytest.raises(BadInput, match="when 2026-11-01"):
        Finished(path, {**ASKED, "when": "2026-11-02"})
    assert kept(path) == []


@pytest.mark.parametrize(
    "body", [b"notes\n", b"notes", b"[1]\n", b'{"schema": "x"}\n', b"\0\xff\n"]
)
def test_a_file_that_no_run_wrote_is_left_as_it_is(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(body)
    with pytest.raises(BadInput, match="no run wrote it"):
        Finished(path, ASKED)
    assert path.read_bytes() == body


def test_two_runs_at_a_time_are_one_too_many(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    with Finished(path, ASKED), pytest.raises(BadInput, match="another run"):
        Finished(path, ASKED)
    assert kept(path) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        Finished(tmp_path, ASKED)


def test_what_lines_speak_of_is_written_before_them(tmp_path: Path) -> None:
    path = tmp_path / "done.jsonl"
    seen: list[int] = []
    with Finished(path, {}, lambda: seen.append(path.read_bytes().count(b"\n"))) as one:
        one.add(b"1")
        one.add(b"2")
    assert seen[0] == 1, "only the question stood there"
    assert path.read_bytes().count(b"\n") == 3


def test_what_a_full_disk_took_half_of_is_there_once(tmp_path: Path) -> None:
    """It is written once more at the end, when there may be room again."""
    path = tmp_path / "done.jsonl"
    left = [5, 0]

    class Filling(io.FileIO):
        def write(self, data: memoryview) -> int:  # type: ignore[override]
            if not left:
                return super().write(data)
            if not (room := left.pop(0)):
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data[:room])

    kept(path)
    with Finished(path, ASKED) as one:
        one._file.close()
        one._file = Filling(path, "ab")
        with pytest.raises(BadInput, match="No space left"):
            one.add(b'{"a": 1}')
        one.add(b'{"a": 2}')
    assert kept(path) == [b'{"a": 1}\n', b'{"a": 2}\n']
