"""The HTML form of an Instagram archive, made as public parsers describe it."""

from __future__ import annotations

import html
from datetime import datetime

from tests.archives.made.instagram import BIO, HANDLE, NAME, Drawn, Meant, bio, meant

MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def page(*blocks: str, title: str = "Posts") -> bytes:
    """A page of the HTML form, with a script in it."""
    return (
        f"<html><head><title>{title}</title><style>p{{}}</style></head><body><div class='_a705'>"
        f"<header><h1>{title}</h1></header><script>document.write('never')</script>"
        f"<main class='_a706' role='main'>{''.join(blocks)}</main></div></body></html>"
    ).encode()


def _date(when: datetime) -> str:
    hour = when.hour % 12 or 12
    half = "am" if when.hour < 12 else "pm"
    month = MONTHS[when.month - 1]
    return f"{month} {when.day:02}, {when.year} {hour}:{when.minute:02} {half}"


def block(heading: str, inside: str, when: datetime | None) -> str:
    """One entry: heading, what is in it, date."""
    words = html.escape(heading).replace("\n", "<br />")
    head = f"<h2 class='_3-95 _2pim _a6-h _a6-i'>{words}</h2>" if heading else ""
    date = f"<div class='_3-94 _a6-o'>{_date(when)}</div>" if when else ""
    return (f"<div class='pam _3-95 _2ph- _a6-g uiBoxWhite noborder'>{head}"
            f"<div class='_3-95 _a6-p'>{inside}</div>{date}</div>")  # fmt: skip


def rows(*said: tuple[str, str]) -> str:
    """Labelled rows: the last one has two cells, the others one."""
    out = [
        f"<tr><td colspan='2' class='_2pin _a6_q'>{label}<div><div>{html.escape(value)}</div>"
        "</div></td></tr>"
        for label, value in said[:-1]
    ]
    label, value = said[-1]
    out.append(f"<tr><td class='_2pin _a6_q'>{label}</td><td class='_a6_r'>{value}</td></tr>")
    return f"<table>{''.join(out)}</table>"


def of_html(found: list[Drawn], private: bool = True) -> tuple[dict[str, bytes], list[Meant]]:
    """The HTML form: minutes only, and no word of its zone."""
    pages: dict[str, list[str]] = {"posts_1": [], "reels": [], "stories": [], "archived_posts": [],
                                   "post_comments_1": []}  # fmt: skip
    where = {"post": "posts_1", "carousel": "posts_1", "reel": "reels", "story": "stories",
             "archived": "archived_posts", "comment": "post_comments_1"}  # fmt: skip
    truth = []
    for one in found:
        links = "".join(
            f"<div><a href='{at}'><img src='{at}'></a></div>"
            for at in (f"media/posts/202103/{name}" for name in one.files)
        )
        if one.what == "comment":
            said = (("Comment", one.text), ("Media Owner", "somebody"), ("Time", _date(one.when)))
            pages["post_comments_1"].append(block("", rows(*said), None))
        else:
            pages[where[one.what]].append(block(one.text, links, one.when))
        text = " ".join(one.text.split(" "))
        minute = one.when.replace(second=0).isoformat()
        truth.append(meant(one, private)._replace(created=minute, text=text))
    top = "your_instagram_activity"
    files = {f"{top}/media/{name}.html": page(*blocks) for name, blocks in pages.items()
             if name != "post_comments_1"}  # fmt: skip
    files[f"{top}/comments/post_comments_1.html"] = page(*pages["post_comments_1"])
    about = rows(("Username", HANDLE), ("Name", NAME), ("Bio", BIO),
                 ("Private Account", str(private)))  # fmt: skip
    name = "personal_information/personal_information/personal_information.html"
    files[name] = page(block("", about, None))
    files["start_here.html"] = page()
    files["preferences/settings/notification_preferences.html"] = page()
    return files, [*truth, bio()]
