"""Writes a letter: picks its paragraphs by what holds, and fills every gap or refuses.

Nothing is invented: what the person did not say does not stand in it. Values from people are laid
on one line without control or direction characters, so that no name can start a header, a line of
its own, or turn the text round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from withhold.catalog.letter_gaps import CONDITIONS, GAP, PLACEHOLDERS, SAID_WHERE_SET, gaps
from withhold.catalog.rights_words import LetterWords
from withhold.errors import BadInput, BadKnowledge
from withhold.rights.case import About, Entitled, Person
from withhold.rights.typed import lines, listed, one_line
from withhold.rights_facts import LETTER_LANGS, Controller, Letter, LetterLang, Paragraph, Status

_FAMILIES = (
    ("uk-gdpr", "uk"),
    ("gdpr", "eu"),
    ("ch-", "ch"),
    ("lgpd", "br"),
    ("br-", "br"),
    ("ccpa", "us-ca"),
    ("us-ca", "us-ca"),
    ("kr-", "kr"),
    ("ca-", "canada"),
)
"""Beginning of a law's id -> the condition that stands for it."""

FEW_WORDS = 8
"""Grounds of fewer words are called very short."""

_CITED = re.compile(r"Art\. (?P<article>\d+)(?:\((?P<paragraph>\d+)\))?(?:\((?P<point>[a-z])\))? ")


class SoFar(Struct, frozen=True, kw_only=True):
    """What later letters need to know beside the first one; empty = not known, not said."""

    asked: str = ""
    """``Letter.asked`` of the act's letter, in the language of this letter."""
    sent: date | None = None
    due: date | None = None
    answered: date | None = None
    reminded: date | None = None
    until: date | None = None
    answer_by: date | None = None
    reason: str = ""
    """Why they say no, in their words as the person quotes them."""
    residence: str = ""
    authority: str = ""
    lead: str = ""
    complaint_article: str = ""
    history: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    own_letter: bool = False
    """Whether the first letter is attached once more."""


class Written(Struct, frozen=True, kw_only=True):
    """A letter that can be read; only a reviewed one is offered as mail ready to send.

    ``banner``, ``advice`` and ``warnings`` are said to the person, beside the letter: they are no
    part of ``text``.
    """

    letter: str
    subject: str
    paragraphs: tuple[str, ...]
    text: str
    lang: LetterLang
    status: Status
    banner: str
    advice: str
    yours: str
    """What stands over this letter where it is the one in the person's language, not sent."""
    warnings: tuple[str, ...]
    sender: tuple[str, ...]
    """Name and address, line by line, as over a letter by post."""
    recipient: tuple[str, ...]
    day: str
    """The day in words."""


def letter_lang(lang: str) -> LetterLang:
    """A language that letters are written in; English for any other."""
    return next((one for one in LETTER_LANGS if one == lang.partition("-")[0].lower()), "en")


def written(
    letter: Letter,
    person: Person,
    about: About,
    entitled: Entitled,
    controller: Controller,
    *,
    reference: str,
    today: date,
    words: LetterWords,
    service: str = "",
    so_far: SoFar = SoFar(),  # noqa: B008  frozen
    to: tuple[str, ...] = (),
) -> Written:
    """The letter, filled. ``service`` is the platform's name; ``to`` the lines of its address.

    Raises BadInput where a gap stays empty, naming what is missing and how to give it, or where
    a value is out of bounds; BadKnowledge where the letter has a gap that is none.
    """
    values = _values(letter, person, about, entitled, controller, words, so_far)
    values["reference"] = one_line("the reference", reference, 40)
    values["service"] = one_line("the service", service or about.subject, 100)
    values["asked"] = _filled(one_line("what was asked", so_far.asked, 500), values)
    holds = _holds(person, entitled, values, so_far)
    chosen = [one for one in letter.paragraph if _is_said(one, holds, letter)]
    texts = [letter.subject, *(one.text for one in chosen)]
    asks = any("{asked}" in one for one in texts)
    _refuse_gaps(letter, [*texts, so_far.asked] if asks else texts, values)
    paragraphs = tuple(_filled(one.text, values).strip() for one in chosen)
    own = letter_lang(person.lang)
    return Written(
        letter=letter.id,
        subject=one_line("the subject", _filled(letter.subject, values), 400),
        paragraphs=paragraphs,
        text="\n\n".join(paragraphs) + "\n",
        lang=letter.lang,
        status=letter.status,
        banner=_in(words.banner.get(letter.status, {}), own),
        advice=_in(words.advice, own),
        yours=_in(words.yours, own),
        warnings=tuple(
            _in(words.warning[one], own)
            for one in _warned(letter, chosen, person, entitled, values)
        ),
        sender=tuple(filter(None, (values["name"], *values["address"].split("\n")))),
        recipient=(values["controller"], *_lines_of("the address of the other side", to)),
        day=said(today, letter.lang, words),
    )


def side_by_side(theirs: Written, yours: Written) -> tuple[Written, ...]:
    """What is shown: the one that is sent, and beside it the person's, if that is another."""
    return (theirs,) if theirs.lang == yours.lang else (theirs, yours)


def said(day: date | None, lang: LetterLang, words: LetterWords) -> str:
    """A day in words; empty for none."""
    if day is None:
        return ""
    month = words.months[lang][day.month - 1]
    # French says the first of a month by another word
    first = words.day.get(f"{lang}-first", "") if day.day == 1 else ""
    return (first or words.day[lang]).format(day=day.day, month=month, year=day.year)


