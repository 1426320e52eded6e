"""A no that stands in what a list hangs on: ``We do not:`` and below ``use your files to train``.

Only an item that begins with the act itself belongs to it: one that says ``We use ...`` speaks for
itself. ``We share nothing except:`` says no to something else.
"""

from __future__ import annotations

from withhold.policies.negation import no_before_the_end
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark

ITEM_LETTERS = 2
"""Letters of ``(k)``, with which a list item begins."""
LAST = 4
"""Words at the end of a lead in which an exception takes its no back."""


def hangs_on(signs: Signs, lead: Signs | None) -> bool:
    """Whether a sentence is only understood with that lead: it begins with a bare act."""
    if lead is None or not lead.here or lead.text.rstrip().endswith("."):
        return False
    at = 0
    while at < min(2, len(signs.here) - 1) and len(signs.here.words[at]) <= ITEM_LETTERS:
        if signs.has("subject", at):
            return False
        at += 1
    return any(signs.has(name, at) for name in ("use", "build", "train", "scraping"))


def no_of(lead: Signs) -> Mark | None:
    """The no at its end, or None."""
    no = no_before_the_end(lead)
    last = len(lead.here) - LAST
    if no is None or lead.any("exclusion", "condition", "elsewhere", first=max(no.last, last)):
        return None
    return no


def on_condition(lead: Signs) -> bool:
    """Whether its last part names one: ``Unless you agree, we do not:``."""
    first, last = lead.part(len(lead.here) - 1)
    return lead.any("condition", "opt_in", "opt_out", first=first, last=last) is not None
