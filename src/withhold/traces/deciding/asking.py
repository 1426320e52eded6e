"""What is asked of a data set: which use, in whose name, whose refusals count, and what to do where
nothing is known.

All of it decides the answer, so all of it stands in a run's manifest.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal, get_args

from msgspec import Struct

from withhold.errors import BadInput
from withhold.words import Use

Honour = Literal["addressed", "any-training-refusal", "any-refusal"]
"""Whose refusals count: those said to the asker or to everyone; also one said to any token that is
known for the use; also any said to any known token, for whatever use."""
Unknown = Literal["drop", "keep"]
Kind = Literal["page", "image"]
"""What the rows are of: ``noimageai`` speaks of images alone."""

USES: tuple[Use, ...] = ("train-ai", "search", "ai-input")
"""The uses that signals and product tokens speak of; of the others no record says anything."""
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,100}", re.ASCII)


class Asking(Struct, frozen=True, kw_only=True):
    """The question. ``token`` is empty for an asker without a name; ``when`` a day, or None."""

    use: Use = "train-ai"
    token: str = ""
    honour: Honour = "any-training-refusal"
    unknown: Unknown
    when: date | None = None
    kind: Kind = "page"


def asking(
    *,
    use: str = "train-ai",
    token: str = "",
    honour: str = "any-training-refusal",
    unknown: str = "",
    when: Any = None,
    kind: str = "page",
) -> Asking:
    """The question from what was given; BadInput for what it cannot be asked with."""
    if unknown not in get_args(Unknown):
        raise BadInput(
            "what becomes of records of which nothing is known must be said: drop or keep",
            "--unknown drop leaves them out, --unknown keep lets them stand: no rule decides it",
        )
    if use not in USES:
        raise BadInput(
            f"{use}: no signal of a site speaks of this use", "one of " + ", ".join(USES)
        )
    if honour not in get_args(Honour):
        raise BadInput(f"{honour}: no such choice", "one of " + ", ".join(get_args(Honour)))
    if kind not in get_args(Kind):
        raise BadInput(f"{kind}: no such kind of record", "page or image")
    if token in ("", "*"):
        token = ""
    elif not _TOKEN.fullmatch(token):
        raise BadInput(
            "a product token has letters, digits, `_`, `-` and `.`",
            "the name that your fetcher looks for in robots.txt, as MyBot",
        )
    return Asking(
        use=use,
        token=token,
        honour=honour,  # type: ignore[arg-type]
        unknown=unknown,  # type: ignore[arg-type]
        when=_day(when),
        kind=kind,  # type: ignore[arg-type]
    )


def _day(when: Any) -> date | None:
    if when is None or when == "":
        return None
    if isinstance(when, date):
        return date(when.year, when.month, when.day)
    try:
        return date.fromisoformat(str(when))
    except ValueError as why:
        raise BadInput(f"{when!s:.40}: not a day", "as 2026-11-26") from why
