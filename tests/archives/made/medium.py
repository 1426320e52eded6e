"""Medium exports, made: stories, responses, drafts, pages of the account."""

from __future__ import annotations

import html
import random
from datetime import UTC, datetime, timedelta

from tests.archives.made.truth import Truth


def page(
    title: str, body: str, *, subtitle: str = "", key: str = "", date: str = "", own: str = ""
) -> bytes:
    """A story as Medium writes it; without a date it is a draft."""
    summary = f'<section data-field="subtitle" class="p-summary">\n{subtitle}\n</section>'
    by = (
        f'<p>By <a href="https://medium.com/@ada" class="p-author h-card">Ada</a> on '
        f'<a href="https://medium.com/p/{key}"><time class="dt-published" datetime="{date}">'
        f'a day</time></a>.</p><p><a href="{own}" class="p-canonical">Canonical link</a></p>'
        if date
        else f'<p><a href="https://medium.com/p/{key}">View original.</a></p>'
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<article class="h-entry"><header><h1 class="p-name">{title}</h1></header>
{summary if subtitle else ""}
<section data-field="body" class="e-content"><section name="a" class="section section--body">
{body}</section></section><footer>{by}<p>Exported from <a href="https://medium.com">Medium</a>
on June 3, 2024.</p></footer></article></body></html>""".encode()


def made(seed: int, count: int) -> tuple[dict[str, bytes], list[Truth]]:
    """So many pages, and what must come out of them, by the names of the files."""
    dice = random.Random(seed)  # noqa: S311
    start = datetime(2018, 8, 11, 11, 23, 34, tzinfo=UTC)
    files: dict[str, bytes] = {}
    truth: dict[str, Truth] = {}
    for number in range(count):
        key = f"{dice.getrandbits(48):012x}"
        when = start + timedelta(days=number)
        stamp = when.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        said = f"Paragraph {number}: {dice.choice(['tea & cake', 'Grüße', '5 < 6'])}"
        escaped = html.escape(said)
        own = f"https://medium.com/@ada/story-{key}"
        body = f'<p class="graf graf--p">{escaped}</p>'
        if number % 4 == 3:  # a draft
            name = f"posts/draft_Story-{key}.html"
            files[name] = page(f"Story {number}", body, subtitle="Sub", key=key)
            truth[name] = Truth(key, "article", "own", "private", "item-field", "draft", "",
                                f"Story {number}\nSub\n{said}")  # fmt: skip
        elif number % 4 == 1:  # a response: its title is its own beginning
            name = f"posts/{when:%Y-%m-%d}_Response-{key}.html"
            files[name] = page(f"Paragraph {number}…", body, key=key, date=stamp, own=own)
            truth[name] = Truth(key, "comment", "own", "unknown", "none", "live",
                                when.isoformat(), f"Paragraph {number}…\n{said}")  # fmt: skip
        else:
            name = f"posts/{when:%Y-%m-%d}_Story-{key}.html"
            head = f'<h3 class="graf graf--h3 graf--title">Story {number}</h3>'
            files[name] = page(f"Story {number}", head + body, key=key, date=stamp, own=own)
            truth[name] = Truth(key, "article", "own", "unknown", "none", "live",
                                when.isoformat(), f"Story {number}\n{said}")  # fmt: skip
    files["profile/profile.html"] = (
        b'<html><body><section class="h-card"><h3 class="p-name">Ada</h3>'
        b'<a class="u-url" href="https://medium.com/@ada">@ada</a>'
        b"<b>Medium user ID:</b> abc</section></body></html>"
    )
    files["claps/claps-0001.html"] = b"<html><body><ul><li>+3</li></ul></body></html>"
    files["highlights/highlights-0001.html"] = b"<html><body>Words of others</body></html>"
    return files, [truth[name] for name in sorted(truth)]


LAYOUTS = {"html": lambda seed, count: made(seed, count)[0]}
