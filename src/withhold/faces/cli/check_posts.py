"""``withhold check --posts``: which of the stored posts are open to training, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from withhold.catalog import find
from withhold.errors import BadInput, NotFound, NothingToCheck
from withhold.faces.cli.setting import Setting, written
from withhold.faces.report.exposure_said import Told, words_of
from withhold.keep import Store
from withhold.verbs.check_posts import SHOWN, Exposure, check_posts

FORMS = ("text", "json", "csv", "html", "md")
_OF_OTHERS = {
    *("listed", "site_path", "mode", "allow_private", "was", "resume"),
    *("saved", "window", "browser", "recipe", "no_evidence"),
}
"""Options of check that are about sites and saved pages."""


def command(
    targets: Sequence[str],
    setting: Setting,
    actor: str,
    form: str,
    fail_on: Sequence[str],
    *,
    full: bool,
    words: str,
    chart: str,
) -> int:
    """The answer in a format, and the picture as a file where one was asked for."""
    from withhold.faces.cli.check import exit_code

    _alone(click.get_current_context())
    if form not in FORMS:
        raise BadInput(f"--posts with --format {form}", f"one of {', '.join(FORMS)}")
    if "lost" in fail_on:
        raise BadInput("--posts with --fail-on lost", "allowed, unknown or weak")
    if not setting.may_write:
        raise BadInput("--posts with --owner", "posts are those that you imported yourself")
    told = _told(targets, setting, actor, full, words, all_of_them=form == "csv")
    for stand in told.exposure.stands:  # what cannot be said is found before anything is printed
        for reason in (*stand.verdict.reasons, *stand.verdict.limits):
            setting.sentences.say(reason)
    if chart:
        _draw(Path(chart), told)
    if form == "text":
        from withhold.faces.cli.show_posts import show

        show(told, setting, full=full)
    else:
        from withhold.faces.report.exposure import FORMATS

        written(FORMATS[form](told))
    return exit_code([one.verdict for one in told.exposure.published], fail_on)


def _alone(context: click.Context) -> None:
    """Raises BadInput for options that are about something else."""
    given = [
        max(option.opts, key=len)
        for option in context.command.params
        if option.name in _OF_OTHERS
        and option.name in context.params
        and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE
    ]
    if given:
        raise BadInput(f"--posts with {given[0]}", "one of the two")
    if not context.params["posts"]:
        named = "--find" if context.params["sought"] else "--chart"
        raise BadInput(f"{named} without --posts", f"withhold check --posts {named} ...")


def _told(
    targets: Sequence[str],
    setting: Setting,
    actor: str,
    full: bool,
    words: str,
    *,
    all_of_them: bool,
) -> Told:
    said_as = words_of(setting.lang)
    if not setting.has_store():
        raise NothingToCheck(said_as["nothing_stored"], said_as["nothing_stored_tip"])
    with Store.read(setting.home) as store:
        stored = list(store.posts.counts())
        if not stored:
            raise NothingToCheck(said_as["nothing_stored"], said_as["nothing_stored_tip"])
        keys = _keys(targets, stored, setting, said_as)
        slugs = dict.fromkeys(key.partition(":")[0] for key in keys)
        known = [one for one in slugs if find.platform_named(setting.root, one) == one]
        knowledge = setting.knowledge(known, crawlers=True)
        who = find.actor(setting.root, actor) if actor else ""
        exposure = check_posts(
            store,
            keys,
            {one.key: one for one in setting.owner.accounts},
            setting.owner.public_until,
            setting.asking(knowledge, who, every_use=full),
            words=words,
            at_most=None if all_of_them else SHOWN,
        )
        left = _left(store, exposure)
    return Told(
        exposure=exposure,
        speaker=setting.speaker(knowledge),
        words=said_as,
        phrases=setting.phrases,
        where=setting.places.name(setting.place, setting.lang),
        when=setting.when,
        example=setting.owner.example,
        to_search=left,
    )


def _left(store: Store, exposure: Exposure) -> int:
    """Posts that were not looked through; what does that is imported only now."""
    from withhold.verbs.search_posts import left_to_search

    return left_to_search(store) if exposure.stands else 0


def _keys(
    targets: Sequence[str], stored: Sequence[str], setting: Setting, words: dict[str, str]
) -> list[str]:
    """The accounts with posts that were named; all of them where none was. Nothing is guessed."""
    if not targets:
        return list(stored)
    found: dict[str, None] = {}
    for name in targets:
        slug, _, account = name.partition(":")
        platform = find.platform_named(setting.root, slug) or slug.strip().lower()
        these = [
            one
            for one in stored
            if one.partition(":")[0] == platform
            and (not account or one.partition(":")[2].lower() == account.lower())
        ]
        if not these and not any(one.partition(":")[0] == platform for one in stored):
            find.platform(setting.root, slug)  # a name that is no platform says what was meant
            raise NothingToCheck(
                words["nothing_of"].format(name=name),
                words["nothing_of_tip"].format(known=", ".join(stored)),
            )
        if not these:
            raise NotFound(
                words["nothing_of"].format(name=name),
                words["nothing_of_tip"].format(known=", ".join(stored)),
            )
        found.update(dict.fromkeys(these))
    return list(found)


def _draw(path: Path, told: Told) -> None:
    from withhold.faces.report.posts_chart import alone
    from withhold.reach.files import write_new

    write_new(path, alone(told))
    click.echo(f"withhold: {path}", err=True)
