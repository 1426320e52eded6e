"""``withhold knowledge``: what is known, and how well."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from withhold.catalog import find
from withhold.catalog.load import ids_in
from withhold.errors import BadInput
from withhold.faces.cli import knowledge_flips, knowledge_links
from withhold.faces.cli.setting import Setting, parse_day

FOLDERS = ("platforms", "actors", "crawlers", "laws", "signals", "hosts", "claims", "ranges")


@click.group("knowledge")
def command() -> None:
    """What is known: lint, list, show, new, due, confirm, check-links, flips."""


@command.command("lint")
@click.option("--root", type=click.Path(file_okay=False), default=None, help="Other knowledge.")
@click.option("--today", default="", metavar="DATE", hidden=True)
def lint_(root: str | None, today: str) -> int:
    """Checks all knowledge: sources, dates, places, slugs, quotes, coverage, evidence."""
    from withhold.catalog.lint import CHECKS, lint

    setting = Setting()
    day = parse_day(today, setting.today, "--today") if today else setting.today
    found = list(lint(Path(root) if root else setting.root, day))
    for finding in found:
        click.echo(str(finding))
    where = root or "knowledge"
    findings = f"{len(found)} finding{'s' * (len(found) != 1)}"
    click.echo(f"{where}: {len(CHECKS)} checks, {findings}", err=True)
    return 2 if found else 0


@command.command("list")
@click.argument("what", type=click.Choice(FOLDERS), default="platforms")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def list_(what: str, form: str) -> None:
    """Lists platforms, actors, crawlers, laws, signals, hosts, claims, or ranges of addresses."""
    setting = Setting()
    ids = ids_in(setting.root, what)
    if form == "json":
        click.echo(json.dumps(ids, indent=2))
        return
    for one in ids:
        click.echo(one)


@command.command("show")
@click.argument("name")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def show(name: str, form: str) -> None:
    """Shows everything known of a platform, actor, crawler, law, signal, host or claim.

    Of two things of one name the folder says which: crawlers/gptbot, or ranges/gptbot for the
    addresses that it comes from.
    """
    setting = Setting()
    path = _file(setting, name)
    if form == "text":
        click.echo(path.read_text(encoding="utf-8").rstrip())
        older = setting.root / "history" / path.name
        if path.parent.name == "platforms" and older.is_file():
            click.echo(f"\n# superseded (history/{path.name})\n")
            click.echo(older.read_text(encoding="utf-8").rstrip())
        return
    if path.parent.name == "platforms":
        knowledge = setting.knowledge([path.stem], crawlers=False)
        thing: object = knowledge.platforms[path.stem]
    elif path.parent.name == "ranges":
        from withhold.catalog.ranges import load_ranges

        thing = load_ranges(setting.root)[path.stem]
    else:
        knowledge = setting.knowledge([], crawlers=True)
        by_id = {one.id: one for one in knowledge.crawlers.values()}
        folders = {
            "actors": knowledge.actors,
            "crawlers": by_id,
            "laws": knowledge.laws,
            "signals": knowledge.signals,
            "hosts": knowledge.hosts,
            "claims": knowledge.claims,
        }
        thing = folders[path.parent.name][path.stem]  # type: ignore[index]
    click.echo(json.dumps(msgspec.to_builtins(thing), ensure_ascii=False, indent=2))


def _file(setting: Setting, name: str) -> Path:
    where, _, slug = name.strip().lower().partition("/")
    if where not in FOLDERS:
        where, slug = "", name.strip().lower()
    known: dict[str, Path] = {}
    for folder in (where,) if where else FOLDERS:
        for said, one in find.names(setting.root, folder).items():
            known.setdefault(said, setting.root / folder / f"{one}.toml")
        if slug in known:
            return known[slug]
    meant = {said: path.stem for said, path in known.items()}
    raise find.not_found("name", slug, meant, f"withhold knowledge list {where or 'platforms'}")


@command.command("new")
@click.argument("kind", type=click.Choice(("platform", "actor", "crawler", "recipe", "practice")))
@click.argument("slug")
@click.option("--root", type=click.Path(file_okay=False), default=None, help="Other knowledge.")
@click.option(
    "--from-policy",
    "policy",
    default="",
    metavar="FILE|URL",
    help="Of a practice: the text that it is drafted from.",
)
def new(kind: str, slug: str, root: str | None, policy: str) -> None:
    """Writes a file to fill in, with every field that is needed and what it means.

    Of a recipe SLUG is PLATFORM/CONTROL; in a source tree the page of ours that it is run on is
    written too. Of a practice SLUG is the platform or company whose policy is given: drafts are
    printed for you to review, and no file is written.
    """
    if policy or kind == "practice":
        from withhold.faces.cli import draft_practice

        draft_practice.command(kind, slug, policy, root)
        return
    from withhold.catalog.scaffold import scaffold
    from withhold.reach.files import write_new

    setting = Setting()
    folder = Path(root) if root else setting.root
    if kind == "recipe":
        _new_recipe(slug, setting, folder, root)
        return
    path = folder / f"{kind}s" / f"{slug}.toml"
    write_new(path, scaffold(kind, slug, setting.today))
    click.echo(str(path))
    again = f" --root {root}" if root else ""
    click.echo(f"TIP: fill it in, then: withhold knowledge lint{again}", err=True)


def _new_recipe(step: str, setting: Setting, folder: Path, root: str | None) -> None:
    """A recipe, and where the tests lie beside the knowledge also its replica; both or neither."""
    from withhold.catalog import scaffold_recipe
    from withhold.catalog.load import load
    from withhold.reach.files import write_new
    from withhold.verbs.settings import meant

    own = (folder / "platforms").is_dir()
    known = folder if own else setting.root
    said, slash, control = step.partition("/")
    if not slash:
        raise BadInput(f"{step} is not a control", "a control is platform/control")
    slug = find.platform(known, said)
    knowledge = load(known, [slug], crawlers=False)
    platform, of, _ = meant(f"{slug}/{control}", [], knowledge)
    ref, name = f"{slug}/{of.id}", f"{slug}-{of.id}"
    if (slug, of.id) in knowledge.superseded:
        raise BadInput(f"{ref} is superseded", f"withhold knowledge show {slug}")
    path = folder / "recipes" / f"{name}.toml"
    texts = {path: scaffold_recipe.recipe(platform, of, setting.today)}
    tests = folder.parent / "tests" / "replicas"
    runs = of.kind not in scaffold_recipe.SHOWN_ONLY and (tests / "described.py").is_file()
    if runs:
        texts[tests / f"{name}.toml"] = scaffold_recipe.replica(platform, of)
    for one in texts:
        if one.exists():
            raise BadInput(f"{one} is there already", "edit it")
    for one, text in texts.items():
        write_new(one, text)
        click.echo(str(one))
    lint = f"withhold knowledge lint{f' --root {root}' if root else ''}"
    look = lint if own else f"withhold apply {ref} --show --recipe {path}"
    click.echo(f"TIP: fill in what says FILL-IN, then: {look}", err=True)
    if runs:
        click.echo(f'     then, on the page of ours: make recipes ARGS="-k {name}"', err=True)
        click.echo("     (no test is to be written: they run over all recipes)", err=True)


@command.command("due")
@click.option("--when", default="", metavar="DATE")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.option("--tier", type=click.Choice(("1", "2")), default=None)
def due_(when: str, form: str, tier: str | None) -> None:
    """Lists the facts that are due for a re-check, by tier."""
    from withhold.catalog.ranges import load_ranges
    from withhold.verbs.due import due

    setting = Setting(when=when)
    knowledge = setting.knowledge(None, crawlers=True)
    lists = load_ranges(setting.root)
    found = [
        one for one in due(knowledge, setting.when, lists) if not tier or one.tier == int(tier)
    ]
    if form == "json":
        click.echo(json.dumps([msgspec.to_builtins(one) for one in found], indent=2))
        return
    if not found:
        click.echo(setting.phrases["nothing_due"])
    for one in found:
        click.echo(
            f"tier {one.tier}  {one.kind:<8} {one.what}  last checked {one.checked}, due {one.due}"
        )


@command.command("confirm")
@click.argument("control")
@click.option("--as-written", "same", is_flag=True, help="The label reads as written here.")
@click.option("--different", "words", default="", metavar="WORDS", help="It reads so instead.")
@click.option("--on", "day", default="", metavar="DATE")
def confirm(control: str, same: bool, words: str, day: str) -> None:
    """Records that you saw a control's label, as written or different; prints text for a report.

    The text names the control, the words and the day: nothing about you.
    """
    from withhold.keep import Confirmation, Store

    setting = Setting()
    platform, slash, name = control.partition("/")
    if not slash:
        raise BadInput(f"{control} is not a control", "a control is platform/control")
    slug = find.platform(setting.root, platform)
    known = setting.knowledge([slug], crawlers=False).platforms[slug]
    ids = [one.id for one in known.control]
    if name not in ids:
        raise find.not_found("control", control, ids, f"withhold knowledge show {slug}")
    if same == bool(words):
        raise BadInput("which one?", "--as-written, or --different 'the words you saw'")
    on = parse_day(day, setting.today, "--on") if day else setting.today
    seen = Confirmation(
        control=f"{slug}/{name}",
        seen="as-written" if same else "different",
        words=words,
        on=on,
    )
    with Store.open(setting.home) as store:
        store.confirmations.record(seen)
    label = next(one.label for one in known.control if one.id == name)
    click.echo("A report you may send (it says nothing about you):")
    click.echo(f"  control: {seen.control}")
    click.echo(f"  label here: {label.get('en', '(none)')}")
    click.echo(f"  seen: {seen.seen}" + (f": {words}" if words else ""))
    click.echo(f"  on: {on}")


command.add_command(knowledge_links.command)
command.add_command(knowledge_flips.command)
