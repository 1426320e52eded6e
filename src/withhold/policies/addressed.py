"""Who is forbidden what: a sentence that restricts the reader or others is no practice.

``You may not use our content to train AI`` restricts; ``our vendors may not use your content to
train`` is a promise of the company. What tells them apart is who the no is said to, whose content
it is, and whose model.
"""

from __future__ import annotations

from withhold.policies.events import Event
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark

SUBJECT_WORDS, SUPPOSED_WORDS, BY_WORDS = 4, 6, 6
"""Words before or behind a no in which its subject, an ``if``, a ``by us`` is looked for."""
ITEM_LETTERS = 2
"""Letters of ``(k)``, with which a list item begins."""
OBJECT_WORDS = 12
GERUND = "ing"
_NO_COMPANY = (
    *("reader", "people", "customers", "public", "some", "ours", "negation", "third"),
    *("nobody", "model", "perhaps_model"),
)


def restricts(
    signs: Signs, event: Event, lead: Signs | None, headings: Signs | None
) -> Mark | None:
    """The words that forbid the reader, or None."""
    said = _forbids(signs, event) or _forbidden(signs, event) or _left_out(signs, event)
    if said is not None:
        return said
    promised = people(signs) is not None
    if we_act(signs, 0, event.first) or event.owner == "our":
        return None
    vendor = signs.any("vendor", last=event.last)
    if vendor is not None and signs.has("mine", vendor.first):
        return None
    if not promised:
        found = signs.any("competing", "scraping")
        if found is not None:
            return found
    if promised and event.owner != "any":
        return None
    for around in (lead, headings):
        if around is not None and not we_act(around, 0, len(around.here)):
            found = around.any("not_allowed", "forbidden", "competing")
            if found is not None:
                return found
    return _act(signs, event)


def forbids_the_reader(lead: Signs) -> Mark | None:
    """``You may not:``: what a list hangs on forbids its items to the reader, whoever's content."""
    vendor = lead.any("vendor")
    if vendor is not None and lead.has("mine", vendor.first):
        return None
    for one in lead.of("not_allowed"):
        who = max((each.first for each in lead.of("reader", last=one.last)), default=-1)
        if who >= 0 and not we_act(lead, who, one.last) and not _nobody_forbidden(lead, one):
            return one
    return None


def people(signs: Signs) -> Mark | None:
    """People's or customers' content in the sentence."""
    return signs.any("people", "customers")


def we_act(signs: Signs, first: int, last: int) -> bool:
    """Whether the company stands there as the one who acts: ``we``, or a name before its verb."""
    if signs.any("we", first=first, last=last) is not None:
        return True
    return any(
        signs.here.capital[at]
        and signs.has("acts", at + 1)
        and not any(signs.has(name, at) for name in _NO_COMPANY)
        for at in range(first, min(last, len(signs.here) - 1))
    )


def _forbids(signs: Signs, event: Event) -> Mark | None:
    """``you may not``, ``without our permission``, ``we do not permit``."""
    return next(
        (
            one
            for one in signs.of("not_allowed")
            if not _nobody_forbidden(signs, one) and not _promise(signs, one, event)
        ),
        None,
    )


def _nobody_forbidden(signs: Signs, one: Mark) -> bool:
    """Whether it only looks like a no to somebody."""
    first = one.first
    over = signs.covers("people", first) or signs.covers("customers", first)
    if over is not None and over.last - over.first > 1:
        return True  # `customer data may not be used`: the customer is nobody who acts
    ours = signs.any("our_own", first=first, last=one.last) is not None
    if not ours and any(
        signs.has(name, at)
        for name in ("no_negation", "no_control")
        for at in range(first, one.last)
    ):
        return True
    if signs.any("supposing", first=_clause_start(signs, first, SUPPOSED_WORDS), last=first + 1):
        return True  # `if you do not opt out`
    if signs.has("it", first) or (
        signs.has("pronoun", first) and signs.any("reader", last=first) is None
    ):
        return True
    inside = first - signs.part(first)[0] > 1 and signs.here.broken[first] < 2
    mine = people(signs) is not None and signs.any("scraping") is None
    return signs.has("order", first) and (inside or mine)


