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
