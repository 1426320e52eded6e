"""Every address of the dashboard, and who answers it."""

from __future__ import annotations

from withhold.faces.web import (
    account,
    end_page,
    evidence,
    first,
    job_page,
    letters,
    overview,
    posts,
    report_page,
    settings,
    site,
    watch,
)
from withhold.faces.web.views import Route

ROUTES: tuple[Route, ...] = (
    *overview.ROUTES,
    *first.ROUTES,
    *account.ROUTES,
    *posts.ROUTES,
    *site.ROUTES,
    *letters.ROUTES,
    *watch.ROUTES,
    *evidence.ROUTES,
    *settings.ROUTES,
    *report_page.ROUTES,
    *job_page.ROUTES,
    *end_page.ROUTES,
)


_PAGES = {one.path for one in ROUTES if one.get}


def page_of(route: Route) -> str:
    """Where an address that only takes forms leads who opens it: typed, or from the history."""
    if route.back:
        return route.back
    above = route.path
    while above and above not in _PAGES:
        above = above.rpartition("/")[0]
    return above or "/"
