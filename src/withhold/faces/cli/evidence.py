"""Evidence of sites in the command line: whether it is kept, and where it lies."""

from __future__ import annotations

from collections.abc import Iterator

import click

from withhold.faces.cli.setting import Setting
from withhold.reach.http import agent_of
from withhold.verbs.kept import Evidence, Keeping

FILES_SHOWN = 5
_STEP = 1024


def keeping(setting: Setting, contact: str, *, wanted: bool) -> Keeping | None:
    """Keeps what a call fetches; None where that is not wanted, or the owner is one of a file."""
    if not wanted or not setting.may_write:
        return None
    return Keeping(setting.home, setting.now, agent_of(contact))


def show(evidence: Evidence | None, setting: Setting, *, err: bool) -> None:
    """How many responses are kept, where, and how large it is; nothing where none should be."""
    for line in lines(evidence, setting) if evidence else ():
        click.echo(line, err=err)


def lines(evidence: Evidence, setting: Setting) -> Iterator[str]:
    """The same as text: a line of all, then one for each file that the answers rest on."""
    words = setting.phrases
    if evidence.trouble:
        name = "evidence_lost" if evidence.lost else "evidence_trouble"
        name += "_one" * (evidence.lost == 1)
        yield words[name].format(n=evidence.lost, why=evidence.trouble)
    yield words["evidence_head_one" if evidence.responses == 1 else "evidence_head"].format(
        n=f"{evidence.responses:,}".replace(",", words["thousands"]),
        unchanged=f"{evidence.unchanged:,}".replace(",", words["thousands"]),
        total=size(evidence.total),
        folder=evidence.folder,
    )
    for one in evidence.files[:FILES_SHOWN]:
        if one.size is None:
            yield words["evidence_gone"].format(path=one.path)
            continue
        name = "evidence_earlier" if one.earlier else "evidence_file"
        yield words[name].format(path=one.path, size=size(one.size), digest=one.sha256)
    if len(evidence.files) > FILES_SHOWN:
        more = len(evidence.files) - FILES_SHOWN
        yield words["evidence_more_one" if more == 1 else "evidence_more"].format(n=more)


def size(octets: int) -> str:
    """``14 KiB``, ``3.2 MiB``."""
    amount, unit = float(octets), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if amount < _STEP:
            break
        amount, unit = amount / _STEP, larger
    return f"{amount:.1f} {unit}" if unit != "bytes" and amount < 10 else f"{amount:.0f} {unit}"
