"""The cases of the question: a table that a lawyer can read, and what each line of it means."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec

from withhold.catalog.load import Knowledge
from withhold.may_train import may_train
from withhold.verbs.seen import NOT_ASKED, Missing, Part, SiteSeen
from withhold.verbs.site_says import statements
from withhold.verdict import Verdict
from withhold.words import (
    Account,
    AccountKind,
    Answer,
    Audience,
    Authored,
    Content,
    How,
    Kind,
    Observation,
    Strength,
)

HERE = Path(__file__).parent


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base: a typing error in a case is an error, not a case that tests nothing."""


class Seen(Line, frozen=True, kw_only=True):
    """What was seen of a control: ``how`` = told, clicked, shown, observed.

    Of a letter: ``control`` is ``right:<act>``, ``practices`` are those it is about.
    """

    control: str
    value: str
    on: date
    how: How = "told"
    account: str = ""
    practices: list[str] = []


class Open(Line, frozen=True, kw_only=True):
    """A span that was open; no ``until`` = still open."""

    since: date | None = None
    until: date | None = None


class Expect(Line, frozen=True, kw_only=True):
    """What must come out. Lists name what must be among the codes, not all of them."""

    answer: Answer
    strength: Strength | None = None
    open: list[Open] | None = None
    practices: dict[str, Answer] = {}
    reasons: list[str] = []
    not_reasons: list[str] = []
    limits: list[str] = []
    steps: list[str] = []
    no_steps: bool = False


class Case(Line, frozen=True, kw_only=True):
    """One question with the answer that a person worked out from the sources."""

    id: str
    says: str
    actor: str
    place: str
    when: date
    platform: str = ""
    site: str = ""
    robots: str = ""
    robots_missing: Missing = ""
    headers: list[list[str]] = []
    html: str = ""
    page_missing: Missing = ""
    tdmrep: str = ""
    ai_txt: str = ""
    rsl: dict[str, str] = {}
    path: str = "/"
    use: str = "train-ai"
    kind: Kind = "post"
    audience: Audience = "public"
    authored: Authored = "own"
    posted: date | None = None
    public_until: date | None = None
    account_kind: AccountKind = "personal"
    account_name: str = ""
    account_since: date | None = None
    plan: str = ""
    seen: list[Seen] = []
    expect: Expect
    source: str


class CaseFile(Line, frozen=True, kw_only=True):
    """One file of cases."""

    case: list[Case]


class Statement(Line, frozen=True, kw_only=True):
    """A factual statement of the article of September 2024, then and now.

    ``then`` and ``now`` are cases; a statement that is no answer to the question is a claim kept
    in knowledge with its place and source (``claim``), or a fact of a file (``fact``).
    """

    id: str
    says: str
    mark: Literal["as written", "changed since", "was imprecise"]
    why: str
    then: list[Case] = []
    now: list[Case] = []
    claim: str = ""
    facts: list[str] = []


class Article(Line, frozen=True, kw_only=True):
    """``article.toml``."""

    statement: list[Statement]


def read_cases() -> list[tuple[str, Case]]:
    """(file name, case) of every file of cases but the article."""
    found: list[tuple[str, Case]] = []
    for path in sorted(HERE.glob("*.toml")):
        if path.name != "article.toml":
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [(path.name, case) for case in msgspec.convert(raw, CaseFile).case]
    return found


def read_article() -> Article:
    """The article's statements."""
    raw = tomllib.loads((HERE / "article.toml").read_text(encoding="utf-8"))
    return msgspec.convert(raw, Article)


def ask(case: Case, knowledge: Knowledge) -> Verdict:
    """The verdict on a case."""
    account = None
    if case.platform:
        account = Account(
            platform=case.platform,
            name=case.account_name,
            kind=case.account_kind,
            plan=case.plan,
            since=case.account_since,
            audience=case.audience,
        )
    content = Content(
        kind=case.kind,
        audience=case.audience,
        authored=case.authored,
        posted=case.posted,
        public_until=case.public_until,
        account=account,
        site=case.site,
        path=case.path,
    )
    seen: list[Any] = [
        Observation(
            control=f"{case.platform or case.actor}/{one.control}",
            value=one.value,
            on=one.on,
            how=one.how,
            account=one.account or (account.key if account else case.site),
            id=f"obs-{number}",
            practices=tuple(one.practices),
        )
        for number, one in enumerate(case.seen, start=1)
    ]
    if case.site:
        seen += statements(_site(case), knowledge.crawlers, knowledge.signals)
    return may_train(case.actor, content, case.place, case.when, knowledge, seen, case.use)


def _site(case: Case) -> SiteSeen:
    """What the case says was seen of the site; what it does not name was not looked at."""
    page = Part(
        place="page",
        body=case.html.encode(),
        headers=tuple((name, value) for name, value in case.headers),
        missing=case.page_missing,
    )
    asked = case.html or case.headers or case.page_missing
    return SiteSeen(
        site=case.site,
        origin=f"https://{case.site}",
        on=case.when,
        path=case.path,
        kind=case.kind,
        robots=Part(place="robots.txt", body=case.robots.encode(), missing=case.robots_missing),
        page=page if asked else NOT_ASKED,
        tdmrep=_file("/.well-known/tdmrep.json", case.tdmrep),
        ai_txt=_file("/ai.txt", case.ai_txt),
        licences=tuple(_file(url, text) for url, text in case.rsl.items()),
    )


def _file(place: str, text: str) -> Part:
    return Part(place=place, body=text.encode()) if text else NOT_ASKED


def differences(case: Case, verdict: Verdict) -> list[str]:
    """What came out otherwise than expected, one line each."""
    expect = case.expect
    found = []
    got: dict[str, Any] = {"answer": verdict.answer, "strength": verdict.strength}
    found += [
        f"{name}: expected {getattr(expect, name)}, got {value}"
        for name, value in got.items()
        if getattr(expect, name) != value
    ]
    if expect.open is not None:
        want = [(one.since, one.until) for one in expect.open]
        have = [(one.since, one.until) for one in verdict.open]
        if want != have:
            found.append(f"open: expected {want}, got {have}")
    answers = {one.id: one.answer for one in verdict.practices}
    for name, answer in expect.practices.items():
        if answers.get(name) != answer:
            found.append(f"practice {name}: expected {answer}, got {answers.get(name)}")
    reasons = {one.code for one in verdict.reasons}
    limits = {one.code for one in verdict.limits}
    steps = {one.control for one in verdict.steps}
    found += [f"reason {one} is missing" for one in expect.reasons if one not in reasons]
    found += [f"reason {one} is there" for one in expect.not_reasons if one in reasons]
    found += [f"limit {one} is missing" for one in expect.limits if one not in limits]
    found += [f"step {one} is missing" for one in expect.steps if one not in steps]
    if expect.no_steps and steps:
        found.append(f"expected no step, got {sorted(steps)}")
    return found
