"""What the search after forgetting found, in sentences: first the answer, then all it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import tomli

from withhold.faces.report.plain import printable
from withhold.verbs.forgotten import Left, Proof

_HELD_AT_MOST = 8
_OUTSIDE_AT_MOST = 10


def words_of(lang: str) -> dict[str, str]:
    """All of one language."""
    path = Path(__file__).parents[1] / "phrases" / f"forgotten.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def _plain(number: int) -> str:
    return f"{number:,}"


def said(proof: Proof, words: dict[str, str], number: Callable[[int], str] = _plain) -> str:
    """The answer in one line."""
    if not proof.texts and proof.ok:
        return words["nothing"]
    key = "searched" if proof.ok else "searched_left" if proof.left_in_all else "searched_unread"

    def counted(thing: str, n: int) -> str:
        return words[f"{thing}_{'one' if n == 1 else 'many'}"].format(n=number(n))

    return words[key].format(
        files=counted("file", proof.files),
        octets=number(proof.octets),
        forms=len(proof.forms),
        texts=counted("text", proof.texts),
        places=counted("place", proof.left_in_all),
    )


def lines(
    proof: Proof, words: dict[str, str], number: Callable[[int], str] = _plain
) -> Iterator[str]:
    """What it rests on, what else has the same words, where something is left."""
    for one in proof.left:
        yield _left(one, words)
    if more := proof.left_in_all - len(proof.left):
        yield words["left_more_one" if more == 1 else "left_more"].format(n=number(more))
    for unread in proof.unread:
        yield words["unread"].format(what=printable(unread))
    if proof.of > proof.texts + proof.short:
        yield words["chosen"].format(of=number(proof.of))
    if proof.short:
        yield words["short_one" if proof.short == 1 else "short"].format(n=number(proof.short))
    if proof.held:
        most = sorted(proof.held, key=lambda one: -one.n)[:_HELD_AT_MOST]
        where = [
            words["where"].format(where=_place(one.where, words), n=number(one.n)) for one in most
        ]
        where += ["..."] * (len(proof.held) > len(most))
        yield words["held"].format(where=", ".join(where))
    if proof.sealed:
        yield words["sealed"]
    if proof.linked:
        yield words["linked"].format(n=number(proof.linked))
    for path in proof.outside[:_OUTSIDE_AT_MOST]:
        yield words["outside"].format(path=printable(path))
    if (more := len(proof.outside) - _OUTSIDE_AT_MOST) > 0:
        yield words["outside_more_one" if more == 1 else "outside_more"].format(n=number(more))


def _place(where: str, words: dict[str, str]) -> str:
    """A place by its name; SQLite's own name for the statements of the tables says little."""
    return words["schema"] if where == "sqlite_schema" else printable(where)


def _left(one: Left, words: dict[str, str]) -> str:
    key = "left_row" if one.row else "left_member" if one.member else "left"
    return words[key].format(
        what=one.what,
        row=printable(one.row),
        file=printable(one.file),
        member=printable(one.member),
        offset=one.offset,
        form=one.form,
    )
