"""Which site a page is about, and where its pages stand."""

from __future__ import annotations

from jinja2.filters import do_urlencode

from withhold.errors import NotFound
from withhold.faces.report.plain import printable
from withhold.faces.web.views import Ask
from withhold.faces.web.words import words_of
from withhold.reach.addresses import BadUrl, origin_of
from withhold.words import Site


def site_of(ask: Ask) -> Site:
    """The owner's site that ``url`` names, in the address or the form. Raises NotFound."""
    url = ask.query.get("url", "") or ask.said("url")
    found = next((one for one in ask.setting.owner.sites if one.url == url), None)
    if found is None:
        words = words_of("site", ask.setting.lang)
        raise NotFound(words["no_site"].format(url=printable(url)), words["no_site_tip"])
    return found


def address(path: str, site: Site, **more: str) -> str:
    """``/site?url=https%3A%2F%2Fexample.org``: what stands in an address of ours is quoted."""
    return f"{path}?{do_urlencode({'url': site.url, **more})}"


def origin(site: Site) -> str:
    """Whom a look asks, the host as it goes over the wire; empty where it is no address."""
    try:
        return origin_of(site.url)
    except BadUrl:
        return ""
