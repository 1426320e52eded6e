"""Earlier writings into a site's folder, and taking one back."""

from __future__ import annotations

from pathlib import Path

from withhold.errors import WithholdError
from withhold.faces.report.plain import printable
from withhold.faces.report.write_said import words_of as words_of_write
from withhold.faces.web.site_named import address, site_of
from withhold.faces.web.views import Ask, Go, Route
from withhold.faces.web.words import told_here
from withhold.reach import undo
from withhold.words import Site


def runs_of(ask: Ask, site: Site) -> list[undo.Run]:
    """Those of this site's folder, the newest first. Raises WithholdError for a damaged one."""
    if not site.folder:
        return []
    here = str(Path(site.folder).resolve())
    return [one for one in undo.runs(ask.desk.home) if one.folder == here]


def rollback(ask: Ask) -> Go:
    """Puts every file of a run back as it was; what somebody changed since is not lost."""
    site, words = site_of(ask), words_of_write(ask.setting.lang)
    to = address("/site", site)
    try:
        with ask.desk.writing():  # one after the other
            done = undo.rollback(ask.desk.home, ask.said("run"))
    except WithholdError as why:
        return Go(to=to, said=told_here(why), bad=True)
    said = [
        words[name].format(file=printable(path))
        for name, paths in (
            ("restored", done.restored),
            ("taken", done.removed),
            ("already", done.already),
        )
        for path in paths
    ]
    return Go(to=to, said="; ".join(said))


ROUTES = (Route(path="/site/rollback", post=rollback),)
