"""Writing a site's files after their diff was shown, or taking them away as files or as a zip."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from withhold.errors import NotFound, WithholdError
from withhold.faces.report.plain import printable
from withhold.faces.report.write_said import words_of as words_of_write
from withhold.faces.web.site_named import address, site_of
from withhold.faces.web.site_plan import SNIPPETS, Planned, choice_of, planned
from withhold.faces.web.views import Ask, File, Go, Route
from withhold.faces.web.words import told_here, words_of
from withhold.reach import undo
from withhold.signals import server_rules
from withhold.words import Site

_TEXT = "text/plain; charset=utf-8"


def write(ask: Ask) -> Go:
    """Writes what was shown, if it would still be the same; the undo is registered first."""
    site, words = site_of(ask), words_of("site", ask.setting.lang)
    choice = choice_of({name: values[-1] for name, values in ask.form.items()})
    to = address("/site/wish", site, **choice.fields())
    if not choice.name or not site.folder:
        return Go(to=to, said=words["which_wish"], bad=True)
    try:
        found = planned(ask, site, choice)
        if found.digest != ask.said("shown"):
            return Go(to=to, said=words["changed_meanwhile"], bad=True)
        if found.plan.proof.lost and ask.said("lose") != "1":
            n = len(found.plan.proof.lost)
            lost = words["would_lose_one" if n == 1 else "would_lose"].format(n=n)
            return Go(to=to, said=lost, bad=True)
        run = _written(ask, site, found)
    except WithholdError as why:
        return Go(to=to, said=told_here(why), bad=True)
    said = words_of_write(ask.setting.lang)
    if run is None:
        return Go(to=to, said=said["nothing"])
    done = [
        said["removed" if one.after is None else "written"].format(file=printable(one.name))
        for one in found.plan.changed
    ]
    return Go(
        to=address("/site", site),
        said=f"{'; '.join(done)}. {said['crawlers_wait']}",
        undo="/site/rollback",
        undo_values={"url": site.url, "run": run.id},
    )


def _written(ask: Ask, site: Site, found: Planned) -> undo.Run | None:
    wanted = [
        undo.Wanted(name=one.name, before=one.before, after=one.after) for one in found.plan.changed
    ]
    what = f"{site.url} {found.plan.wish.name}"
    with ask.desk.writing():  # one after the other
        return undo.change(ask.desk.home, Path(site.folder), wanted, what, ask.setting.now())


# To take away ---------------------------------------------------------------------------------


def files_made(found: Planned) -> dict[str, bytes]:
    """Every file that a wish would write, and the rules for servers, by name."""
    made = {one.name: one.after for one in found.plan.changed if one.after is not None}
    if found.plan.headers:
        for server in SNIPPETS:
            made[server_rules.FILES[server]] = server_rules.write(
                server, found.plan.headers
            ).encode()
    return made


def one_file(ask: Ask) -> File:
    """One of them, to save. Raises NotFound."""
    made, name = _asked(ask), ask.query.get("name", "")
    if name not in made:
        words = words_of("site", ask.setting.lang)
        raise NotFound(words["no_file"].format(name=printable(name)), words["no_file_tip"])
    return File(body=made[name], type=_TEXT, name=name.rpartition("/")[2])


def all_files(ask: Ask) -> File:
    """All of them, each where it belongs below the site's folder."""
    return File(body=zipped(_asked(ask)), type="application/zip", name="withhold-site.zip")


def _asked(ask: Ask) -> dict[str, bytes]:
    site, choice = site_of(ask), choice_of(ask.query)
    if not choice.name:
        words = words_of("site", ask.setting.lang)
        raise NotFound(words["which_wish"], words["no_file_tip"])
    return files_made(planned(ask, site, choice))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes: no time stands in it."""
    out = io.BytesIO()
    with ZipFile(out, "w") as folder:
        for name, body in files.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            folder.writestr(entry, body)
    return out.getvalue()


ROUTES = (
    Route(path="/site/write", post=write),
    Route(path="/site/file", get=one_file),
    Route(path="/site/zip", get=all_files),
)
