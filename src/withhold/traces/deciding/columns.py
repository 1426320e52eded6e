"""Which columns of a table say what of a record; nothing is guessed.

=================  ===============================================================================
``url``            the page's address; or ``host`` and ``path`` (with its query)
``crawl_time``     when it was crawled: a timestamp, a date, ISO 8601 text, 14 digits (WARC, CDX);
                   needed only where a day is compared
``robots``         the robots.txt then, text or octets; null = not known, empty = nothing refused
``robots_hash``    or a hash (text or octets), looked up in a table of bodies
``robots_status``  may be there: the status it came with; 404 = there was none
``headers``        may be there: map, list of pairs, struct, JSON text, or the raw block
``html``           may be there: the page or its beginning, text or octets
=================  ===============================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from withhold.errors import BadInput

NAMES = (
    *("url", "host", "path", "crawl_time", "robots", "robots_hash"),
    *("robots_status", "headers", "html"),
)
OURS = ("withhold_keep", "withhold_answer", "withhold_reason", "withhold_policy")
"""The columns that are added; of those of an earlier run nothing stays."""


def parsed(text: str) -> dict[str, str]:
    """``url=page_url,robots=robots_txt`` as a mapping from our names to theirs; BadInput else."""
    found: dict[str, str] = {}
    for pair in text.split(",") if text else ():
        ours, equals, theirs = (piece.strip() for piece in pair.partition("="))
        if not equals or not theirs:
            raise BadInput(f"{pair.strip()!r}: not a pair", "--map url=page_url,robots=robots_txt")
        found[ours] = theirs
    return known(found)


def known(columns: Mapping[str, str]) -> dict[str, str]:
    """The mapping, if it maps only what is taken; BadInput else."""
    for ours in columns:
        if ours not in NAMES:
            raise BadInput(f"{ours}: no column that is taken", "one of " + ", ".join(NAMES))
    return dict(columns)


def found(
    there: Sequence[str],
    columns: Mapping[str, str],
    *,
    table: bool = False,
    dated: bool = False,
) -> dict[str, str]:
    """Our names and those of the table, of the columns that are there and taken.

    ``table``: a table of bodies is given; ``dated``: days are compared. BadInput, which names what
    is there, where something is missing, where a mapped column is not, or a name stands twice.
    """
    taken = {name: columns.get(name, name) for name in NAMES}
    for name in columns:
        if taken[name] not in there:
            raise BadInput(f"{taken[name]}: no such column", _there(there))
    taken = {name: theirs for name, theirs in taken.items() if theirs in there}
    for theirs in taken.values():
        if there.count(theirs) > 1:
            raise BadInput(f"{shown([theirs])}: two columns of this name", _there(there))
    missing = []
    if "url" not in taken and not ("host" in taken and "path" in taken):
        missing.append("url (or host and path)")
    if dated and "crawl_time" not in taken:
        missing.append("crawl_time (asked for by --when, or by fetched_at of --also-current)")
    if "robots" not in taken and "robots_hash" not in taken:
        missing.append("robots (or robots_hash)")
    if missing:
        raise BadInput("columns are missing: " + ", ".join(missing), _there(there))
    if "robots" not in taken and not table:
        raise BadInput("robots_hash needs the bodies it stands for", "--robots-table FILE")
    return taken


def _there(there: Sequence[str]) -> str:
    return f"there are: {shown(there)}; map others, as --map url=page_url"


def shown(names: Sequence[str]) -> str:
    """Names of columns as a message may say them: they are the table's, so anybody's."""
    told = [f"{name!s:.60}" for name in names[:40]]
    return "".join(one if one.isprintable() else "?" for one in ", ".join(told)) or "none"