def cited(article: str, lang: LetterLang, words: LetterWords) -> str:
    """``Art. 18(1)(d) GDPR`` as this language cites it; unchanged where it knows no name."""
    found, how = _CITED.match(article), words.cite[lang]
    law = how.laws.get(article[found.end() :], "") if found else ""
    if not found or not law:
        return article
    parts = {**found.groupdict(), "law": law}
    return "".join(
        getattr(how, name).format(n=parts[name])
        for name in ("article", "paragraph", "point", "law")
        if parts[name]
    )


def _values(
    letter: Letter,
    person: Person,
    about: About,
    entitled: Entitled,
    controller: Controller,
    words: LetterWords,
    so_far: SoFar,
) -> dict[str, str]:
    lang = letter.lang
    law = {"eu": "GDPR", "uk": "UK GDPR"}.get(_family(entitled.law), "")
    name, email = one_line("your name", person.name, 200), one_line("e-mail", person.email, 254)
    address = lines("your address", person.address, 600)
    # a company knows the account; only an authority is told where somebody lives
    signed = (name, address, email) if letter.id == "complaint" else (name, email)
    days = ("sent", "due", "answered", "reminded", "until", "answer_by")
    return {
        "name": name,
        "email": email,
        "address": address,
        "signature": "\n".join(filter(None, signed)) if name else "",
        "account": one_line("the account", about.account, 200),
        "account_url": one_line("the address of the account", about.account_url, 2000),
        "urls": listed("the addresses", about.urls, 2000),
        "works": listed("the works", about.works, 2000),
        "own_words": lines("your own words", about.own_words, 6000),
        "article": cited(one_line("the article", entitled.article, 200), lang, words),
        "gdpr": words.cite[lang].laws.get(law, law),
        "controller": one_line("the other side", controller.name, 300),
        "reason": one_line("their reason", so_far.reason, 2000),
        "residence": one_line("your residence", so_far.residence, 200),
        "authority": one_line("the authority", so_far.authority, 300),
        "lead": one_line("the lead authority", so_far.lead, 300),
        "complaint_article": cited(
            one_line("the article on complaints", so_far.complaint_article, 200), lang, words
        ),
        "history": listed("what happened", so_far.history, 500),
        "annexes": listed("the annexes", so_far.annexes, 500),
        **{day: said(getattr(so_far, day), lang, words) for day in days},
    }


def _holds(
    person: Person, entitled: Entitled, values: Mapping[str, str], so_far: SoFar
) -> frozenset[str]:
    family = _family(entitled.law)
    known = ("account", "account_url", "article", "email", "own_words", "urls", "works")
    holds = {entitled.act, person.party, family}
    holds |= {one.replace("_", "-") for one in (*known, *SAID_WHERE_SET) if values[one]}
    holds |= {"gdpr"} if family in ("eu", "uk") else set()
    holds |= {"own-letter"} if so_far.own_letter else set()
    return frozenset(holds)


def _family(law: str) -> str:
    return next((family for start, family in _FAMILIES if law.startswith(start)), "")


def _is_said(one: Paragraph, holds: frozenset[str], letter: Letter) -> bool:
    for when in one.when:
        name = when.removeprefix("not-")
        if name not in CONDITIONS:
            raise BadKnowledge(
                f"letters/{letter.lang}/{letter.id}.toml: when: `{when}` is no condition",
                f"one of {', '.join(CONDITIONS)}",
            )
        if (name in holds) == (name != when):
            return False
    return True


def _refuse_gaps(letter: Letter, texts: list[str], values: Mapping[str, str]) -> None:
    wanted = list(dict.fromkeys(gap for text in texts for gap in gaps(text)))
    for gap in wanted:
        if gap not in PLACEHOLDERS:
            raise BadKnowledge(
                f"letters/{letter.lang}/{letter.id}.toml: `{{{gap}}}` is no placeholder",
                f"one of {', '.join(PLACEHOLDERS)}",
            )
    missing = list(dict.fromkeys(PLACEHOLDERS[gap] for gap in wanted if not values[gap]))
    if missing:
        raise BadInput(
            f"the letter {letter.id} cannot be written without {' and '.join(missing)}",
            "give it and ask for the letter again; nothing was written",
        )


def _filled(text: str, values: Mapping[str, str]) -> str:
    # one pass: braces that stand in a value are text, and are not filled in turn
    return GAP.sub(lambda gap: values.get(gap[1], gap[0]), text)


def _warned(
    letter: Letter,
    chosen: list[Paragraph],
    person: Person,
    entitled: Entitled,
    values: Mapping[str, str],
) -> list[str]:
    own, found = values["own_words"], []
    speaks = any("{own_words}" in one.text for one in chosen)
    if entitled.needs_grounds and letter.id == entitled.act and not own:
        found.append("no-own-words")
    elif speaks and len(own.split()) < FEW_WORDS:
        found.append("few-own-words")
    if speaks and letter_lang(person.lang) != letter.lang:
        found.append("own-words-not-translated")
    if entitled.law and entitled.read != "official":
        found.append("law-not-seen")
    if not person.adult:
        found.append("under-age")
    return found


def _in(text: Mapping[str, str], lang: str) -> str:
    return text.get(lang) or text.get("en", "")


def _lines_of(what: str, many: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, lines(what, "\n".join(many), 600).split("\n")))
