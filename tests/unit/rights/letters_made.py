"""A person, an account and a company for letters, and a made letter of one paragraph."""

from __future__ import annotations

from datetime import date
from typing import Any

from withhold.catalog.rights_words import letter_words
from withhold.rights.case import About, Entitled, Person
from withhold.rights.letters import SoFar, Written, written
from withhold.rights_facts import Controller, Letter, Paragraph

TODAY = date(2026, 11, 26)
WORDS = letter_words()
PERSON: dict[str, Any] = {
    "name": "Jana Müller",
    "email": "jana@example.org",
    "address": "Lindenweg 3\n80331 München",
    "place": "DE-BY",
    "lang": "en",
}
ABOUT: dict[str, Any] = {
    "subject": "facebook",
    "account": "jana.stimme",
    "account_url": "https://facebook.example/jana.stimme",
    "urls": ("https://facebook.example/1", "https://facebook.example/2"),
    "works": ("Blue door, 2019",),
    "own_words": "I live from my voice, and my children can be heard in many recordings.",
}
ENTITLED: dict[str, Any] = {
    "act": "object-training",
    "law": "gdpr-art-21",
    "article": "Art. 21(1) GDPR",
    "controller": "meta",
    "needs_grounds": True,
    "read": "official",
}
SO_FAR: dict[str, Any] = {
    "asked": "my objection under {article}",
    "sent": date(2026, 9, 1),
    "due": date(2026, 10, 1),
    "answered": date(2026, 10, 2),
    "reminded": date(2026, 10, 5),
    "until": date(2026, 12, 1),
    "answer_by": date(2026, 12, 10),
    "reason": "We have compelling grounds.",
    "residence": "Germany, Bavaria",
    "authority": "BayLDA",
    "lead": "Data Protection Commission",
    "complaint_article": "Art. 77 GDPR",
    "history": ("2026-09-01: sent", "2026-10-02: answered"),
    "annexes": ("Letter of 1 September 2026",),
    "own_letter": True,
}


def controller(name: str = "Meta Platforms Ireland Limited") -> Controller:
    """Who is written to."""
    return Controller(
        id="meta",
        name=name,
        answers_for=["facebook"],
        places=["EEA"],
        seat="IE",
        timezone="Europe/Dublin",
        door=[],
        source={},
    )


def letter(*paragraphs: str | Paragraph, **changed: Any) -> Letter:
    """A made letter; a text stands for a paragraph without conditions."""
    given: dict[str, Any] = {
        "id": "object-training",
        "lang": "en",
        "status": "reviewed",
        "by": "somebody",
        "on": TODAY,
        "subject": "Objection [{reference}]",
    }
    whole = [one if isinstance(one, Paragraph) else Paragraph(text=one) for one in paragraphs]
    return Letter(paragraph=whole, **{**given, **changed})


def write(one: Letter, **changed: Any) -> Written:
    """The letter filled with all of the above; fields are changed by their names."""
    reference = changed.pop("reference", "WH-7K3Q9D")
    service = changed.pop("service", "Facebook")
    company = changed.pop("company", "Meta Platforms Ireland Limited")
    to = changed.pop("to", ())
    parts: list[dict[str, Any]] = []
    for known in (PERSON, ABOUT, ENTITLED, SO_FAR):
        parts.append({**known, **{key: changed[key] for key in known if key in changed}})
    left = changed.keys() - set().union(*parts) - {"adult", "party"}
    assert not left, left
    extra = {key: changed[key] for key in ("adult", "party") if key in changed}
    return written(
        one,
        Person(**parts[0], **extra),
        About(**parts[1]),
        Entitled(**parts[2]),
        controller(company),
        reference=reference,
        today=TODAY,
        words=WORDS,
        service=service,
        so_far=SoFar(**parts[3]),
        to=to,
    )
