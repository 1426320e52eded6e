"""What the steps of a deadline say: each sentence by its id, and the gaps that it has.

The list is closed: ``clock-words.toml`` has each of them, with these gaps, in every language. The
lint says where it does not, and a step with another gap is refused when it is said.
"""

from __future__ import annotations

from withhold.catalog.letter_gaps import gaps

CLOCK_GAPS: dict[str, frozenset[str]] = {
    name: frozenset(of.split())
    for name, of in {
        "receipt": "date",
        "sent": "date",
        "answer": "date",
        "complaint": "date",
        "there": "zone time",
        "not-counted": "event",
        "counted-from": "event",
        "month": "end",
        "month-last": "end",
        "months": "number end",
        "months-last": "number end",
        "day": "end",
        "days": "number end",
        "business-day": "end",
        "business-days": "number end",
        "passed": "date why",
        "stood-still-one": "end",
        "stood-still": "number end",
        "two-working-days": "end",
        "moved": "date why next",
        "not-moved": "date why",
        "saturday": "",
        "sunday": "",
        "holiday": "name",
        "asked": "asked",
        "asked-late": "asked",
        "asked-no-stop": "asking",
        "asked-open-stands": "asking",
        "asked-open-starts": "asking",
        "answered-starts": "asking given",
        "answered-stood": "asking given",
        "extended": "said first",
        "extended-late": "said first",
        "extended-unknown": "said",
        "named-earlier": "until",
        "named-last": "until",
        "named-too-early": "until first",
        "named-too-late": "until last",
        "holidays": "place",
        "holidays-of-all": "place",
        "holidays-of-country": "place read",
        "holidays-instead": "place read",
        "holidays-none": "place",
        "holidays-nowhere": "",
        "holidays-no-year": "place year",
        "our-reading": "holidays",
    }.items()
}
"""Id of a sentence -> its gaps. The first four are the events that a clock starts from, by the word
of the law's ``starts``."""


def wrong_gaps(name: str, text: str) -> str:
    """What is wrong with the gaps of a sentence; empty where nothing is."""
    found, wanted = set(gaps(text)), CLOCK_GAPS[name]
    if found != wanted:
        return (
            f"gaps {', '.join(sorted(found)) or 'none'}, not {', '.join(sorted(wanted)) or 'none'}"
        )
    bare = text
    for one in found:
        bare = bare.replace("{" + one + "}", "")
    return "a brace that is no gap" if set(bare) & set("{}") else ""
