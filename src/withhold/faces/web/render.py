"""Pages of the dashboard as HTML: the frame around, the guide's words and filters within."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from withhold.faces.report import plans
from withhold.faces.report.plain import printable
from withhold.faces.web.views import Ask, Page, Piece
from withhold.faces.web.words import words_of

if TYPE_CHECKING:
    from jinja2 import Environment

NAV = ("overview", "posts", "site", "letters", "watch", "evidence", "report", "settings")
ADDRESS = {"overview": "/"}
_GUIDES = ("macros.html", "step_words.html")
"""Templates of the guide that pages of the dashboard are written with."""


def html(ask: Ask, page: Page | Piece, flash: Any = None, csrf: str = "") -> str:
    """The page in the language of the request."""
    edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
    shared = {
        "ask": ask,
        "ed": edition,
        "say": edition.sentences,
        "phrases": edition.phrases,
        "words": edition.phrases,
        "w": words_of("frame", ask.setting.lang),
        "app": words_of("app", ask.setting.lang) if ask.desk.end else {},
        "page": page,
        "flash": flash,
        "csrf": csrf,
        "nav": [(ADDRESS.get(one, f"/{one}"), one) for one in NAV],
        "jobs": ask.desk.jobs.open(),
        "act": plans.act,
        "before": plans.before,
    }
    return pages_of(edition).get_template(page.template).render(shared | dict(page.values))


def pages_of(edition: Any) -> Environment:
    """Of one edition: the guide's environment with the templates of the dashboard before them."""
    known: Environment | None = getattr(edition, "_desk_pages", None)
    if known is None:
        from jinja2 import ChoiceLoader, PackageLoader

        own = PackageLoader("withhold.faces.web")
        known = edition.pages.overlay(loader=ChoiceLoader([own, edition.pages.loader]))
        known.filters["plain"] = printable
        edition._desk_pages = known
    return known


def templates_of(pages: Environment) -> list[str]:
    """All that pages of the dashboard are written with, by name."""
    loader: Any = pages.loader
    return [*_GUIDES, *loader.loaders[0].list_templates()]
