"""Each layout of each platform that the generators make, small, by a name of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from tests.archives import made as made_by
from tests.archives.mutated import Made


def _by(name: str) -> Any:
    return import_module(f"{made_by.__name__}.{name}")


def _activity() -> Made:
    you = _by("youtube")
    page = "".join(
        you.cell("Gemini Apps", f"Prompted no. {n}<br>1 Jan 2024, 10:0{n}:00 CET<br>")
        for n in range(4)
    )
    return {
        "Takeout/My Activity/Gemini Apps/MyActivity.json": you.activity(
            *(you.prompt(f"no. {n}", "<p>an answer</p>") for n in range(4))
        ),
        "Takeout/My Activity/Gemini Apps/MyActivity.html": (
            f"<html><body>{page}</body></html>".encode()
        ),
    }


def _instagram(layout: str) -> Made:
    ig = _by("instagram")
    drawn = ig.drawn(5, 9)
    if layout == "html":
        return dict(_by("instagram_html").of_html(drawn)[0])
    if layout == "2020":
        return dict(ig.of_2020(drawn)[0])
    if layout == "threads":
        return {**ig.since_2024(drawn), **ig.threads(drawn)}
    if layout == "chats":
        return {**ig.since_2024(drawn), **_chats(ig, [one.when for one in drawn])}
    if layout == "newest":
        return dict(ig.newest(drawn[1:], next(one for one in drawn if one.what == "post")))
    if layout == "2023":
        return dict(ig.since_2021(drawn, True, "your_instagram_activity/"))
    return dict({"2021": ig.since_2021, "2024": ig.since_2024}[layout](drawn))


def _chats(ig: Any, at: list[Any]) -> Made:
    """A conversation of two and one of three; lines with pictures, shares, and nothing."""
    share = {"link": "https://example.org/", "share_text": "theirs", "original_content_owner": "y"}
    picture = {"uri": "messages/photos/1.jpg", "creation_timestamp": 1_600_000_000}
    two = ig.conversation(
        (ig.NAME, "Bob"), ig.message(ig.NAME, at[0], content="hello", photos=[picture]),
        ig.message("Bob", at[1], content="theirs"), ig.message(ig.NAME, at[2], share=share),
        ig.message(ig.NAME, at[3], audio_files=[picture]), ig.message(ig.NAME, at[4]),
    )  # fmt: skip
    three = ig.conversation(
        (ig.NAME, "Bob", "Eve"), ig.message(ig.NAME, at[5], content="to all", share=share)
    )
    top = "your_instagram_activity/messages/inbox"
    return {f"{top}/bob_1/message_1.json": two, f"{top}/we_2/message_1.json": three}


def _facebook_pages() -> Made:
    entries = [
        ("Ada updated her status.", f"no. {n} <b>", f"Jan {n + 1}, 2020, 1:02:03 PM")
        for n in range(6)
    ]
    page = _by("facebook").page(entries)
    return {
        "your_facebook_activity/posts/your_posts_1.html": page,
        "start_here.html": b"<html></html>",
    }


def _first(name: str, function: str, *given: Any, **more: Any) -> Made:
    """The files of what a generator answers, without its truth."""
    found = getattr(_by(name), function)(*given, **more)
    return dict(found if isinstance(found, dict) else found[0])


def fixtures() -> dict[str, Callable[[], Made]]:
    """Each layout of each platform, small: 3 to 12 posts."""
    found: dict[str, Callable[[], Made]] = {}
    for name in ("bluesky", "chatgpt", "claude", "mastodon", "medium", "substack", "wordpress"):
        for layout, make in _by(name).LAYOUTS.items():
            found[f"{name} {layout}"] = partial(make, 5, 8)
    for layout in _by("facebook").TREES:
        found[f"facebook {layout}"] = partial(_first, "facebook", "made", layout, 5, 5)
    found["facebook html"] = _facebook_pages
    for layout in ("2020", "2021", "2023", "2024", "newest", "html", "threads", "chats"):
        found[f"instagram {layout}"] = partial(_instagram, layout)
    found["linkedin basic"] = partial(_first, "linkedin", "made_basic")
    found["linkedin complete"] = partial(_first, "linkedin", "made_complete", 5, 6)
    found["reddit"] = partial(_first, "reddit", "made", 5, 6, full=True)
    for layout in ("2023", "2025", "2026", "txt"):
        found[f"tiktok {layout}"] = partial(_first, "tiktok", f"made_{layout}", 5, 4)
    found["tumblr"] = partial(_first, "tumblr", "made", 5, 8)
    found["wordpress.com"] = partial(_first, "wordpress", "made", 5, 8, com=True)
    for layout in ("made", "made_2019", "made_classic"):
        found[f"x {layout}"] = partial(_first, "x", layout, 5, 8)
    for tongue in _by("youtube").TONGUES:
        found[f"youtube {tongue}"] = partial(_first, "youtube", "made", 5, 5, tongue)
    found["google activity"] = _activity
    return found
