"""What the closed lists of the vocabulary are called in the guide, by language."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class Wording(Struct, frozen=True, kw_only=True):
    """Each closed list as value -> words."""

    may: dict[str, str]
    way: dict[str, str]
    control: dict[str, str]
    token: dict[str, str]
    purpose: dict[str, str]
    honours: dict[str, str]
    read: dict[str, str]
    says: dict[str, str]
    default: dict[str, str]
    covers: dict[str, str]
    effect: dict[str, str]
    scope: dict[str, str]
    held: dict[str, str]
    stance: dict[str, str]
    verified: dict[str, str]
    status: dict[str, str]
    account: dict[str, str]
    basis: dict[str, str]
    state: dict[str, str]
    gap: dict[str, str]
    thing: dict[str, str]
    graded: dict[str, str]


def wording(say: Callable[[str], str]) -> Wording:
    """The words of a language; ``say`` translates a message of the frame."""
    _ = say
    return Wording(
        may={
            "yes": _("may"),
            "part": _("may, on some of it"),
            "no": _("says no"),
            "unknown": _("not known"),
        },
        way={
            "switch": _("by a switch"),
            "request": _("by a form or e-mail"),
            "part": _("in part"),
            "audience": _("going private helps in part"),
            "none": _("no control"),
            "nothing-open": _("nothing known to close"),
        },
        control={
            "toggle": _("switch"),
            "form": _("form"),
            "email": _("e-mail"),
            "audience": _("audience"),
            "robots": _("robots.txt"),
            "none": _("no control"),
        },
        token={
            "fetcher": _("fetches pages"),
            "control": _("a control token: it never fetches, so it is in no log"),
            "library": _("a tool in anybody's hand"),
        },
        purpose={
            "training": _("training"),
            "search": _("search"),
            "user-triggered": _("a user asked for it"),
            "archive": _("archive"),
            "ads": _("advertising"),
            "preview": _("link preview"),
            "mixed": _("mixed"),
        },
        honours={
            "yes": _("its operator says that it heeds robots.txt"),
            "no": _("its operator says that it does not heed robots.txt"),
            "in-part": _("its operator says that it heeds robots.txt in part"),
            "not-stated": _("its operator does not say whether it heeds robots.txt"),
        },
        read={
            "whole": _("read whole"),
            "excerpt": _("read in part"),
            "relayed": _("as relayed by another source"),
            "no": _("address known, not read"),
        },
        says={
            "yes": _("says it may"),
            "no": _("says it does not"),
            "conditional": _("says it may under a condition"),
            "silent": _("says nothing"),
        },
        default={"on": _("on by default"), "off": _("off by default"), "none": _("no switch")},
        covers={"full": _("fully"), "part": _("in part"), "not": _("not at all")},
        effect={
            "forward-only": _("from now on"),
            "also-past": _("also reaches back"),
            "not-stated": _("not stated"),
        },
        scope={
            "account": _("account"),
            "blog": _("blog"),
            "site": _("site"),
            "device": _("device"),
            "workspace": _("workspace"),
            "chat": _("chat"),
            "post": _("post"),
        },
        held={
            "as-written": _("held as it was said"),
            "changed-since": _("held then, another answer today"),
            "imprecise": _("did not hold quite as it was said"),
        },
        stance={
            "closed": _("closed"),
            "part": _("closed to some"),
            "open": _("open"),
            "not-known": _("not known"),
        },
        verified={
            "source": _("a text that describes it; nobody opened the page"),
            "page": _("a saved page that shows it"),
            "live": _("the live page"),
        },
        status={
            "active": _("active"),
            "retired": _("retired"),
            "undocumented": _("not documented by its operator"),
        },
        account={
            "personal": _("personal"),
            "business": _("business"),
            "page": _("page of an organisation"),
            "minor": _("under 18"),
        },
        basis={
            "consent": _("consent"),
            "contract": _("contract"),
            "legitimate-interest": _("legitimate interest"),
        },
        state={
            "on": _("on"),
            "off": _("off"),
            "sent": _("sent"),
            "confirmed": _("granted"),
            "refused": _("refused"),
        },
        gap={  # what fills the sentences of knowledge/reasons/
            "cite": _("citation"),
            "condition": _("condition"),
            "date": _("day"),
            "helps": _("what still helps"),
            "known_since": _("day of the source"),
            "label": _("words on the page"),
            "law": _("law"),
            "name": _("who"),
            "plans": _("plans"),
            "platform": _("platform"),
            "since": _("day it began"),
            "text": _("what it says"),
            "token": _("product token"),
            "until": _("day it ended"),
            "what": _("what is known"),
            "where": _("where it stands"),
        },
        thing={
            "practice": _("practice"),
            "control": _("control"),
            "shield": _("platform shield"),
            "dispute": _("dispute"),
        },
        graded={"better": _("better"), "worse": _("worse"), "unclear": _("unclear")},
    )
