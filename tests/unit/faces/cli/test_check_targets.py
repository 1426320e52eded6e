"""What a list of targets holds: one a line, and none that is a comment."""

from __future__ import annotations

from pathlib import Path

from withhold.faces.cli.check_targets import listed


def test_a_comment_is_no_target_wherever_it_stands_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(
        b"\xef\xbb\xbf# mine\r\n  # set in\r\n  linkedin \r\n\r\nhttps://a.example/#b\n"
    )
    assert listed(str(path)) == ["linkedin", "https://a.example/#b"]
