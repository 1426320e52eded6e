"""``withhold own forget``: forgets, then searches the home for what was there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import msgspec

from withhold.catalog import find
from withhold.errors import BadInput, NotFound
from withhold.faces.cli.progress_line import progress
from withhold.faces.cli.setting import Setting

if TYPE_CHECKING:
    from withhold.verbs.forgetting import Gone
    from withhold.verbs.forgotten import Proof, Scope

GONE = {
    "account": "account",
    "site": "site",
    "case": "case",
    "post": "post",
    "observation": "observation",
    "evidence": "piece of evidence",
    "run": "run that could be undone",
    "window": "profile of the window",
    "response": "file of responses",
}
"""What went, as it is called here."""


@click.command("forget")
@click.option("--account", "key", default="", metavar="ID", help="platform or platform:name")
@click.option("--observation", default="", metavar="ID", help="obs-7, as own list names it")
@click.option("--case", "reference", default="", metavar="ID", help="WH-7K3Q9D, with its letters.")
@click.option("--site", "url", default="", metavar="URL")
@click.option("--responses", is_flag=True, help="What sites answered, kept by check as evidence.")
@click.option("--window", "windows", is_flag=True, help="The browser profiles of the tool's own.")
@click.option("--all", "everything", is_flag=True, help="All that was ever written down.")
@click.option("--no-proof", is_flag=True, help="Do not search the home for what is left of it.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(
    key: str,
    observation: str,
    reference: str,
    url: str,
    responses: bool,
    windows: bool,
    everything: bool,
    no_proof: bool,
    form: str,
    yes: bool,
) -> int:
    """Forgets an account, an observation, a case, a site, responses, windows, or everything.

    This cannot be undone. Afterwards every file of the home is searched for what was there, as
    plain text, wide, in base64, JSON, percent and HTML forms, and unpacked where it is packed;
    places where something is left are named, and the exit code is 1.
    """
    from withhold.verbs import forgetting

    setting = Setting()
    if sum(map(bool, (key, observation, reference, url, responses, windows, everything))) != 1:
        raise BadInput(
            "forget what?",
            "one of --account ID, --observation ID, --case ID, --site URL, --responses, "
            "--window, --all",
        )
    there = forgetting.there_is_beside(setting.home)
    lies = (
        there.windows
        if windows
        else setting.has_store()
        or (there.responses and (everything or responses))
        or (everything and (there.windows or there.runs))
    )
    if not lies:
        raise NotFound("there is nothing to forget", "withhold start")
    if not yes:
        if not setting.interactive:
            raise BadInput("no terminal to ask on; forgetting cannot be undone", "add --yes")
        click.confirm("This cannot be undone. Forget?", abort=True)
    scope = _scope(setting, key, observation, reference, url, responses, windows)
    before = None
    if not no_proof:
        from withhold.verbs import forgotten

        progress("reading what will be forgotten")
        before = forgotten.collect(setting.home, scope)
        progress("")
    gone = _forget(setting, scope)
    proof = None
    if before is not None:
        proof = forgotten.prove(
            setting.home, before, lambda octets: progress(f"searching: {octets} octets")
        )
        progress("")
    _tell(gone, proof, scope, form)
    return 0 if proof is None or proof.ok else 1


def _scope(
    setting: Setting,
    key: str,
    observation: str,
    reference: str,
    url: str,
    responses: bool,
    windows: bool,
) -> Scope:
    """What was asked for, spelled as the store spells it."""
    from withhold.keep import Store
    from withhold.verbs.forgotten import Scope

    if key:
        with Store.read(setting.home) as store:
            known = store.posts.is_of(key)  # also posts of a platform that knowledge does not name
        if not known:
            slug, _, name = key.partition(":")
            slug = find.either(setting.root, slug)
            key = f"{slug}:{name}" if name else slug
        return Scope("account", key)
    if reference:
        return Scope("case", reference.strip().upper())
    if observation or url:
        return Scope("observation" if observation else "site", observation or url)
    return Scope("responses" if responses else "windows" if windows else "everything")


def _forget(setting: Setting, scope: Scope) -> Gone:
    from withhold.keep import Store
    from withhold.verbs import forgetting
    from withhold.verbs.forgetting import Gone

    if scope.what == "windows":
        return forgetting.windows(setting.home)
    if scope.what == "responses":
        return forgetting.responses(setting.home)
    now = setting.now()
    if scope.what == "everything":
        return forgetting.everything(setting.home, now)
    with Store.open(setting.home) as store:
        if scope.what == "site":
            return Gone(stored=store.forget.site(scope.ref))
        if scope.what == "account":
            return Gone(stored=store.forget.account(scope.ref, now))
        if scope.what == "case":
            return Gone(stored=store.forget.case(scope.ref, now))
        return Gone(stored=store.forget.observation(scope.ref, now))


def _tell(gone: Gone, proof: Proof | None, scope: Scope, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(document(gone, proof), ensure_ascii=False, indent=2))
        return
    named = scope.ref if scope.what == "site" else ""
    said = named or ", ".join(_counted(n, GONE[what]) for what, n in gone.counted.items())
    click.echo(f"forgotten: {said or 'nothing was left to forget'}")
    if proof:
        from withhold.faces.report import forgotten_said

        words = forgotten_said.words_of("en")
        click.echo(forgotten_said.said(proof, words))
        for line in forgotten_said.lines(proof, words):
            click.echo(line)


def document(gone: Gone, proof: Proof | None) -> dict[str, object]:
    """``withhold/forget/1``: what went, and what the search afterwards found."""
    body: dict[str, object] = {"schema": "withhold/forget/1", "forgotten": gone.counted}
    return body | ({"proof": msgspec.to_builtins(proof)} if proof else {})


def _counted(number: int, what: str) -> str:
    return f"{number} {what if number == 1 else _plural(what)}"


def _plural(what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"{first}s {rest}".rstrip()
