"""One page of every template, and more where a template looks different: what the gates visit.

A page is named after its template; what follows a colon tells variants apart. ``shown`` brings a
page into the state in which it is looked at: a list that was made, results that were found.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from withhold.faces.guide.edition import HERE

DEUTSCH = "deutsch/"
EIGHT = "linkedin,facebook,instagram,threads,tiktok,reddit,tumblr,x"
ESSAYS = sorted(one.stem for one in (HERE / "explained" / "en").glob("*.md"))

PAGES: dict[str, str] = {
    "front": "",
    "front:list": f"?place=US-PA&platforms={EIGHT}",
    "place": "us-pa/",
    "place:de": "de/",
    "place:no-law": "va/",
    "place_platform": "us-pa/linkedin/",
    "place_platform:no-control": "us-pa/instagram/",
    "place_platform:form": "de/facebook/",
    "place_platform:business": "us-pa/x/",
    "place_platform:blogs": "us-pa/tumblr/",
    "place_platform:nothing-known": "us-pa/nextdoor/",
    "place_platform:closed": "de/mastodon/",
    "places": "places/",
    "platforms": "platforms/",
    "platform": "platforms/linkedin/",
    "platform:long": "platforms/facebook/",
    "platform:short": "platforms/nextdoor/",
    "matrix": "matrix/",
    "companies": "companies/",
    "company": "companies/meta/",
    "company:small": "companies/velen/",
    "crawlers": "crawlers/",
    "crawler": "crawlers/gptbot/",
    "crawler:control": "crawlers/google-extended/",
    "signals": "signals/",
    "signal": "signals/tdmrep/",
    "laws": "laws/",
    "law": "laws/gdpr-art-21/",
    "law:forbids": "laws/xiuc-undertaking-2024/",
    "claims": "claims/",
    "claim": "claims/article-linkedin-opted-in/",
    "claim:no-asks": "claims/glaze/",
    "reasons": "reasons/",
    "reason": "reasons/no-control/",
    "fact": "facts/linkedin/own-generative-models/",
    "fact:control": "facts/facebook/objection-form/",
    "fact:none": "facts/facebook/no-switch/",
    "fact:shield": "facts/linkedin/shield/",
    "fact:dispute": "facts/facebook/one-objection-or-many/",
    "fact:superseded": "facts/linkedin/not-in-europe/",
    "fact:company": "facts/company-openai/train-on-public-web/",
    "changes": "changes/",
    "explained_index": "explained/",
    **{f"explained:{slug}": f"explained/{slug}/" for slug in ESSAYS},
    "data": "data/",
    "search": "search/",
    "search:results": "search/?q=linkedin",
    "lost": "404.html",
}
ONCE = {name: path for name, path in PAGES.items() if ":" not in name or name == "front:list"}
"""One page of every template, and the front page with its list."""


def folder(lang: str) -> str:
    """Where the pages of a language stand, below the guide's root."""
    return DEUTSCH if lang == "de" else ""


def shown(page: Any, name: str) -> None:
    """Waits for what scripts put on the page; opens what is folded, ticks what can be ticked."""
    if name == "front:list":
        page.wait_for_selector("#steps .step")
        for box in page.locator("#steps .tick").all()[:2]:
            box.check()
    if name == "search:results":
        page.wait_for_selector("#found li")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def file(built: Path, path: str, lang: str = "en") -> Path:
    """The file behind a page."""
    path = path.partition("?")[0]
    return built / folder(lang) / (path if path.endswith(".html") else f"{path}index.html")
