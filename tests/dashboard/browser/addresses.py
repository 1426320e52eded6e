"""Every address of the dashboard with examples of what it is asked for, so that none is forgotten.

``{sent}``, ``{site}`` ... are what a made home has. A route of pages (GET) that has no example here
fails ``test_axe.py``.
"""

from __future__ import annotations

from urllib.parse import quote

from tests.dashboard.browser.looking import rows
from tests.dashboard.made import BLOG, FAR_SITE, POLICY, SITE, Made
from withhold.faces.web.routes import ROUTES
from withhold.keep import Store

PAGES: dict[str, tuple[str, ...]] = {
    "/": ("",),
    "/first": ("", "?step=2", "?step=3"),
    "/first/checklist": ("",),
    "/plan": ("",),
    "/account": ("?key=linkedin", "?key={blog}", "?key=tiktok%3Aada.jr", "?key=x%3Aada&all=1"),
    "/account/step": (
        "?key=linkedin&control=ai-training-toggle",
        "?key=x%3Aada&control=grok-toggle",
        "?key=instagram&control=objection-form",
    ),
    "/posts": ("",),
    "/posts/find": ("", "?q=tomatoes", "?q=nothing+of+this", "?gives=any"),
    "/posts/post": ("?id={post}",),
    "/posts/archives": ("",),
    "/site": ("?url={site}", "", "?url={far}"),
    "/site/wish": ("?url={site}&wish=no-training", "?url={site}", "?url={far}&wish=no-training"),
    "/letters": ("",),
    "/letters/new": (
        "",
        "?of=linkedin",
        "?of=facebook&act=object-training",
        "?of=openai&party=author",
    ),
    "/letters/case": ("?id={sent}", "?id={answered}"),
    "/letters/next": ("?id={sent}",),
    "/letters/forget": ("?id={sent}",),
    "/watch": ("",),
    "/watch/policy": ("?document={policy}",),
    "/evidence": ("", "?kind=told"),
    "/evidence/one": ("?id={seen}", "?id=obs-1"),
    "/evidence/forget": ("?id={seen}",),
    "/report": ("", "?make=1&kind=html&in_lang=en&names=1"),
    "/settings": ("",),
    "/settings/doctor": ("",),
    "/settings/account": ("", "?key={blog}"),
    "/settings/forget": ("?what=everything", "?what=account&key={blog}", "?what=site&url={site}"),
}
"""Path -> queries, the plainest first."""
FILES: dict[str, tuple[str, ...]] = {
    "/plan/file": ("?form=md", "?form=ics"),
    "/letters/dates.ics": ("",),
    "/letters/file": ("?id={sent}", "?id={sent}&form=html", "?id={sent}&form=eml&read=1"),
    "/letters/bundle": ("?id={sent}",),
    "/posts/text": ("?id={post}",),
    "/site/file": ("?url={site}&wish=no-training&name=robots.txt",),
    "/site/zip": ("?url={site}&wish=no-training",),
    "/evidence/file": ("?digest={digest}",),
    "/evidence/warc": ("?name={warc}",),
    "/report/file": ("?make=1&kind=md&in_lang=en",),
}
"""The same of what is saved and not shown."""
JOB = "/job"
"""Has an id that no home knows before something was begun: it is looked at in the journeys."""


def routes() -> list[str]:
    """The paths that can be opened."""
    return [one.path for one in ROUTES if one.get]


def _known(made: Made | None) -> dict[str, str]:
    """What the queries speak of; of an empty home something that is not there."""
    found = {"blog": BLOG, "site": SITE, "far": FAR_SITE, "policy": POLICY}
    if made is None:
        found |= {"sent": "WH-222222", "answered": "WH-333333", "digest": "0" * 64, "post": "1"}
        found |= {"seen": "obs-99", "warc": "none"}
    else:
        with Store.read(made.home) as store:
            seen = [one for one in store.observations.all() if one.evidence][-1]
        found |= {"sent": made.sent, "answered": made.answered}
        found["post"] = str(rows(made.home, "SELECT min(id) FROM post WHERE text <> ''")[0][0])
        found |= {"seen": seen.id, "digest": seen.evidence, "warc": "none"}
    return {name: quote(said, safe="") for name, said in found.items()}


def addresses(made: Made | None, of: dict[str, tuple[str, ...]] = PAGES) -> list[str]:
    """Every example as an address of a made home; None = of one where nothing is."""
    known = _known(made)
    return [path + query.format_map(known) for path, queries in of.items() for query in queries]


def plainest(made: Made | None) -> list[str]:
    """One address for each path."""
    known = _known(made)
    return [path + queries[0].format_map(known) for path, queries in PAGES.items()]
