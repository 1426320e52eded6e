"""Made-up documents in which every list holds something, written by the code that writes real ones;
``generate.py`` reads from them which fields there are."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from withhold.catalog.load import Knowledge, default_root
from withhold.catalog.places import Places
from withhold.catalog.sentences import load_sentences
from withhold.exports.post import Pointer, Post
from withhold.faces.cli.mail_files import document
from withhold.faces.report import exposure as exposures
from withhold.faces.report import (
    exposure_said,
    histories,
    many_sites,
    offers,
    policy_said,
    requests,
)
from withhold.faces.report import policy as policies
from withhold.faces.report.offers import words_of
from withhold.faces.report.rows import Speaker
from withhold.keep import Filed
from withhold.keep.post_rows import Asked, Stored
from withhold.policies import Clause, Decided, Document, Reading
from withhold.policies.against import Against, Compared
from withhold.rights.acts import Entitlements
from withhold.rights.case import About, Case, Deadline, Entitled, Person
from withhold.rights.matching import Match
from withhold.rights.next_steps import Next
from withhold.rights.replies import Attachment, Message
from withhold.rights.suggest import Suggestion
from withhold.rights_facts import Controller, Door
from withhold.traces.dated_files import DatedFile, Gap
from withhold.traces.history import Change, History, SiteHistory, Tally
from withhold.verbs.check_policy import Policy
from withhold.verbs.check_posts import Exposure, Shown
from withhold.verbs.exposed_posts import Given
from withhold.verbs.exposure import Stand, Treated
from withhold.verbs.kept import Evidence, KeptFile
from withhold.verbs.many_sites import Row, SiteRows, Summary
from withhold.verbs.policy_text import PolicyText
from withhold.verbs.request_filing import Filing
from withhold.verbs.request_replies import Came
from withhold.verbs.request_standing import Standing
from withhold.verbs.requests import Offer, Offers
from withhold.verdict import Verdict

SITE = "https://example.org"
EVIDENCE = Evidence(folder="", files=(KeptFile(path="", sha256="", size=0),))


def sites(day: date) -> Any:
    """``withhold/sites/1``, of one site and one company."""
    row = Row(
        site=SITE, actor="example", use="train-ai", answer="unknown", strength="", line=1, on=""
    )
    question = {"when": str(day), "where": "DE", "path": "/", "mode": "rfc", "actor": ""}
    out, summary = io.BytesIO(), Summary()
    writer = many_sites.AsJson(out, question)
    writer.rows([row])
    summary.add(SiteRows(site=SITE, rows=(row,), trouble="unreachable", detail="dns"))
    summary.evidence = EVIDENCE
    writer.end(summary)
    return json.loads(out.getvalue())


def history(day: date, words: Mapping[str, str]) -> Any:
    """``withhold/history/1``, of one site with one change, one doubt and one gap."""
    file = DatedFile(site=SITE, on=day, day=str(day), file="a.txt", url=SITE)
    gap = Gap(why="no-file", site=SITE, day=str(day), file="b.txt")
    change = Change(
        site=SITE,
        token="ExampleBot",
        now="refused",
        before=file,
        after=file,
        line=1,
        text="",
        doubts=("no-rules",),
        lasting=True,
    )
    tally = Tally(
        token="ExampleBot",
        sites=1,
        refused_first=0,
        refused_last=1,
        refused=1,
        let_in=0,
        changes=1,
        doubtful=1,
    )
    of_site = SiteHistory(
        site=SITE,
        files=2,
        first=str(day),
        last=str(day),
        refused_first=(),
        refused_last=("ExampleBot",),
        changes=(change,),
        doubtful=((file, ("no-rules",), (SITE,)),),
        gaps=(gap,),
    )
    found = History(
        tokens=("ExampleBot",), sites=(of_site,), sums=(tally,), rounds=(str(day),), gaps=(gap,)
    )
    told = histories.Told(
        history=found,
        path="/",
        mode="rfc",
        since=day,
        operators={"ExampleBot": "example"},
        words=words,
    )
    return json.loads(histories.as_json(told))


def request() -> Any:
    """A case of the plan, as ``withhold/plan/1`` has it."""
    found = requests.as_values([_standing()], words_of("en"), "en")[0]
    return {**found, "events": []}


def offered() -> Any:
    """``withhold/requests/1``, of one act."""
    person = Person(place="DE")
    act = Entitled(act="access", law="", article="", controller="example")
    door = Door(kind="form", to=SITE, seen=_DAY, sources=[])
    offer = Offer(act=act, controller=_WHOM, doors=(door,), due=_DUE)
    said = Entitlements(acts=(act,), controllers=("example",))
    found = Offers(
        subject="example", service="", person=person, when=_DAY, offers=(offer,), said=said
    )
    known = Knowledge(platforms={}, actors={}, places=Places({}, {}), laws={}, crawlers={})
    return json.loads(offers.as_json(found, known, words_of("en"), "en"))


def replies() -> Any:
    """``withhold/replies/1``, of one message."""
    message = Message(attachments=(Attachment(name="", size=0, sha256="", kind=""),))
    came = Came(
        file="",
        number=1,
        message=message,
        match=Match(),
        suggestion=Suggestion(),
        octets=b"",
    )
    return document([Filing(came=came)], dry_run=False)


_DAY = date(2026, 1, 31)
_DUE = Deadline(date=_DAY, rule={"en": ""}, steps=())
_WHOM = Controller(
    id="example",
    name="",
    answers_for=[],
    places=["WORLD"],
    seat="DE",
    timezone="Europe/Berlin",
    door=[],
    source={},
)


def _standing() -> Standing:
    case = Case(id="WH-7K3Q9D", act="access", law="", controller="example", subject="example")
    filed = Filed(
        case=case,
        about=About(subject="example"),
        person=Person(),
        entitled=Entitled(act="access", law="", article="", controller="example"),
    )
    return Standing(
        filed=filed,
        when=_DAY,
        service="",
        controller=_WHOM,
        step=Next(kind="wait", text={"en": ""}),
        dates={},
        due=_DUE,
    )


def exposure(day: date, answer: Verdict, speaker: Speaker) -> Any:
    """``withhold/exposure/1``, of one post that gives away one thing for sure and one possibly."""
    treated = Treated("example", "example", "post", "public", "item-field", "own", "live")
    stand = Stand(
        stored=treated,
        posts=treated,
        verdict=answer,
        months={("2025-01", "open"): 1},
        ended={day: 1},
    )
    shown = Shown(
        stored=Stored(
            id=1,
            account="example",
            archive=1,
            post=Post(platform="example", id="1", source=Pointer()),
            asked=Asked(*treated, str(day)),
        ),
        reach="open",
        to=(("example", "train-ai"),),
    )
    given = Given(posts=1, sure={"phone": 1}, possible={"health": 1}, places=0)
    told = exposure_said.Told(
        exposure=Exposure(
            stands=(stand,),
            given={"open": given},
            most=(shown,),
            of_most=1,
            no_platform={"example": 1},
        ),
        speaker=speaker,
        words={},
        phrases={},
        where="",
        when=day,
    )
    return exposures.document(told)


def policy(day: date, phrases: Mapping[str, str]) -> Any:
    """``withhold/policy/1``, of one clause and one restriction, held against one practice."""
    clause = Clause(
        sentence="",
        says="yes",
        content=("post",),
        audience=("public",),
        since=day,
        why=(Decided(part="verb", words="train", start=0, end=5),),
    )
    never = replace(clause, says="no", restricts_reader=True)
    document = Document(lang="en", published=day, in_force=day)
    told = policy_said.Told(
        policy=Policy(
            text=PolicyText(name="p.md", kind="markdown", data="", seen=day, url="https://e.org"),
            reading=Reading(document=document, clauses=(clause, never)),
            standing="says",
            words=1,
            of="example",
            against=Against(
                of="example", day=day, compared=(Compared(clause=clause, stand="look"),)
            ),
        ),
        words={},
        phrases=phrases,
        sentences=load_sentences(default_root(), "en"),
        places=Places({}, {}),
        when=day,
        place="DE",
    )
    return policies.document(told)
