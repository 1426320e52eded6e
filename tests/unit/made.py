"""Made-up knowledge, as values: each test says only what it is about.

``acme`` runs the platform ``acme``; ``partner`` and ``anyone`` are others; ``scrapeco`` collects
from the open web with the fetcher ``ScrapeBot`` under the control token ``Scrape-Extended``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from withhold.asked import Asked, Seen
from withhold.catalog.load import Knowledge
from withhold.catalog.places import Places
from withhold.facts import Actor, Automation, Control, Platform, Practice, Shield, Source, Verified
from withhold.law_facts import Forbids, Law
from withhold.may_train import may_train
from withhold.site_facts import Crawler, Honours
from withhold.verdict import Verdict
from withhold.words import Account, Content, Observation, Statement

BOT = "ScrapeBot"
BEGAN = date(2024, 1, 1)
SEEN = date(2024, 6, 1)
WHEN = date(2024, 7, 1)


def source(**more: Any) -> Source:
    return Source(**{"url": "https://acme.example/policy", "kind": "official", "seen": SEEN} | more)


def practice(id: str = "train", **more: Any) -> Practice:
    usual = {
        "says": "yes",
        "use": "train-ai",
        "actor": "acme",
        "content": ["post"],
        "audience": ["public"],
        "what": {"en": f"It does {id}.", "de": f"Es tut {id}."},
        "sources": ["policy"],
    }
    if "known_since" not in more:
        usual["since"] = BEGAN
    return Practice(id=id, **(usual | more))


def control(id: str = "switch", covers: dict[str, str] | str = "train", **more: Any) -> Control:
    kind = more.get("kind", "toggle")
    want = {"toggle": "off", "form": "sent", "email": "sent", "audience": "followers"}
    usual = {
        "kind": kind,
        "covers": {covers: "full"} if isinstance(covers, str) else covers,
        "sources": ["policy"],
        "want": want.get(kind, ""),
        "minutes": 0 if kind == "none" else 1,
        "label": {} if kind == "none" else {"en": f"Use {id}", "de": f"Nutze {id}"},
        "verified": Verified(how="source", on=SEEN),
    }
    return Control(id=id, **(usual | more))


def platform(id: str = "acme", **more: Any) -> Platform:
    usual = {
        "name": id.title(),
        "operator": id,
        "tier": 1,
        "audiences": ["public", "followers"],
        "automation_terms": Automation(says="silent"),
        "source": {"policy": source()},
        "practice": [practice()],
        "control": [],
    }
    return Platform(id=id, **(usual | more))


def shield(**more: Any) -> Shield:
    usual = {
        "stance": "closed",
        "what": {"en": "It refuses crawlers.", "de": "Sie schließt Crawler aus."},
        "refuses": ["*"],
        "since": BEGAN,
        "sources": ["policy"],
    }
    return Shield(**(usual | more))


def actor(id: str, **more: Any) -> Actor:
    return Actor(**{"id": id, "name": id.title(), "source": {"policy": source()}} | more)


def crawler(token: str, **more: Any) -> Crawler:
    usual = {
        "id": token.lower(),
        "operator": "scrapeco",
        "token_kind": "fetcher",
        "purpose": "training",
        "honours": Honours(says="yes", sources=["docs"]),
        "source": {"docs": source(url="https://scrapeco.example/bot")},
    }
    return Crawler(token=token, **(usual | more))


def law(id: str = "act", **more: Any) -> Law:
    usual = {
        "name": {"en": "The Act", "de": "Das Gesetz"},
        "cite": "Act, s. 1",
        "places": ["WORLD"],
        "what": {"en": "one may object", "de": "man darf widersprechen"},
        "source": {"text": source(kind="regulator")},
    }
    return Law(id=id, **(usual | more))


def forbids(*practices: str, **more: Any) -> Forbids:
    return Forbids(**{"practices": list(practices), "since": BEGAN, "sources": ["text"]} | more)


def places() -> Places:
    names = {
        "WORLD": {"en": "everywhere", "de": "überall"},
        "DE": {"en": "Germany", "de": "Deutschland"},
        "FR": {"en": "France", "de": "Frankreich"},
        "GB": {"en": "United Kingdom", "de": "Vereinigtes Königreich"},
        "US": {"en": "United States", "de": "Vereinigte Staaten"},
        "US-PA": {"en": "Pennsylvania"},
        "EU": {"en": "European Union", "de": "Europäische Union"},
    }
    return Places(names, {"EU": frozenset({"DE", "FR"})})


def web_practice(**more: Any) -> Practice:
    usual = {
        "actor": "scrapeco",
        "content": ["page", "post"],
        "via": ["ScrapeBot"],
    }
    return practice(**({"id": "scrape"} | usual | more))


def knowledge(
    *platforms: Platform,
    actors: Iterable[Actor] = (),
    laws: Iterable[Law] = (),
    crawlers: Iterable[Crawler] | None = None,
    superseded: Iterable[tuple[str, str]] = (),
    retired: dict[str, str] | None = None,
) -> Knowledge:
    known = {one.id: one for one in platforms or (platform(),)}
    people = {one: actor(one) for one in ("partner", "anyone", "scrapeco", *known)}
    tokens = crawlers
    if tokens is None:
        tokens = (
            crawler("ScrapeBot"),
            crawler("OtherBot", honours=Honours(says="not-stated", looked_at="its page")),
            crawler("Scrape-Extended", token_kind="control", governs=["ScrapeBot"]),
        )
    return Knowledge(
        platforms=known,
        actors=people | {one.id: one for one in actors},
        places=places(),
        laws={one.id: one for one in laws},
        crawlers={one.token: one for one in tokens},
        superseded=frozenset(superseded),
        retired=retired or {},
    )


def account(platform: str = "acme", **more: Any) -> Account:
    return Account(platform=platform, **more)


def content(**more: Any) -> Content:
    """A public post on acme, unless it is said to stand on a site."""
    if "site" in more:
        return Content(**{"kind": "page"} | more)
    return Content(**{"account": account()} | more)


def observation(value: str = "off", **more: Any) -> Observation:
    usual = {"control": "acme/switch", "on": SEEN, "how": "told", "account": "acme", "id": "7"}
    return Observation(value=value, **(usual | more))


def statement(token: str = BOT, allowed: bool | None = False, **more: Any) -> Statement:
    usual = {"on": SEEN, "line": 2, "text": "Disallow: /", "place": "robots.txt"}
    return Statement(token=token, allowed=allowed, **(usual | more))


def ask(
    known: Knowledge,
    *seen: Seen,
    who: str = "acme",
    where: str = "US-PA",
    when: date = WHEN,
    use: str = "train-ai",
    about: Content | None = None,
    **more: Any,
) -> Verdict:
    """The verdict on a public post on acme; ``more`` says how the content differs."""
    return may_train(who, about or content(**more), where, when, known, seen, use)


def asked(
    *seen: Observation | Statement,
    about: Content | None = None,
    knows: Any = None,
    where: str = "US-PA",
    when: date = WHEN,
    owner: str = "acme",
) -> Asked:
    """The question itself, of one owner's file, for what is asked of single practices."""
    known = knows or knowledge(platform(control=[control()]))
    whose = known.platforms.get(owner) or known.actors[owner]
    return Asked(about or content(), where, when, known, tuple(seen), whose)


def answered(verdict: Verdict) -> tuple[str, str | None]:
    return verdict.answer, verdict.strength


def codes(reasons: Iterable[Any]) -> list[str]:
    return [one.code for one in reasons]
