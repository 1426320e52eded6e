"""Names of files in an archive, as they are shown where they were refused."""

from __future__ import annotations

from withhold.exports.safe_path import safe, shown


def test_signs_that_act_on_a_screen_are_named_and_not_sent() -> None:
    assert shown("a\x1b[2J\n\u202egpj.exe") == "a\\u001b[2J\\u000a\\u202egpj.exe"
    assert shown("ünï/日本.txt") == "ünï/日本.txt"
    assert len(shown("x" * 5_000)) == 200


def test_a_name_with_such_signs_is_no_path() -> None:
    assert safe("a\x1b[2J.json") == safe("\u202egpj.json") == safe("a\nb.json") == ""
    assert safe("ünï/日本.txt") == "ünï/日本.txt"


def test_a_drive_behind_a_dot_leads_out_too() -> None:
    """Found by fuzzing: the dot was taken away after the drive had been looked for."""
    assert safe("C:/x") == safe("./C:/x") == safe(".\\C:\\x") == safe(".//./C:") == ""
    assert safe("./a/b.json") == "a/b.json"


def test_controls_of_eight_bits_act_on_a_screen_too() -> None:
    assert safe("a\x9b2J.json") == safe("a\x85b.json") == ""
    assert shown("a\x9b2J") == "a\\u009b2J"
