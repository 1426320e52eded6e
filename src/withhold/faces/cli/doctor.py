"""``withhold doctor``: is everything in order? OK, SKIP or FAIL, with a reason each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec

import click

from withhold.errors import WithholdError
from withhold.faces.cli.setting import Setting

Line = tuple[str, str, str]


@click.command("doctor")
def command() -> int:
    """Looks at the program, the knowledge, the store and the optional parts."""
    setting = Setting()
    failed = False
    for state, what, why in (
        *_program(),
        *_knowledge(setting),
        *_store(setting),
        *_extras(),
    ):
        failed = failed or state == "FAIL"
        click.echo(f"{state:<4} {what}: {why}")
    return 1 if failed else 0


def _program() -> Iterator[Line]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield ("OK" if sys.version_info >= (3, 11) else "FAIL"), "python", version


def _knowledge(setting: Setting) -> Iterator[Line]:
    from withhold.catalog.lint import lint
    from withhold.verbs.due import due

    try:
        knowledge = setting.knowledge(None, crawlers=True)
        findings = list(lint(setting.root, setting.today))
    except WithholdError as why:
        yield "FAIL", "knowledge", why.message
        return
    count = f"{len(knowledge.platforms)} platforms, {len(knowledge.crawlers)} product tokens"
    if findings:
        yield "FAIL", "knowledge", f"{count}; {len(findings)} findings: withhold knowledge lint"
    else:
        yield "OK", "knowledge", count
    late = sum(1 for _ in due(knowledge, setting.today))
    if late:
        yield "OK", "re-checks", f"{late} facts are due for a look: withhold knowledge due"


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
        also = f", {cases} cases" if cases else ""
        if archives:
            also += (
                f", {posts} post{'s' * (posts != 1)} of {archives} archive{'s' * (archives != 1)}"
            )
        yield "OK", "store", f"{setting.home}: {length} observations{also}, the chain verifies"


def _extras() -> Iterator[Line]:
    parts = (("scale", "pyarrow", "Parquet"), ("documents", "pypdf", "packed and encrypted PDF"))
    for extra, module, what in parts:
        if find_spec(module):
            yield "OK", f"extra [{extra}]", f"{what}: {module} is there"
        else:
            yield "SKIP", f"extra [{extra}]", f'{what}: pip install "withhold[{extra}]"'
