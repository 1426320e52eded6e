"""What a letter is asked for with, and what is asked on a terminal where it was not said."""

from __future__ import annotations

from datetime import date

import click
from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.rights_words import grounds_questions
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show import Paper
from withhold.faces.report import offers
from withhold.law_facts import Party
from withhold.rights.acts import missing
from withhold.rights.case import About, Person
from withhold.rights.grounds import Grounds
from withhold.verbs.request_asked import account_there, asks_account, grounds_of
from withhold.verbs.requests import Offer


class LetterOptions(Struct, frozen=True, kw_only=True):
    """What was said on the command line about a letter."""

    act: str = ""
    to: str = ""
    by: str = ""
    account: str = ""
    urls: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    name: str = ""
    email: str = ""
    address: str = ""
    party: Party = "person"
    letter_lang: str = ""
    reason: str = ""
    form: str = "text"
    out: str = ""
    again: bool = False
    unreviewed: bool = False
    dry_run: bool = False
    yes: bool = False
    on: date | None = None


class Asker:
    """Asks on a terminal for what was not said; elsewhere it leaves it out."""

    def __init__(self, setting: Setting, words: offers.Words, said: LetterOptions) -> None:
        self._setting, self._words, self._said = setting, words, said
        self._able = setting.interactive and not said.yes and said.form != "json"

    def person(self, person: Person) -> Person:
        """Name and e-mail, where they are not saved."""
        return replace(
            person,
            name=person.name or self._ask("ask_name"),
            email=person.email or self._ask("ask_email"),
        )

    def about(self, slug: str, offer: Offer) -> About:
        """What the letter is about, and the person's own grounds."""
        owner = self._setting.owner
        account = self._said.account or account_there(owner, slug)
        if not account and asks_account(owner, slug, offer) and not self._said.urls:
            account = self._ask("ask_account")
        works = self._said.works
        about = About(subject=slug, account=account, urls=self._said.urls, works=works)
        if missing(offer.act.act, about):
            about = replace(about, works=self._many("ask_works"))
        if missing(offer.act.act, about):
            raise BadInput(
                f"{offer.act.act}: which works are yours was not said, and nobody else knows it",
                "--work TITLE_OR_URL, once for each",
            )
        return replace(about, own_words=self._grounds(offer).own_words)

    def _grounds(self, offer: Offer) -> Grounds:
        questions = grounds_questions(self._setting.root)
        answers: dict[str, str] = {}
        for one in self._said.grounds:
            key, sign, answer = one.partition("=")
            number = key.strip()
            if not sign:
                raise BadInput(f"--ground {one[:40]}", "as --ground 1=TEXT, or --ground free=TEXT")
            if number.isascii() and number.isdigit():
                if not 1 <= int(number) <= len(questions.question):
                    raise BadInput(
                        f"--ground {number}: there is no such question",
                        f"1 to {len(questions.question)}, or free",
                    )
                number = questions.question[int(number) - 1].id
            answers[number] = answer
        if offer.act.needs_grounds and not answers and self._able:
            lang = self._setting.lang
            out = Paper()
            out.put()
            out.put(f"{offers.text(questions.intro, lang)} {self._words['grounds_enter']}")
            for at, asked in enumerate(questions.question, start=1):
                out.put()
                out.put(offers.text(asked.ask, lang), 3, head=f"{at}.")
                out.put(offers.text(asked.hint, lang), 3)
                answers[asked.id] = self._ask("")
            click.echo()
            answers["free"] = self._ask("ask_free")
        return grounds_of(offer, answers, self._setting.root)

    def _ask(self, name: str) -> str:
        if not self._able:
            return ""
        asked = self._words[name] if name else ">"
        return str(click.prompt(asked, default="", show_default=False)).strip()

    def _many(self, name: str) -> tuple[str, ...]:
        found: list[str] = []
        while self._able and (one := self._ask(name if not found else "")):
            found.append(one)
        return tuple(found)
