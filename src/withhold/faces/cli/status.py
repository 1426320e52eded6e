"""``withhold status``: where you stand, in a few lines."""

from __future__ import annotations

import json
from collections import Counter

import click

from withhold.errors import NothingToCheck
from withhold.faces.cli.plan import standings_of
from withhold.faces.cli.setting import Setting, asked
from withhold.faces.report.offers import words_of
from withhold.verbs.archive_marks import is_note_of_archive
from withhold.verbs.check import check_account
from withhold.verbs.plan import plan


@click.command("status")
@asked
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(
    place: str = "",
    when: str = "",
    lang: str | None = None,
    owner_file: str = "",
    form: str = "text",
) -> None:
    """Where you stand: per account what is open, what is not known, what a step would do."""
    from withhold.faces.report.plans import top_line

    setting = Setting(place, when, lang or "", owner_file)
    owner = setting.owner
    letters = standings_of(setting)
    if not owner.accounts and not letters:
        raise NothingToCheck("you own no accounts here yet", "withhold start asks what you use")
    knowledge = setting.knowledge({one.platform for one in owner.accounts}, crawlers=False)
    asking = setting.asking(knowledge)
    done = [one for one in owner.seen if not is_note_of_archive(one)]
    rows = []
    for account in owner.accounts:
        found = check_account(account, asking, owner.public_until.get(account.key))
        counted = Counter(str(one.answer) for one in found if one.actor != "anyone")
        seen = [one.on for one in done if one.account in (account.key, account.platform)]
        rows.append((account, counted, max(seen, default=None)))
    steps = plan(owner, asking)
    top = top_line(steps, setting.phrases, asked=bool(owner.accounts))
    if form == "json":
        body = {
            "schema": "withhold/status/1",
            "when": str(setting.when),
            "where": setting.place,
            "top": top,
            "accounts": [
                {"account": one.key, **counted, "last_recorded": str(seen) if seen else None}
                for one, counted, seen in rows
            ],
            "done": [
                {
                    "control": one.control,
                    "account": one.account,
                    "value": one.value,
                    "on": str(one.on),
                }
                for one in done
                if not one.practices
            ],
            "requests": [
                {
                    "case": one.case.id,
                    "step": one.step.kind,
                    "due": str(one.due.date) if one.due else None,
                    "open": one.is_open,
                }
                for one in letters
            ],
        }
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    words = setting.phrases
    from withhold.faces.cli.show import Paper

    out = Paper()
    if owner.example:
        out.put(words["example"], style="bold reverse")
    for account, counted, last in rows:
        name = knowledge.platforms[account.platform].name
        about = f"{name} ({account.name})" if account.name else name
        said = ", ".join(
            f"{counted[answer]} × {words[word]}"
            for answer, word in (("allowed", "may"), ("unknown", "unknown"), ("disallowed", "no"))
            if counted[answer]
        )
        noted = f"; {words['last_recorded'].format(date=last)}" if last else ""
        out.put(f"{about}: {said}{noted}", 2)
    out.put()
    out.put(top, style="bold")
    if letters:
        from withhold.faces.report.requests import status_line

        if line := status_line(letters, words_of(setting.lang)):
            out.put(f"{line} {words_of(setting.lang)['status_next']}", style="bold")
    out.put(words["next"], style="dim")
