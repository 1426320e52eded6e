"""A marked block in a robots.txt: put in, replaced, taken out; all else stays byte for byte.

``# BEGIN withhold`` and ``# END withhold`` stand around it. It goes to the end of the file: there
it cannot come between the owner's user-agent lines and their rules, and readers that know only the
first group for ``*`` still find the owner's. Whether the block then decides is not assumed: the
merged file is read again and asked (``defeated``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from withhold.errors import BadInput
from withhold.signals import companies, robots
from withhold.signals.robots import LIMIT, Mode
from withhold.site_facts import Crawler

BEGIN, END = b"# BEGIN withhold", b"# END withhold"
MODES: tuple[Mode, ...] = ("rfc", "google")
NO_NEWLINE = b" (the line before it had no end)"
"""In the first line of a block: the end of line before it is ours, and goes with it."""

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)?")
_MANAGED = re.compile(rb"[ \t]*#[ \t]*(BEGIN|END)[ \t]+([^\r\n]*managed[^\r\n]*)", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"
_PROBE = "withhold-probe"


class Defeated(Struct, frozen=True):
    """A token that the block refuses and that another line of the file lets in all the same."""

    token: str
    path: str
    line: int | None
    text: str
    mode: Mode


def end_of_line(body: bytes) -> bytes:
    """How the lines of a file mostly end; ``\\n`` where there are none."""
    crlf = body.count(b"\r\n")
    lf, cr = body.count(b"\n") - crlf, body.count(b"\r") - crlf
    most = max(crlf, lf, cr)
    return b"\n" if lf == most else b"\r\n" if crlf == most else b"\r"


def block(
    tokens: Sequence[str],
    star: Sequence[str] = (),
    title: str = "",
    closing: bool = False,
) -> list[str]:
    """The lines of a block: one group that refuses ``tokens`` all, one for everyone.

    ``star`` are lines of use for ``User-agent: *``. The empty ``Disallow:`` after them forbids
    nothing and ends the group: without it a user-agent line that follows would be one more of the
    same group, and its rules would be everyone's (RFC 9309 2.2.4). ``closing`` puts one first,
    for a file that ends in user-agent lines.
    """
    lines = [f"{BEGIN.decode()}: {title}" if title else BEGIN.decode()]
    lines.append("# What stands between these two lines is replaced when withhold writes again.")
    if closing:
        lines.append("Disallow:")
    if tokens:
        lines += [*(f"User-agent: {one}" for one in tokens), "Disallow: /"]
    if star:
        lines += ["User-agent: *", *star, "Disallow:"]
    lines.append(END.decode())
    return lines


def merged(
    existing: bytes,
    tokens: Sequence[str],
    star: Sequence[str] = (),
    title: str = "",
    before: int = 0,
) -> bytes:
    """The file with its block, in the place of an earlier one or at the end.

    ``before``: octets that something else puts in front of the file when it is served, which
    count for the limit. Raises BadInput: markers that do not pair, a file that is no text, one
    whose block would lie behind the 500 KiB that crawlers read.
    """
    _refuse_what_is_none(existing)
    parts = _parts(existing)
    said = block(tokens, star, title, _ends_open(parts.head))
    written = _with(parts, said)
    if before + len(written) > LIMIT:
        raise BadInput(
            "robots.txt: crawlers read the first 500 KiB, and the block would lie behind them",
            "shorten the file, then write",
        )
    return written + parts.tail


def put(existing: bytes, lines: Sequence[str]) -> bytes:
    """The same for another file whose comments begin with ``#``: any lines between the markers."""
    parts = _parts(existing)
    return _with(parts, [BEGIN.decode(), *lines, END.decode()]) + parts.tail


class _Parts(Struct, frozen=True):
    """What stands before the block and after it; ``mends``: the end of line before it is ours."""

    mark: bytes
    head: bytes
    tail: bytes
    end: bytes
    mends: bool


def _parts(existing: bytes) -> _Parts:
    mark, text = _without_mark(existing)
    lines = list(_lines(text))
    spans = _spans(lines)
    end = end_of_line(text)
    if spans:
        first, _ = spans[0]
        ours = {at for begun, ended in spans for at in range(begun, ended + 1)}
        tail = b"".join(one for at, one in enumerate(lines) if at > first and at not in ours)
        return _Parts(mark, b"".join(lines[:first]), tail, end, NO_NEWLINE in lines[first])
    mends = bool(text) and text[-1:] not in b"\r\n"
    return _Parts(mark, text + end if mends else text, b"", end, mends)


def _with(parts: _Parts, lines: Sequence[str]) -> bytes:
    said = [one.encode() for one in lines]
    if parts.mends:
        said[0] += NO_NEWLINE
    return parts.mark + parts.head + b"".join(one + parts.end for one in said)


def removed(existing: bytes) -> bytes:
    """The file as it was without our block; BadInput where the markers do not pair."""
    mark, text = _without_mark(existing)
    lines = list(_lines(text))
    spans = _spans(lines)
    ours = {at for first, last in spans for at in range(first, last + 1)}
    kept = b"".join(one for at, one in enumerate(lines) if at not in ours)
    at_the_end = bool(spans) and spans[-1][1] == len(lines) - 1
    if at_the_end and NO_NEWLINE in lines[spans[-1][0]]:
        kept = re.sub(rb"(?:\r\n|\n|\r)\Z", b"", kept)
    return mark + kept


