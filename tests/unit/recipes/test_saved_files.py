"""Files that browsers wrote: a page of ours, saved by hand on 2026-11-26.

``chromium-*``: Chromium 156 of Debian, Ctrl+S, one file for each choice of its dialog.
``firefox-complete``: Firefox 153 ESR, by what its menu calls. ``chromium-html-only.html`` is the
page as the server sent it. Its script then switched "Train AI on my posts" off, unticked "Show ads
by what I write", ticked "Send mails" (and wrote "On" beside it), and chose "Nobody".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.recipes.pages import WORDS, recipe
from withhold.recipes.saved import read_saved

FILES = Path(__file__).parent / "saved_files"


def outcome(name: str, words: str, **more: Any) -> tuple[str, str]:
    """What a file shows of the setting with these words."""
    target = {"role": ["switch", "checkbox", "combobox"], "names": {"en": [words]}, **more}
    member = {"role": ["link"], "attribute": {"data-me": "1"}}
    one = recipe(
        target={"switch": target, "member": member}, sign={"here": [{"path": "/settings"}]}
    )
    result = read_saved(one, (FILES / name).read_bytes(), WORDS)
    assert result.account == ("" if result.reason == "as-sent" else "Mara Kowalski")
    return result.outcome, result.reason


@pytest.mark.parametrize(
    "name", ["chromium-complete.html", "chromium.mhtml", "firefox-complete.html"]
)
def test_what_the_page_wrote_is_shown(name: str) -> None:
    assert outcome(name, "Train AI on my posts") == ("already-no", "read")


@pytest.mark.parametrize(
    "name", ["chromium-complete.html", "chromium.mhtml", "firefox-complete.html"]
)
def test_what_the_browser_holds_is_not(name: str) -> None:
    assert outcome(name, "Show ads by what I write") == ("unknown", "markup-silent")


def test_chromium_writes_a_box_as_it_was_served() -> None:
    """Why: the box is ticked in both files, and was not when they were saved."""
    for name in ("chromium-complete.html", "chromium.mhtml"):
        text = (FILES / name).read_text(encoding="utf-8").replace("=\n", "").replace("=3D", "=")
        assert 'id="ads" checked=""' in text
        assert outcome(name, "Send mails") == ("unknown", "contradictory")  # unticked, and "On"


def test_firefox_writes_a_box_as_it_stands() -> None:
    """Seen for this version; it is not relied upon, but the word beside it is believed with it."""
    text = (FILES / "firefox-complete.html").read_text(encoding="utf-8")
    assert 'id="ads">' in text
    assert 'id="mails" checked="checked"' in text
    assert outcome("firefox-complete.html", "Send mails") == ("on", "read")


@pytest.mark.parametrize("name", ["chromium-complete.html", "chromium.mhtml"])
def test_shadow_trees(name: str) -> None:
    assert outcome(name, "In an open tree") == ("on", "read")
    assert outcome(name, "In a closed tree") == ("already-no", "read")


def test_frames() -> None:
    assert outcome("chromium.mhtml", "In a frame") == ("already-no", "read")
    assert outcome("chromium-complete.html", "In a frame") == ("unknown", "not-in-file")
    assert outcome("firefox-complete.html", "In a frame") == ("unknown", "not-in-file")


def test_the_page_as_the_server_sent_it_is_not_read() -> None:
    """It says that the switch is on; it was off when the file was saved."""
    assert outcome("chromium-html-only.html", "Train AI on my posts") == ("unknown", "as-sent")
