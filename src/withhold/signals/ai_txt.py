"""ai.txt: which types of files a site keeps out of training sets, as Spawning proposed in 2023.

No text of a standard is known to us. What is: the files that Spawning's generator wrote (groups as
in robots.txt, one line for each type of file such as ``Disallow: *.jpg``, then ``Disallow: /`` and
``Disallow: *``), and that datadiligence 0.1.7, Spawning's own reader, does not read the file at
all: it asks Spawning's API, which needs a key. So what follows is our reading:

- lines, groups, tokens and the longest pattern are those of the robots reader; a tie is allowed;
- ``*.c`` is a type of file: it means names that end in ``.c``, without case, and not ``.css``;
- a path whose last part has no ending is a page, and is asked for as ``.html``; where no line
  speaks of its type, it is asked for as it stands;
- other formats by the same name (``Training: deny``, Markdown) say neither yes nor no here.

Use ``train-ai``: the file is made for "datasets". Most of the web's ``/ai.txt`` are no such file:
a page of HTML that answers for every address says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.signals import robots
from withhold.signals.robots import Robots
from withhold.words import Statement

PLACE = "/ai.txt"
SIGNAL = "ai-txt"
Note = robots.Note | Literal["other-format"]
"""The robots reader's, with its limit of 500 KiB, and: lines, but no rule in any group."""

_BEGIN, _END = "# BEGIN withhold", "# END withhold"
_TYPE_RULE = re.compile(
    rb"^([ \t]*(?:dis)?allow[ \t]*:)[ \t]*/?\*\.([a-z0-9]{1,16})\$?(?=[ \t]*(?:#|$))",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = r"(?:\A|(?<=[\r\n])){}(?![^\s:])[^\r\n]*(?:\r\n|\n|\r|\Z)"
_MARKS = re.compile(f"(?P<first>{_LINE.format(_BEGIN)})|(?P<last>{_LINE.format(_END)})")
_TYPE = re.compile(r"[a-z0-9]{1,16}", re.IGNORECASE)


class AiTxt(Struct, frozen=True, eq=False):
    """An ai.txt as read; ``tokens`` are those that it names beside ``*``."""

    notes: tuple[Note, ...]
    tokens: tuple[str, ...]
    _types: Robots  # with the rules for types made exact; the same lines
    _written: Robots

    def decide(self, path: str, *, site: str = "", on: date | None = None) -> list[Statement]:
        """What the file says of a path to everyone, and to each token that has a group.

        A token's own group stands instead of the one for ``*``, as in robots.txt. Who is told
        nothing of this path gets no statement.
        """
        if "looks-like-html" in self.notes:
            return []
        if "other-format" in self.notes:
            others = self._written.others
            one = next((one for one in others if "train" in one.key.lower()), others[0])
            text = f"{one.key}: {one.value}"
            return [_statement("*", None, one.line, text, "other-format", site, on)]
        tokens = ("*", *self.tokens)
        table = self._types.decide_all(tokens, [_as_type(path), path])
        said: list[Statement] = []
        for token, (by_type, as_it_stands) in zip(tokens, table, strict=True):
            found = by_type if by_type.line else as_it_stands
            if found.line:
                text = self._written.line_text(found.line).strip()
                said.append(_statement(token, found.allowed, found.line, text, found.why, site, on))
        return said


def _statement(
    token: str, allowed: bool | None, line: int, text: str, why: str, site: str, on: date | None
) -> Statement:
    return Statement(
        token=token,
        allowed=allowed,
        signal=SIGNAL,
        use="train-ai",
        site=site,
        on=on,
        line=line,
        text=text[:200],
        why=why,
        place=PLACE,
    )


def _as_type(path: str) -> str:
    """A path with the ending of its type, in lower case; a page is ``.html``."""
    path = re.split("[?#]", path, maxsplit=1)[0]
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if dot and stem and _TYPE.fullmatch(ending) and not ending.isdigit():
        return f"{folder}{slash}{stem}.{ending.lower()}"
    return f"{folder}{slash}{name or 'index'}.html"


def read(body: bytes) -> AiTxt:
    """An ai.txt from its bytes. Any will do."""
    body = body[: robots.LIMIT + 1]  # the robots reader's limit, told by one byte more
    written = robots.read(body)
    lines = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    types = robots.read(
        _TYPE_RULE.sub(lambda rule: rule[1] + b"*." + rule[2].lower() + b"$", lines)
    )
    notes = tuple[Note, ...](dict.fromkeys((*written.notes, *types.notes)))
    if "no-rules" in notes and written.others:
        notes += ("other-format",)
    return AiTxt(notes, written.tokens, types, written)


def write(existing: bytes | None, allowed: bool = False, but: Sequence[str] = ()) -> bytes:
    """An ai.txt that refuses all (or allows all), but for the types named (``txt``, ``py``).

    It is a marked block, put to the end or in the place of the one before; all else stays byte
    for byte, so that writing twice is writing once. BadInput where the owner's own lines say
    the opposite for all types, where the file is another format, and where the marks of a block
    do not pair: nothing of the owner's is taken out.
    """
    if odd := [one for one in but if not _TYPE.fullmatch(one)]:
        raise BadInput(f"{odd[0]}: no type of file", "give endings without a dot, such as txt")
    rest = (existing or b"").decode("latin-1")
    there = read(existing or b"")
    if {"looks-like-html", "other-format", "limit-500-kib", "binary"} & set(there.notes):
        raise BadInput(
            f"{PLACE}: is no ai.txt of Spawning's kind", "look at the file that is there"
        )
    word, opposite = ("Allow", "Disallow") if allowed else ("Disallow", "Allow")
    lines = [
        f"{_BEGIN}: AI training, as in Spawning's ai.txt",
        "User-Agent: *",
        *[f"{opposite}: *.{one.lower()}" for one in but],
        f"{word}: /",
        f"{word}: *",
        _END,
    ]
    block = "\n".join(lines) + "\n"
    if place := _place(rest):
        text = rest[: place[0]] + block + rest[place[1] :]
    else:
        text = rest + ("\n" if rest and rest[-1] not in "\r\n" else "") + block
    result = text.encode("latin-1")
    # A type that nobody has: the owner's lines for types are exceptions, and stay.
    says = next(iter(read(result).decide("/a.withhold")), None)
    if says is None or says.allowed != allowed:
        against = f":{says.line}: {says.text} stands against it" if says else ": is too long"
        raise BadInput(f"{PLACE}{against}", "take that out, then write")
    return result


def _place(text: str) -> tuple[int, int] | None:
    """Where a block of ours stands; None where there is none. BadInput where marks do not pair:
    what stands between two of them may then be the owner's."""
    marks = list(_MARKS.finditer(text))
    if not marks:
        return None
    if [one.lastgroup for one in marks] != ["first", "last"]:
        raise BadInput(
            f"{PLACE}: the lines that begin and end withhold's block do not pair",
            f"put `{_BEGIN}` and `{_END}` right by hand, or take all of it out",
        )
    return marks[0].start(), marks[1].end()