def has_block(existing: bytes) -> bool:
    """Whether a marker of ours stands in the file."""
    return any(_marks(line, BEGIN) or _marks(line, END) for line in _lines(existing))


def _refuse_what_is_none(existing: bytes) -> None:
    read = robots.read(existing)
    for note, what in (("binary", "is no text"), ("looks-like-html", "is a web page")):
        if note in read.notes:
            raise BadInput(f"robots.txt: {what}; nothing is added to it", "look at the file")


def _without_mark(body: bytes) -> tuple[bytes, bytes]:
    """A byte order mark, if the file begins with one, and the rest."""
    return (_MARK, body[len(_MARK) :]) if body.startswith(_MARK) else (b"", body)


def _lines(body: bytes) -> Iterable[bytes]:
    return (one for one in _LINE.findall(body) if one)


def _marks(line: bytes, marker: bytes) -> bool:
    line = line.removeprefix(_MARK).strip()
    return line == marker or line.startswith((marker + b":", marker + b" "))


def _spans(lines: Sequence[bytes]) -> list[tuple[int, int]]:
    """First and last line of each block of ours, counted from 0."""
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    for at, line in enumerate(lines):
        if _marks(line, BEGIN):
            if begun is not None:
                raise _damaged(begun, "begins again before it ends")
            begun = at
        elif _marks(line, END):
            if begun is None:
                raise _damaged(at, "ends and did not begin")
            spans.append((begun, at))
            begun = None
    if begun is not None:
        raise _damaged(begun, "begins and never ends")
    return spans


def _damaged(at: int, what: str) -> BadInput:
    return BadInput(
        f"robots.txt:{at + 1}: withhold's block {what}; its lines cannot be told from yours",
        f"put `{BEGIN.decode()}` and `{END.decode()}` right by hand, or take all of it out",
    )


def _ends_open(head: bytes) -> bool:
    """Whether the file ends in user-agent lines without rules, which would take ours for theirs."""
    probe = b"\nUser-agent: " + _PROBE.encode() + b"\nDisallow: /\n"
    for mode in MODES:
        read = robots.read(head[-LIMIT // 2 :] + probe, mode)
        if any(len(group.agents) > 1 for group in read._groups.get(_PROBE, ())):
            return True
    return False


# What a CDN puts in front -------------------------------------------------------------------------


class Managed(Struct, frozen=True):
    """What somebody else adds to the file when it is served: its octets, and the rest."""

    block: bytes
    rest: bytes
    title: str


def managed(served: bytes) -> Managed | None:
    """A block such as ``# BEGIN Cloudflare Managed content``; it is never written into the file."""
    before, inside, after = bytearray(), bytearray(), bytearray()
    title = ""
    for line in _lines(served[: 2 * LIMIT]):
        found = _MANAGED.match(line) if not after else None
        begins = found is not None and found[1].upper() == b"BEGIN" and not inside
        if begins and found:
            title = found[2].decode("utf-8", "replace").strip()
        if begins or (inside and not after):
            inside += line
            if found and found[1].upper() == b"END":
                after += b"\n"
        else:
            (after if after else before).extend(line)
    if not after:
        return None
    rest = bytes(before) + bytes(after[1:]).lstrip(b"\r\n")
    return Managed(block=bytes(inside), rest=rest, title=title)


# Does it decide? ----------------------------------------------------------------------------------


def defeated(
    body: bytes, tokens: Sequence[str], crawlers: Mapping[str, Crawler], paths: Sequence[str]
) -> list[Defeated]:
    """Each token that was to be refused all and is let in somewhere, with the line that lets it.

    Asked for ``paths`` and for a path that fits each Allow line of the file, as the RFC and as
    Google read it: of two equally long rules Allow wins, and a longer one always.
    """
    found: dict[tuple[str, int | None], Defeated] = {}
    for mode in MODES:
        read = robots.read(body, mode)
        asked = list(dict.fromkeys((*paths, *_allowed_paths(body))))
        table = read.decide_all(tokens, asked)
        for token, row in zip(tokens, table, strict=True):
            for path, decision in zip(asked, row, strict=True):
                if not decision.allowed or decision.why == "robots-txt" or _rfc_file(path):
                    continue
                if token in crawlers and _refused_by_its_fetchers(read, token, path, crawlers):
                    continue
                text = read.line_text(decision.line).strip() if decision.line else ""
                one = Defeated(token, path, decision.line, text[:200], mode)
                found.setdefault((token, decision.line), one)
    return list(found.values())


def _rfc_file(path: str) -> bool:
    return path.split("?")[0] == "/robots.txt"


def _refused_by_its_fetchers(
    read: robots.Robots, token: str, path: str, crawlers: Mapping[str, Crawler]
) -> bool:
    said = companies.statement(read, crawlers[token], path, crawlers)
    return said.allowed is False


_ALLOW = re.compile(rb"^[ \t]*allow[ \t]*:[ \t]*([^#\r\n]+)", re.IGNORECASE | re.MULTILINE)
_ASKED_AT_MOST = 500


def _allowed_paths(body: bytes) -> list[str]:
    """A path that fits each Allow line; the first 500, which is more than any real file has."""
    found = []
    for pattern in _ALLOW.findall(body[:LIMIT].replace(b"\r", b"\n"))[:_ASKED_AT_MOST]:
        text = pattern.strip().decode("utf-8", "replace").removesuffix("$").replace("*", "x")
        found.append(text if text.startswith("/") else f"/{text}")
    return found
