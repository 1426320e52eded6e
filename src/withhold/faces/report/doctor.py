"""Is everything in order? Lines of a state (OK, SKIP or FAIL), what it is about, and the reason."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from withhold.errors import WithholdError
from withhold.faces.report import doctor_clock, doctor_left

if TYPE_CHECKING:
    from withhold.faces.cli.setting import Setting

Line = tuple[str, str, str]
_FINISHES = "the next command that saves something finishes or undoes it, nothing is lost"


def lines(setting: Setting, *, commands: bool = True) -> Iterator[Line]:
    """The program, the knowledge (all of it is read), the store, the optional parts.

    ``commands``: with the one of the command line that says more.
    """
    yield from _program()
    yield from _knowledge(setting, commands)
    yield from _vault(setting)
    yield from _store(setting)
    yield from doctor_clock.lines(setting)
    yield from doctor_left.lines(setting)
    yield from _extras()


def _program() -> Iterator[Line]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield ("OK" if sys.version_info >= (3, 11) else "FAIL"), "python", version


def _knowledge(setting: Setting, commands: bool) -> Iterator[Line]:
    from withhold.catalog.lint import lint
    from withhold.verbs.due import due

    try:
        knowledge = setting.knowledge(None, crawlers=True)
        findings = list(lint(setting.root, setting.today))
    except WithholdError as why:
        yield "FAIL", "knowledge", why.message
        return
    platforms, tokens = len(knowledge.platforms), len(knowledge.crawlers)
    count = f"{_many(platforms, 'platform')}, {_many(tokens, 'product token')}"
    if findings:
        more = ": withhold knowledge lint" if commands else ""
        yield "FAIL", "knowledge", f"{count}; {_many(len(findings), 'finding')}{more}"
    else:
        yield "OK", "knowledge", count
    late = sum(1 for _ in due(knowledge, setting.today))
    if late:
        more = ": withhold knowledge due" if commands else ""
        are = "is" if late == 1 else "are"
        yield "OK", "re-checks", f"{_many(late, 'fact')} {are} due for a look{more}"


def _store(setting: Setting) -> Iterator[Line]:
    from withhold.keep import Store

    if not setting.has_store():
        yield "SKIP", "store", f"nothing written down yet in {setting.home}"
        return
    try:
        with Store.read(setting.home) as store:
            faults = store.faults()
            length, cases = len(store.observations.all()), len(store.cases.readable())
            posts, archives = store.posts.count(), len(store.posts.archives())
    except WithholdError as why:
        yield "FAIL", "store", why.message
        return
    for fault in faults:
        yield "FAIL", "store", fault
    if not faults:
        also = f", {_many(cases, 'case')}" if cases else ""
        if archives:
            also += f", {_many(posts, 'post')} of {_many(archives, 'archive')}"
        seen = _many(length, "observation")
        yield "OK", "store", f"{setting.home}: {seen}{also}, the chain verifies"


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'s' * (n != 1)}"


def _vault(setting: Setting) -> Iterator[Line]:
    """Only of a store that is encrypted, or was being encrypted; a plain one has no line."""
    from withhold.keep.vault_card import NAME

    if not (setting.home / NAME).exists():
        return
    from withhold.keep.vault_status import standing

    found = standing(setting.home)
    if found.state == "trouble":
        yield "FAIL", "vault", f"{found.why}; {found.tip}"
    elif found.going:
        yield "FAIL", "vault", f"vault {found.going} was interrupted, or is going on; {_FINISHES}"
    else:
        yield (
            "OK",
            "vault",
            f"encrypted by SQLCipher {found.cipher}, files of evidence by AES-256-GCM "
            f"({found.sealed}); the key is in {found.place}",
        )


def _extras() -> Iterator[Line]:
    parts = (
        ("scale", "pyarrow", "Parquet"),
        ("documents", "pypdf", "packed and encrypted PDF"),
        ("web", "uvicorn", "the dashboard"),
        ("vault", "sqlcipher3", "an encrypted store"),
        ("pdf", "weasyprint", "letters and reports as PDF"),
    )
    for extra, module, what in parts:
        if find_spec(module):
            yield "OK", f"extra [{extra}]", f"{what}: {module} is there"
        else:
            yield "SKIP", f"extra [{extra}]", f'{what}: pip install "withhold[{extra}]"'
