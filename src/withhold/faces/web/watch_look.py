"""Looking again, because the owner pressed the button: with or without asking servers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import ids_in
from withhold.catalog.policies import FOLDER, documents
from withhold.errors import BadInput, NothingToCheck
from withhold.faces.cli.plan import standings_of
from withhold.faces.cli.setting import Setting
from withhold.faces.report import watched_told
from withhold.faces.report.watched import sum_line
from withhold.faces.web.desk import Desk
from withhold.faces.web.jobs import Job, Stopped, Work
from withhold.faces.web.views import Ask, Go, Route
from withhold.faces.web.words import words_of
from withhold.policy_facts import PolicyDocument
from withhold.verbs.policy_rounds import Looked as DocumentLooked
from withhold.verbs.watch import look_again, read_last, save
from withhold.verbs.watch_documents import Documents, from_web
from withhold.verbs.watch_sites import as_they_are

KIND = "watch"


class Reach(Struct, frozen=True, kw_only=True):
    """What a look that fetches would ask for, and with which contact it would say who asks."""

    sites: Sequence[str] = ()
    policies: Sequence[tuple[str, PolicyDocument]] = ()
    contact: str = ""
    owns: bool = False
    """Whether there is anything to look at."""
    placed: bool = False

    @property
    def can_fetch(self) -> bool:
        """Whether there is something to fetch, and a contact to say."""
        return bool(self.contact and (self.sites or self.policies))


def reach_of(setting: Setting) -> Reach:
    """Of what the owner has."""
    owner = setting.owner
    sites = [one.url for one in owner.sites]
    listed = {*ids_in(setting.root, FOLDER)}
    platforms = [one.platform for one in owner.accounts if one.platform in listed]
    return Reach(
        sites=sites,
        policies=documents(setting.root, platforms),
        contact=setting.contact or next(iter(sites), ""),
        owns=bool(owner.accounts or owner.sites) or bool(standings_of(setting)),
        placed=bool(owner.place),
    )


def look(ask: Ask) -> Go:
    """Begins a look, or leads to the one that is under way."""
    words = words_of("watch", ask.setting.lang)
    fetch = ask.said("fetch") == "1"
    reach = reach_of(ask.setting) if ask.desk.exists() else Reach()
    if not reach.owns:
        raise NothingToCheck(words["nothing_owned"], words["nothing_owned_tip"])
    if not reach.placed:
        raise BadInput(words["no_place"], words["no_place_tip"])
    if fetch and not reach.can_fetch:
        raise BadInput(words["no_contact"], words["no_contact_tip"])
    under_way = next((one for one in ask.desk.jobs.open() if one.kind == KIND), None)
    title = words["job_fetching" if fetch else "job_looking"]
    work = looking(ask.desk, ask.setting.lang, fetch=fetch)
    job = under_way or ask.desk.jobs.start(KIND, title, work, to="/watch")
    return Go(to=f"/job?id={job.id}")


def looking(desk: Desk, lang: str, *, fetch: bool) -> Work:
    """The work: everything is asked again; with ``fetch`` sites and policies are asked for.

    Stopped while policies are fetched, what was seen stays seen and is told by the next look.
    """

    def work(job: Job) -> Sequence[str]:
        words = words_of("watch", lang)
        try:
            return _look(desk, desk.setting(lang), job, fetch=fetch)
        except Stopped as why:
            raise Stopped(*([words["stopped_kept"]] if fetch else [])) from why

    return work


def _look(desk: Desk, setting: Setting, job: Job, *, fetch: bool) -> Sequence[str]:
    owner, words = setting.owner, watched_told.words_of(setting.lang)
    reach = reach_of(setting)
    asking = setting.asking(desk.knowledge)
    done = _Count(job, (len(reach.sites) + len(reach.policies)) if fetch else 0)
    sites = as_they_are(
        owner.sites,
        asking,
        setting.home,
        setting.now,
        reach.contact,
        fetch=fetch,
        told=done.site,
    )
    last = read_last(setting.home)
    found = look_again(
        owner,
        asking,
        last,
        sites=[watched_told.named(one, words, owner.sites) for one in sites],
        letters=standings_of(setting),
    )
    seen: Documents | None = None
    if fetch and reach.policies:
        seen = from_web(
            setting.home,
            reach.policies,
            reach.contact,
            setting.now,
            last,
            asking.place,
            setting.places,
            heard=done.document,
        )
        found.keeps.update(seen.keeps)
        seen = replace(seen, names=_names(desk, seen))
    with desk.alone():
        save(setting.home, found, setting.now(), seen, fetched=fetch)
    told = watched_told.Teller(
        found=found,
        speaker=setting.speaker(desk.knowledge),
        words=words,
        short=setting.phrases,
        documents=seen,
    )
    counts = {"n": seen.looked, "seen": seen.seen, "first": seen.first} if seen else {}
    return [sum_line(told), *([words["policies_head"].format_map(counts)] if seen else [])]


class _Count:
    """How far a look that fetches is; it hears of a site before, and of a document when done."""

    def __init__(self, job: Job, of: int) -> None:
        self._job, self._of, self._at = job, of, 0
        job.told(0, of)

    def site(self, url: str) -> None:
        self._job.told(self._at, self._of, url)
        self._at += 1

    def document(self, one: DocumentLooked) -> None:
        self._at += 1
        self._job.told(self._at, self._of, one.document)


def _names(desk: Desk, found: Documents) -> dict[str, str]:
    """What platforms and companies are called of whom something is told."""
    known = desk.knowledge
    told = [one.document for one in found.changes] + [one.document for one in found.unseen]
    ids = {one.partition("/")[0] for one in told}
    names = {one.id: one.name for one in known.actors.values() if one.id in ids}
    return names | {one.id: one.name for one in known.platforms.values() if one.id in ids}


ROUTES = (Route(path="/watch/look", post=look),)
