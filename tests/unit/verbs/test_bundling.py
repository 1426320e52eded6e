"""What a file that is added to a bundle is called."""

from __future__ import annotations

from withhold.verbs.bundling import title_of


def test_a_name_that_is_no_utf_8_can_be_written_down() -> None:
    assert title_of("brief f\udcfcr sie.txt", None) == "brief f?r sie.txt"
