"""``withhold import`` of mail: what came back, filed under the cases that it answers.

Only what is clear is filed by itself. On a terminal the person is asked for the rest and for what a
reply says; elsewhere the commands are printed that say it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shlex import quote

import click

from withhold.catalog.rights import load_rights
from withhold.catalog.rights_words import NextSteps, next_steps, reply_words
from withhold.errors import BadInput, WithholdError
from withhold.faces.cli.done_case import say_next
from withhold.faces.cli.evidence import size
from withhold.faces.cli.mail_files import body_of, document, paths_of
from withhold.faces.cli.setting import Setting, parse_day
from withhold.faces.cli.show import Paper
from withhold.faces.report.offers import text, words_of
from withhold.faces.report.plain import printable
from withhold.keep import Store
from withhold.rights_facts import NO_ANSWER, OUTCOMES
from withhold.verbs.request_events import says
from withhold.verbs.request_filing import Filing, filed, noted, own_case, where
from withhold.verbs.request_names import reference_of
from withhold.verbs.request_replies import Came, read_mail

_BECAUSE_AT_MOST = 160


def import_replies(
    names: tuple[str, ...],
    setting: Setting,
    *,
    reference: str,
    day: str,
    dry_run: bool,
    form: str,
) -> None:
    """Reads every message, files those that are clear, and says what is left to the person."""
    today = parse_day(day, setting.today, "--on") if day else setting.today
    paths = list(paths_of(names))
    if not setting.has_store():
        raise BadInput("you have no cases yet", "withhold apply SUBJECT --letter begins one")
    run = _Run(setting, today, dry_run=dry_run, ask=setting.interactive and form == "text")
    if reference:
        run.must_be_there(reference_of(reference))
    try:
        done = [one for path in paths for one in run.file_all(path, reference_of(reference))]
    except (KeyboardInterrupt, click.Abort):  # each message is filed before the next is read
        words = words_of(setting.lang)
        raise WithholdError(words["came_stopped"], words["came_stopped_tip"]) from None
    if form == "json":
        click.echo(json.dumps(document(done, dry_run), ensure_ascii=False, indent=2))
        return
    run.show(done)


class _Run:
    """One import: what is known, and the store as each message leaves it."""

    def __init__(self, setting: Setting, today: date, *, dry_run: bool, ask: bool) -> None:
        self._setting, self._today = setting, today
        self._dry, self._able = dry_run, ask
        self._words: dict[str, str] = words_of(setting.lang)
        self._steps: NextSteps = next_steps(setting.root)
        self._rights, self._phrases = load_rights(setting.root), reply_words(setting.root)
        self._out = Paper()
        self._filed: dict[str, str] = {}  # a mailbox may hold the same message twice

    def must_be_there(self, reference: str) -> None:
        """Raises NotFound for a case that is not there."""
        with Store.read(self._setting.home) as store:
            store.cases.of(reference)

    def file_all(self, path: Path, reference: str) -> Iterator[Filing]:
        """Every message of a file in turn."""
        with Store.read(self._setting.home) as store:
            cases = store.cases.all()
        own = [self._setting.owner.email]
        for came in read_mail(body_of(path), str(path), cases, self._rights, self._phrases, own):
            yield self._file(came, reference)

    def _file(self, came: Came, reference: str) -> Filing:
        found = where(came, reference)
        if before := self._filed.get(came.message.sha256):
            found = Filing(came=came, case=before, already=True)
        if not found.case and not came.is_own and self._able and came.could_be:
            found = where(came, self._which(came))
        if found.already or not found.case or self._dry:
            return found
        with Store.open(self._setting.home) as store:
            found = filed(store, found, self._today, self._setting.now())
            self._filed[came.message.sha256] = found.case
            if self._able:
                self._says(store, found.case, found.number, came)
        return found

    def _which(self, came: Came) -> str:
        words = self._words
        for line in self._head(came):
            self._out.put(line, 2)
        doubt = text(self._steps.doubt.get(came.match.doubt, {}), self._setting.lang)
        self._out.put(words["came_doubtful"].format(why=doubt), 4)
        for number, one in enumerate(came.could_be, start=1):
            self._out.put(f"{number}. {one}", 6)
        said = str(click.prompt(words["ask_case"], default="", show_default=False)).strip()
        if said.isdigit() and 1 <= int(said) <= len(came.could_be):
            return came.could_be[int(said) - 1]
        return ""

    def _says(self, store: Store, case: str, number: int, came: Came) -> None:
        """Asks what it says; an automatic reply or bounce by its headers is not asked about."""
        said = came.suggestion
        if said.sure and said.outcome in NO_ANSWER:
            return
        lang, words = self._setting.lang, self._words
        for line in self._head(came):
            self._out.put(line, 2, "bold")
        for line in came.message.new_text.splitlines()[:40]:
            self._out.put(line, 4)
        usual = OUTCOMES.index(said.outcome) + 1 if said.outcome else 0
        for at, one in enumerate(OUTCOMES, start=1):
            mark = " <" if at == usual else ""
            self._out.put(f"{text(self._steps.outcome[one], lang)}{mark}", 8, head=f"    {at}.")
        asked = words["ask_outcome" if usual else "ask_outcome_none"].format(n=usual)
        answer = str(click.prompt(asked, default="", show_default=False)).strip()
        if answer.isdigit() and 1 <= int(answer) <= len(OUTCOMES):
            says(store, case, number, OUTCOMES[int(answer) - 1], None, self._setting.now())

    # What is shown --------------------------------------------------------------------------------

    def show(self, done: list[Filing]) -> None:
        """Each message, then how many of them are left to the person."""
        words = self._words
        if self._dry:
            self._out.put(words["dry_run"], style="bold")
        for one in done:
            for number, line in enumerate(self._head(one.came)):
                self._out.put(line, 0 if number == 0 else 2, "bold" if number == 0 else "")
            for said, copy in self._lines(one):
                (self._out.copy if copy else self._out.put)(said, 2)
        put = [one for one in done if one.number]
        open_ = [one for one in put if not noted(one.came) and not self._chosen(one)]
        rest = len(done) - len(put) - sum(one.already for one in done)
        self._out.put()
        self._out.put(words["came_total"].format(filed=len(put), open=len(open_), rest=rest))
        for case in dict.fromkeys(one.case for one in put if one not in open_):
            say_next(case, self._setting, words, self._today)

    def _head(self, came: Came) -> Iterator[str]:
        words, message = self._words, came.message
        name = "came_head" if came.number > 1 else "came_head_plain"
        subject = printable(message.subject) or "-"
        yield words[name].format(file=printable(came.file), n=came.number, subject=subject)
        day = str(message.day) if message.day else words["came_no_date"]
        yield words["came_from"].format(address=printable(message.from_address) or "?", date=day)
        for one in message.trouble:
            yield text(self._steps.trouble.get(one, {}), self._setting.lang) or one
        if message.attachments:
            largest = max(one.size for one in message.attachments)
            yield words["came_parts"].format(n=len(message.attachments), size=size(largest))

    def _lines(self, one: Filing) -> Iterator[tuple[str, bool]]:
        """Lines, each with whether it is to be copied."""
        words, came, lang = self._words, one.came, self._setting.lang
        if one.already:
            yield words["came_before"].format(reference=one.case), False
            return
        if not one.case:
            yield from self._unfiled(came)
            return
        how = words[f"how_{one.how}"]
        yield words["came_case"].format(reference=one.case, how=how), False
        if came.match.doubt and one.how != "case":
            doubt = text(self._steps.doubt.get(came.match.doubt, {}), lang)
            yield words["came_look"].format(why=doubt), False
        said = came.suggestion
        if self._chosen(one):
            return
        if said.outcome:
            named = text(self._steps.outcome[said.outcome], lang)
            because = said.because[:_BECAUSE_AT_MOST]
            header = "came_seems" if said.sure else "came_perhaps"
            header = "came_seems_header" if noted(came) else header
            yield words[header].format(outcome=named, because=because), False
        else:
            yield words["came_silent"], False
        command = f"withhold done {one.case} --reply {one.number or 1} --outcome "
        if noted(came):
            yield words["came_noted"], False
        elif said.outcome:
            yield words["came_say"], False
            yield command + said.outcome, True
            if not said.sure:
                yield words["came_else"].format(outcomes=", ".join(OUTCOMES)), False
        else:
            yield words["came_say_any"].format(outcomes=", ".join(OUTCOMES)), False
            yield command + "OUTCOME", True

    def _unfiled(self, came: Came) -> Iterator[tuple[str, bool]]:
        words = self._words
        if came.is_own:
            named = own_case(came)
            day = came.message.day
            if named and day:
                yield words["came_own_sent"].format(reference=named), False
                file = quote(came.file)
                yield f"withhold done {named} --state sent --on {day} --evidence {file}", True
            else:
                yield words["came_own"], False
            return
        doubt = text(self._steps.doubt.get(came.match.doubt, {}), self._setting.lang)
        yield words["came_doubtful"].format(why=doubt), False
        if came.could_be:
            yield words["came_could"].format(cases=", ".join(came.could_be)), False
        else:
            yield words["came_any"], False
        first = came.could_be[0] if came.could_be else "WH-..."
        yield f"withhold import {quote(came.file)} --case {first}", True

    def _chosen(self, one: Filing) -> bool:
        """Whether the person said on the way what it says."""
        if not one.number:
            return False
        with Store.read(self._setting.home) as store:
            case = store.cases.of(one.case).case
        replies = [each for each in case.events if each.kind == "reply"]
        return bool(replies[one.number - 1].outcome) and not noted(one.came)
