"""The way out that the sentence behind offers: ``... train our AI. You can opt out at any time.``

It belongs to the sentence before only where it is short and does not opt out of something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from withhold.policies.clause import Clause, Offered
from withhold.policies.conditions import Depends, offered
from withhold.policies.signs import Signs, signs_of
from withhold.policies.words_ready import Mark, Ready

WORDS = 25
"""Words of a sentence that only offers a way out, at most."""


def wants_a_way_out(clause: Clause) -> bool:
    """Whether it says that content trains and names no control."""
    return (
        not clause.restricts_reader and clause.says != "no" and clause.control.kind == "not-stated"
    )


def way_out_in(sentence: str, made: Ready, links: Sequence[tuple[str, str]]) -> Offered:
    """What the sentence offers; nothing where it speaks of something else."""
    signs = signs_of(sentence, made)
    if len(signs.here) > WORDS or signs.any("reader") is None:
        return Offered()
    none = signs.any("no_control")
    if none is not None:
        return offered(signs, Depends(None, none, "none"), links)
    out = signs.any("opt_out")
    if out is not None and not _of_something_else(signs, out):
        return offered(signs, Depends(out, out, "opt-out"), links)
    objects = signs.any("objection")
    if objects is not None and not _of_something_else(signs, objects):
        return offered(signs, Depends(objects, objects, "objection"), links)
    return Offered()


def _of_something_else(signs: Signs, out: Mark) -> bool:
    """``opt out of newsletters``; not ``opt out of this use``."""
    for at in (out.last - 1, out.last):
        if signs.has("of_else", at):
            return not signs.has("such", at + 1)
    return False
