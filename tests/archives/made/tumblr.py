"""Pages of a Tumblr export, made after descriptions only: no real one was ever seen."""

from __future__ import annotations

import random

from tests.archives.made.truth import Truth

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December"]  # fmt: skip
FOLDERS = {"": ("unknown", "none", "live"), "draft/": ("private", "item-field", "draft"),
           "queued/": ("private", "item-field", "draft"),
           "private/": ("private", "item-field", "live")}  # fmt: skip


def page(body: str, when: str = "June 1st, 2018 3:45pm", *tags: str) -> bytes:
    spans = "".join(f'<span class="tag">{one}</span>' for one in tags)
    return (
        f'<!DOCTYPE html><html><head><link rel="stylesheet" href="../style.css"></head><body>{body}'
        f'<a href="https://64.media.tumblr.com/x"></a><div id="footer"><span id="timestamp"> {when}'
        f" </span>{spans}</div></body></html>"
    ).encode()


def ordinal(day: int) -> str:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def made(seed: int, count: int) -> tuple[dict[str, bytes], list[Truth]]:
    """Posts in every folder, own, reblogged, and reblogged with own words."""
    dice = random.Random(seed)  # noqa: S311
    files = {"blog/payload-0.json": b'[{"data": {}}]', "blog/media/1_0.jpg": b"\xff\xd8",
             "blog/posts/style.css": b"p {}"}  # fmt: skip
    truth = []
    quote = '<p><a class="tumblr_blog" href="https://x.tumblr.com">x</a>:</p><blockquote>'
    for number in range(count):
        year, month, day, hour = (
            dice.randrange(2008, 2026), dice.randrange(12), dice.randrange(1, 29),
            dice.randrange(1, 13),
        )  # fmt: skip
        half = dice.choice(["am", "pm"])
        folder = dice.choice(list(FOLDERS))
        audience, by, state = FOLDERS[folder]
        own, authored, text = f"<p>Words &amp; {number}</p>", "own", f"Words & {number}"
        match number % 3:
            case 1:
                own, authored = f"{quote}<p>theirs {number}</p></blockquote>", "others"
                text = f"x:\ntheirs {number}"
            case 2:
                own += f"{quote}<p>theirs</p></blockquote>"
                authored, text = "own-over-others", f"{text}\nx:\ntheirs"
        ident = str(100_000_000_000 + number)
        when = f"{MONTHS[month]} {ordinal(day)}, {year} {hour}:05{half}"
        files[f"blog/posts/html/{folder}{ident}.html"] = page(own, when, "my tag")
        clock = hour % 12 + (12 if half == "pm" else 0)
        created = f"{year}-{month + 1:02}-{day:02}T{clock:02}:05:00+00:00"
        truth.append(
            Truth(ident, "post", authored, audience, by, state, created, f"{text}\n#my tag")
        )
    return files, truth
