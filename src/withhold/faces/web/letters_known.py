"""What all views of letters need: laws and those who answer, the words, where each case stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown, load_rights
from withhold.catalog.rights_words import NextSteps, next_steps
from withhold.errors import NotFound
from withhold.faces.report import requests
from withhold.faces.report.offers import text, words_of
from withhold.faces.web.views import Ask
from withhold.faces.web.words import words_of as page_words
from withhold.keep import Filed, Kept
from withhold.verbs.request_standing import Standing, standings

PART = "letters"


class Known(Struct, frozen=True, kw_only=True):
    """What is known, and the words of a language. ``words``: of letters; ``p``: of these pages."""

    knowledge: Knowledge
    rights: RightsKnown
    steps: NextSteps
    words: Mapping[str, str]
    p: Mapping[str, str]
    lang: str

    def said(self, by_lang: Mapping[str, str]) -> str:
        """A text in the language of the request, else in English."""
        return text(by_lang, self.lang)


def known(ask: Ask) -> Known:
    """Read once; the words of the language of the request."""
    lang, root = ask.setting.lang, ask.setting.root
    return Known(
        knowledge=ask.desk.knowledge,
        rights=_rights(root),
        steps=_steps(root),
        words=_words(lang),
        p=page_words(PART, lang),
        lang=lang,
    )


@cache
def _rights(root: Path) -> RightsKnown:
    return load_rights(root)


@cache
def _steps(root: Path) -> NextSteps:
    return next_steps(root)


@cache
def _words(lang: str) -> Mapping[str, str]:
    return words_of(lang)


def cases(ask: Ask) -> list[Filed]:
    """All cases; none where nothing is stored yet."""
    if not ask.desk.exists():
        return []
    with ask.desk.reading() as store:
        return store.cases.all()


def all_standings(ask: Ask, have: Known) -> Sequence[Standing]:
    """Where every case stands on the day asked, those that are due first."""

    def make() -> Sequence[Standing]:
        return standings(cases(ask), ask.setting.when, have.knowledge, have.rights, have.steps)

    return ask.desk.kept(ask.setting, "letters-standings", make)


def filed_case(ask: Ask, reference: str, have: Known) -> tuple[Filed, list[Kept]]:
    """One case, and all that is kept as evidence. Raises NotFound, in the owner's language."""
    if ask.desk.exists():
        with ask.desk.reading() as store:
            found = next((one for one in store.cases.all() if one.case.id == reference), None)
            if found:
                return found, store.evidence.all()
    raise NotFound(have.p["no_case"].format(reference=reference), have.p["no_case_tip"])


class Row(Struct, frozen=True, kw_only=True):
    """One case in a list, in words."""

    id: str
    service: str
    account: str
    act: str
    is_open: bool
    step: str
    due: str
    rule: str
    late: int
    unread: Sequence[int]
    commands: Sequence[str]


def row(one: Standing, have: Known) -> Row:
    """What a list says of a case."""
    case = one.case
    runs = one.due is not None and one.is_open
    return Row(
        id=case.id,
        service=one.service,
        account=case.account,
        act=have.words.get(f"act_{case.act}", case.act),
        is_open=one.is_open,
        step=have.said(one.step.text),
        due=requests.due_line(one, have.words) if runs else "",
        rule=have.said(one.due.rule) if one.due and runs else "",
        late=one.late_by if one.is_open else 0,
        unread=one.unread,
        commands=tuple(requests.commands(one)),
    )
