"""apply --letter: which acts lie toward a company, by which law, through which door, until when.

It asks ``rights`` and puts what belongs together side by side; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.find import not_found
from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown
from withhold.errors import BadInput, NotFound
from withhold.keep import Filed
from withhold.law_facts import ACTS, ActKind
from withhold.rights.acts import Entitlements, entitled
from withhold.rights.case import About, Deadline, Entitled, Person
from withhold.rights.clock import due_on
from withhold.rights.door import doors
from withhold.rights.next_steps import may_ask_again
from withhold.rights_facts import Controller, Door


class Offer(Struct, frozen=True, kw_only=True):
    """One act, to whom it goes, by which doors, and until when they would have to answer."""

    act: Entitled
    controller: Controller | None
    """None where nobody is recorded who answers for it: then there is nobody to write to."""
    doors: tuple[Door, ...] = ()
    due: Deadline | None = None
    """Were it received on the day asked; None where no law sets a term."""


class Offers(Struct, frozen=True, kw_only=True):
    """All acts toward a platform or company, and what is said beside them."""

    subject: str
    service: str
    """The platform's or company's name."""
    person: Person
    when: date
    offers: tuple[Offer, ...]
    said: Entitlements
    elsewhere: bool = False
    """Whether it was asked for another place than the one that is saved."""

    def of(self, act: ActKind) -> tuple[Offer, ...]:
        """Those of one act: several where several companies answer."""
        return tuple(one for one in self.offers if one.act.act == act)


def offers(
    subject: str, person: Person, when: date, knowledge: Knowledge, rights: RightsKnown
) -> Offers:
    """What this person may demand there. ``subject``: an id, or ``platform/control`` of a form.

    Raises NotFound for a name that is not known, BadInput for a place that is not, and for a
    control that is no form or e-mail.
    """
    slug, _, control = subject.partition("/")
    door, covered = _form(slug, control, knowledge) if control else (None, frozenset())
    said = entitled(person, slug, when, knowledge, rights)
    found = []
    for one in said.acts:
        kept = tuple(name for name in one.practices if name in covered) if control else ()
        if control and (not kept or one.act not in _BY_FORM):
            continue
        act = replace(one, practices=kept) if control else one
        whom = rights.controllers.get(one.controller)
        ways = doors(whom, act.act, slug, person.place, knowledge.places) if whom else ()
        found.append(
            Offer(
                act=act,
                controller=whom,
                doors=(door,) if door else ways,
                due=term(act, whom, when, knowledge),
            )
        )
    owner = knowledge.platforms.get(slug) or knowledge.actors[slug]
    return Offers(
        subject=slug,
        service=owner.name,
        person=person,
        when=when,
        offers=tuple(found),
        said=said,
    )


def term(
    act: Entitled, whom: Controller | None, received: date, knowledge: Knowledge
) -> Deadline | None:
    """Until when an act received on a day has to be answered; None where no law sets a term."""
    if not act.clock or whom is None:
        return None
    return due_on(act.law, received, whom.seat, clock=act.clock, laws=knowledge.laws)


_BY_FORM: tuple[ActKind, ...] = ("object-training", "voluntary-form", "opt-out-of-sale")
"""What the objection form of a platform can be used for."""


def chosen(found: Offers, act: str, to: str = "") -> Offer:
    """The one offer that is meant. Raises NotFound, or BadInput where it has to be said to whom."""
    if act not in ACTS:
        raise not_found("act", act, ACTS, "withhold apply SUBJECT --letter lists those that apply")
    named = [one for one in found.offers if one.act.act == act]
    if not named:
        kinds = list(dict.fromkeys(one.act.act for one in found.offers))
        raise NotFound(
            f"{act} does not apply to {found.service} from {found.person.place}",
            f"these do: {', '.join(kinds)}" if kinds else "no act was found here",
        )
    fit = [one for one in named if not to or one.act.controller == to]
    if len(fit) != 1:
        whom = list(dict.fromkeys(one.act.controller for one in named if one.act.controller))
        raise BadInput(f"{act}: to whom of them?", f"--to {' or '.join(whom)}")
    return fit[0]


def must_be_first(offer: Offer, about: About, cases: Iterable[Filed], on: date) -> None:
    """Raises BadInput where such a letter waits to be sent, or was sent within twelve months.

    Of the same company about another of its services it is another letter.
    """
    known = [one.case for one in cases if one.case.subject == about.subject]
    act, account = offer.act, about.account
    for case in known:
        alike = (case.controller, case.act, case.account) == (act.controller, act.act, account)
        if alike and not case.first("sent") and not case.first("closed"):
            raise BadInput(
                f"{case.id} is drafted already and not marked as sent",
                f"withhold apply {case.id} --letter shows it again; --again begins another",
            )
    again = may_ask_again(known, act.controller, act.act, on, account=account)
    if not again.allowed:
        raise BadInput(
            f"{again.earlier} asked the same of them, and they may turn a repetition down "
            f"until {again.free_on} (Art. 12(5) GDPR; twelve months are our caution)",
            "withhold plan names its next step; --again writes another all the same",
        )


def _form(slug: str, wanted: str, knowledge: Knowledge) -> tuple[Door, frozenset[str]]:
    """A platform's own form as a door, and the practices that it covers fully."""
    platform = knowledge.platforms.get(slug)
    offered = [
        one for one in (platform.control if platform else []) if one.kind in ("form", "email")
    ]
    control = next((one for one in offered if one.id == wanted), None)
    if control is None:
        names = [f"{slug}/{one.id}" for one in offered]
        raise not_found(
            "form", f"{slug}/{wanted}", names, f"withhold apply {slug} --letter lists the acts"
        )
    full = frozenset(f"{slug}/{one}" for one, how in control.covers.items() if how == "full")
    mail = control.url.startswith("mailto:")
    return (
        Door(
            kind="email" if mail else "form",
            to=control.url.removeprefix("mailto:").partition("?")[0],
            needs_login="login" in control.needs,
            seen=control.verified.on,
            sources=control.sources,
        ),
        full,
    )
