"""Of which format a log is: by its first lines, or as its owner says.

What a file begins with only says what is tried first. Each line may still be of any format, so
that the answer does not depend on where a file was cut; only W3C rows need their heading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from msgspec import Struct

from withhold.errors import BadInput
from withhold.traces.logs import json_lines, own_format, plain_lines, w3c
from withhold.traces.logs.line import Line, Why

Reader = Callable[[bytes], Line | Why]
NAMED = (
    *("common", "combined", "vhost_common", "vhost_combined"),
    *("caddy", "cloudfront", "cloudfront-json", "nginx-json"),
)
_LOOKED_AT = 100  # lines
_MARK = b"\xef\xbb\xbf"


class Shape(Struct, frozen=True, kw_only=True):
    """How a file is read. ``fast`` names what reads usual lines a block at a time; ``cuttable``: a
    line can be read without those before it."""

    name: str
    reader: Callable[[], Reader]
    fast: str = ""
    cuttable: bool = True


def named(text: str) -> Shape | None:
    """The format that an owner named or wrote out; None for an empty text. Raises BadInput.

    Then a line of another format is not read.
    """
    if not text.strip():
        return None
    name = text.strip().lower().replace("-", "_")
    for one in NAMED:
        if name == one.replace("-", "_"):
            return _only(one)
    if "%" not in text and "$" not in text:
        raise BadInput(
            f"no log format is called {text}",
            f"one of {', '.join(NAMED)}; or as your server's configuration writes it",
        )
    read = own_format.reader(text)
    return Shape(name="own", reader=lambda: read)


def of(head: bytes) -> Shape:
    """The format of most of the first lines."""
    lines = head.removeprefix(_MARK).split(b"\n")[:_LOOKED_AT]
    if any(one.startswith((b"#Fields:", b"#Version:")) for one in lines):
        return Shape(name="cloudfront", reader=_with_rows, cuttable=False)
    seen: Counter[str] = Counter()
    for one in lines:
        line = one.rstrip(b"\r")
        read = any_line(line)
        if isinstance(read, Line):
            behind = plain_lines.fast("combined+", plain_lines.zone_of(line))
            more = read.format == "combined" and behind.match(line + b"\n")
            seen["combined+" if more else read.format] += 1
    name = seen.most_common(1)[0][0] if seen else ""
    fast = name if name in plain_lines.FAST else ""
    return Shape(name=name.rstrip("+"), reader=lambda: any_line, fast=fast)


def any_line(line: bytes) -> Line | Why:
    """A line of any format that needs no heading."""
    read = json_lines.read(line) if line.startswith(b"{") else plain_lines.read(line)
    if read == "bad-json":
        plain = plain_lines.read(line)
        return plain if isinstance(plain, Line) else read
    return read


def _with_rows() -> Reader:
    rows = w3c.Rows()

    def read(line: bytes) -> Line | Why:
        found = rows.read(line)
        return any_line(line) if found == "no-format" else found

    return read


def _only(name: str) -> Shape:
    def reader() -> Reader:
        inner = w3c.Rows().read if name == "cloudfront" else any_line

        def read(line: bytes) -> Line | Why:
            found = inner(line)
            other = isinstance(found, Line) and found.format != name
            return "no-format" if other else found

        return read

    fast = name if name in plain_lines.FAST else ""
    return Shape(name=name, reader=reader, fast=fast, cuttable=name != "cloudfront")
