"""Adding a site, giving it its folder, taking it off the list."""

from __future__ import annotations

from jinja2.filters import do_urlencode

from withhold.errors import BadInput
from withhold.faces.own_said import folder_said, site_said
from withhold.faces.report.plain import printable
from withhold.faces.web.site_named import address, site_of
from withhold.faces.web.views import Ask, Go, Route
from withhold.faces.web.words import told_here, words_of
from withhold.reach.addresses import BadUrl, origin_of
from withhold.words import Site

_TYPED_AT_MOST = 2_000
"""Characters that are shown again: they travel in an address, and those have an end."""


def wrong(url: str, folder: str) -> dict[str, str]:
    """What is wrong with what was typed, by field."""
    found = {}
    try:
        origin_of(site_said(url))
    except BadInput as why:
        found["add"] = told_here(why)
    except BadUrl as why:
        found["add"] = f"{printable(url)}: {why}"
    try:
        folder_said(folder)
    except BadInput as why:
        found["folder"] = told_here(why)
    except (OSError, ValueError) as why:
        found["folder"] = f"{printable(folder)}: {why}"
    return found


def add(ask: Ask) -> Go:
    """Adds it, or gives one that is there another folder; what is wrong is asked again."""
    url, folder = ask.said("add"), ask.said("folder")
    words = words_of("site", ask.setting.lang)
    if wrong(url, folder):
        typed = {"add": url[:_TYPED_AT_MOST], "folder": folder[:_TYPED_AT_MOST], "wrong": "1"}
        return Go(to=f"/site?{do_urlencode(typed)}#add-site")
    site = Site(url=site_said(url), folder=folder_said(folder))
    before = next((one for one in ask.setting.owner.sites if one.url == site.url), None)
    with ask.desk.writing() as store:
        store.own.add_site(site.url, site.folder)
    if before is None:
        undo = {"undo": "/site/remove", "undo_values": {"url": site.url}}
    else:
        undo = {"undo": "/site/add", "undo_values": {"add": before.url, "folder": before.folder}}
    said = words["added" if before is None else "folder_changed"]
    return Go(to=address("/site", site), said=said.format(url=site.url), **undo)  # type: ignore[arg-type]


def remove(ask: Ask) -> Go:
    """Takes it off the list; files and evidence stay where they are."""
    site = site_of(ask)
    words = words_of("site", ask.setting.lang)
    with ask.desk.writing() as store:
        store.own.remove_site(site.url)
    return Go(
        to="/site",
        said=words["removed"].format(url=site.url),
        undo="/site/add",
        undo_values={"add": site.url, "folder": site.folder},
    )


ROUTES = (Route(path="/site/add", post=add), Route(path="/site/remove", post=remove))
