"""Looking at a site now. Beside ``watch_look`` the only thing here that asks another computer, and
only when pressed."""

from __future__ import annotations

from collections.abc import Sequence

from withhold.faces.report.plain import printable
from withhold.faces.web.jobs import Job, Stopped
from withhold.faces.web.site_named import address, origin, site_of
from withhold.faces.web.views import Ask, Go, Route
from withhold.faces.web.words import Words, words_of
from withhold.reach.fetched import Fetched, Spot
from withhold.reach.http import Fetcher, agent_of
from withhold.verbs.fetch_site import fetch_site, other_origins
from withhold.verbs.judge_site import licences_named_or_linked
from withhold.verbs.kept import Keeping
from withhold.words import Site


def to_fetch(site: Site) -> list[str]:
    """The addresses that a look asks for; licences that they name come on top."""
    asked = origin(site)
    if not asked:
        return []
    own = [f"{asked}{path}" for path in ("/robots.txt", "/", "/.well-known/tdmrep.json", "/ai.txt")]
    return [*own, *(f"{one}/robots.txt" for one in other_origins(asked))]


def look(ask: Ask) -> Go:
    """Begins a look; its answers are kept as evidence, and read from there."""
    site, words = site_of(ask), words_of("site", ask.setting.lang)
    asked = origin(site)
    back = address("/site", site, **{"as": "served"})
    if not asked:
        return Go(to=address("/site", site), said=words["no_address"], bad=True)
    private = ask.said("private") == "1"
    setting, desk = ask.setting, ask.desk
    contact = setting.contact or asked

    def work(job: Job) -> Sequence[str]:
        keeping = Keeping(desk.home, setting.now, agent_of(contact))
        count = 0

        def keep(found: Fetched) -> Spot | None:
            nonlocal count
            count += 1
            job.told(count, 0, printable(found.url))
            return keeping.add(found)

        fetcher = Fetcher(contact, setting.now, allow_private=private, keep=keep)
        try:
            fetched = fetch_site(
                asked,
                fetcher,
                own=True,
                find_licences=licences_named_or_linked,
                before=keeping.before(asked),
            )
            keeping.note(fetched)
        except Stopped as why:  # what has answered before lies among the evidence
            raise Stopped(*([words["look_stopped"]] if count > 1 else [])) from why
        finally:
            fetcher.close()
            evidence = keeping.close()
        return _said(fetched.all, evidence.trouble, words)

    title = words["look_title"].format(url=printable(site.url))
    job = desk.jobs.start("site", title, work, to=back)
    return Go(to=f"/job?id={job.id}")


def _said(all_: Sequence[Fetched], trouble: str, words: Words) -> list[str]:
    """What came of it: how many answered, which did not and why, and whether it could be kept."""
    answered = [one for one in all_ if one.status]
    said = [words["look_done"].format(n=len(answered), of=len(all_))]
    said += [
        words["look_failed"].format(url=printable(one.url), why=words[f"why_{one.why}"])
        for one in all_
        if not one.status
    ]
    if trouble:
        said.append(words["look_not_kept"].format(why=printable(trouble)))
    return said


ROUTES = (Route(path="/site/look", post=look),)