def _promise(signs: Signs, one: Mark, event: Event) -> bool:
    """Whether the company or its vendors must not: that is a promise to people."""
    mine = people(signs) is not None
    if signs.any("our_own", first=one.first, last=one.last) is not None and not signs.has(
        "exclusion", one.first
    ):
        behind = one.first >= event.last and we_act(signs, 0, event.first)
        return mine and (behind or signs.any("vendor", last=event.last) is not None)
    start = _clause_start(signs, one.first)
    vendor = next(
        (
            each
            for each in signs.of("vendor", last=one.last)
            if each.first >= start or (each.last > start and signs.has("mine", each.first))
        ),
        None,
    )
    if vendor is not None and (mine or signs.has("mine", vendor.first)):
        return True
    if mine and (signs.has("pronoun", one.first) or signs.has("exclusion", one.first)):
        return True
    if one.first >= event.last and we_act(signs, _said_from(signs, event), event.first):
        return True
    if signs.has("exclusion", one.first):
        return False
    if _by_us(signs, one) or we_act(signs, one.last, event.first):
        return True
    return we_act(signs, start, one.first + 1)


def _forbidden(signs: Signs, event: Event) -> Mark | None:
    """``is prohibited``, ``may not be used``, ``all rights reserved``."""
    one = signs.any("forbidden")
    if one is None:
        return None
    mine = people(signs) is not None
    passive = signs.has("passive", one.first)
    vendor = signs.any("vendor", last=event.last)
    if vendor is not None and (mine or signs.has("mine", vendor.first)):
        return None
    if mine and any(signs.has("mine", each.first) for each in signs.of("vendor")):
        return None
    taken = signs.any("scraping", first=one.first, last=event.last)
    acting = we_act(signs, _said_from(signs, event), event.first)
    if mine and passive and signs.any("scraping") is None and not _act_forbidden(signs, event, one):
        return None
    if acting and taken is None and (mine or not signs.has("reserves", one.first)):
        return None
    before = max(0, one.first - 2)
    of_it = passive and signs.any("pronoun", first=before, last=one.first) is not None
    return None if of_it or _by_us(signs, one) else one


def _act_forbidden(signs: Signs, event: Event, one: Mark) -> bool:
    """``Training a model on our users' posts is not permitted``: to whoever wants to do that."""
    begins = _said_from(signs, event)
    at = event.verb.first
    act = at - begins <= 1 and signs.here.words[at].endswith(GERUND)
    return act and one.first >= event.last and signs.has("finite", one.first - 1)


def _said_from(signs: Signs, event: Event) -> int:
    """Where the statement on an event begins: behind ``we want to make it clear that``."""
    for at in range(event.verb.first - 1, 0, -1):
        if signs.has("relative", at) and signs.here.words[at + 1].endswith(GERUND):
            return at + 1
    return 0


def _left_out(signs: Signs, event: Event) -> Mark | None:
    """``You will use them only for your own work and not to train``: the reader's use ends there.

    Of vendors with people's content, or the company's own, it is a promise.
    """
    for one in signs.of("and_not", last=event.last):
        only = signs.any("uses_only", last=one.first)
        if only is None or one.last < event.first - SUBJECT_WORDS:
            continue
        vendor = signs.any("vendor", first=max(0, only.first - SUBJECT_WORDS), last=only.last)
        if vendor is not None and (people(signs) is not None or signs.has("mine", vendor.first)):
            return None
        return None if we_act(signs, only.last, one.first) else only
    return None


def _by_us(signs: Signs, one: Mark) -> bool:
    """``is not permitted, neither by us nor by others``: a promise."""
    return any(
        signs.has("by", at) and (signs.any("we", "vendor", first=at + 1, last=at + 3) is not None)
        for at in range(one.last, min(len(signs.here), one.last + BY_WORDS))
    )


def _clause_start(signs: Signs, at: int, words: int = SUBJECT_WORDS) -> int:
    """The word from which nothing parts the words up to ``at``."""
    first = at
    while first > max(0, at - words) and signs.here.broken[first] == 0:
        first -= 1
    return first


def _act(signs: Signs, event: Event) -> Mark | None:
    """``(k) use the API to train a model``: a list item that begins with the act itself."""
    if people(signs) is not None:
        return None
    at = 0
    while at < min(2, len(signs.here) - 1) and len(signs.here.words[at]) <= ITEM_LETTERS:
        if signs.has("purpose", at):
            return None
        at += 1
    begins = any(signs.has(name, at) for name in ("use", "build", "train", "scraping"))
    if not begins and not signs.has("noun_begins", at):
        return None
    stated = signs.any("finite", last=OBJECT_WORDS) is not None
    if stated and (not begins or signs.has("past", at)):
        return None
    ours = signs.any("ours", last=event.last + OBJECT_WORDS)
    inside = ours is not None and ours.first >= event.first and ours.last <= event.last
    return None if inside else ours
