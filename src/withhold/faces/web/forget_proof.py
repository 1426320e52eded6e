"""After forgetting, the home is searched for what was there; what was found stands on the page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from withhold.faces.report import forgotten_said
from withhold.faces.web.views import Ask
from withhold.verbs import forgotten
from withhold.verbs.forgetting import Gone
from withhold.verbs.forgotten import Scope


def proved(ask: Ask, scope: Scope, do: Callable[[], Gone]) -> tuple[Gone, str, bool]:
    """Forgets; what went, what the search says (empty: it cannot yet), and whether it is well.

    Of a large file nothing is said: it is wiped by a job, after which the command line can tell.
    Raises StoreTrouble, with nothing forgotten, where another one writes for long.
    """
    desk = ask.desk
    before = forgotten.collect(desk.home, scope)
    with desk.alone():  # from its beginning: what is gone is never told as not done
        gone = do()
        with desk.reading() if desk.exists() else nullcontext() as store:
            due = store is not None and store.wipe_is_due
        if due:
            return gone, "", True
        proof = forgotten.prove(desk.home, before)
    number = desk.edition(ask.setting.lang, ask.setting.when).number
    words = forgotten_said.words_of(ask.setting.lang)
    said = forgotten_said.said(proof, words, number)
    more = [] if proof.ok else [one.strip() for one in forgotten_said.lines(proof, words, number)]
    return gone, ". ".join([said[:1].upper() + said[1:], *more]) + ".", proof.ok
