"""A history of dated robots.txt as text for a terminal."""

from __future__ import annotations

from withhold.faces.cli.show import Paper
from withhold.faces.report.histories import Told, headline, sentence

SITES = 12
"""Sites, and doubtful files, that are named without --all."""


def show(told: Told, *, full: bool) -> None:
    """The sums, the sites with a lasting change, what is not known."""
    out, words = Paper(), told.words
    out.put()
    out.put(headline(told), style="bold underline")
    out.put(told.about, 2)
    out.put()
    changed = told.changed()
    if not changed:
        out.put(told.none, 2)
    for one in changed:
        out.put(
            words["history_sum_one" if one.sites == 1 else "history_sum"].format(
                refused=one.refused,
                let_in=one.let_in,
                first=one.refused_first,
                last=one.refused_last,
                sites=one.sites,
            ),
            out.column(24),
            head=f"  {one.token} ",
        )
    sites = told.lasting()
    for site, changes in sites if full else sites[:SITES]:
        out.put()
        out.put(site, 2, style="bold")
        for alike in changes:
            out.put(sentence(alike, told), 4)
    if len(sites) > SITES and not full:
        more = len(sites) - SITES
        key = "history_more_one" if more == 1 else "history_more"
        out.put(words[key].format(n=more), 2, style="dim")
    reasons, doubtful = told.reasons(), told.doubtful()
    if reasons or doubtful:
        out.put()
        out.put(words["history_gaps"], 2, style="bold")
    for text, count in reasons:
        out.put(f"{text}: {count}", 4)
    for text in doubtful if full else doubtful[:SITES]:
        out.put(text, 4)
    if len(doubtful) > SITES and not full:
        more = len(doubtful) - SITES
        key = "history_more_files_one" if more == 1 else "history_more_files"
        out.put(words[key].format(n=more), 4, style="dim")
