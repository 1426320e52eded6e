"""The part: overview. Where each account and site stands, and the one next step of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from withhold.faces.cli.plan import standings_of
from withhold.faces.report import offers, plans, requests, watched, watched_told
from withhold.faces.report.rows import Speaker
from withhold.faces.web import overview_plan
from withhold.faces.web.overview_cards import AccountCard, SiteCard, account_cards, site_cards
from withhold.faces.web.render import html
from withhold.faces.web.views import Ask, Go, Page, Piece, Route
from withhold.faces.web.watch_found import Item, changes_of, last_look
from withhold.faces.web.words import Words, words_of
from withhold.verbs.check import Asking
from withhold.verbs.exposed_posts import at_least_one, why_apart
from withhold.verbs.exposure import exposure
from withhold.verbs.owner import Owner
from withhold.verbs.plan import Plan
from withhold.verbs.request_standing import Standing
from withhold.verbs.watch import Looked, look_again, read_last

CHANGES_SHOWN = 3


class Watched(Struct, frozen=True, kw_only=True):
    """What became of the accounts since the last look of ``watch``; ``since`` None = there is none.

    Sites are not looked at for it. ``told`` is what that look itself told, on ``on``: it is news to
    whoever did not open Watch. ``more`` counts what of both is not shown.
    """

    since: date | None = None
    said: str = ""
    changes: Sequence[Item] = ()
    on: date | None = None
    told: str = ""
    told_changes: Sequence[Item] = ()
    more: int = 0


class Letters(Struct, frozen=True, kw_only=True):
    """Open letters: one line, and the case that is due next."""

    line: str = ""
    case: str = ""
    title: str = ""
    due: str = ""


class Posts(Struct, frozen=True, kw_only=True):
    """How many posts are stored, and of how many at least one company says that it may."""

    stored: int
    open: int | None
    """None = nothing can be said without a place."""


class Stand(Struct, frozen=True, kw_only=True):
    """All that stands on the page but the posts."""

    placed: bool
    top: str = ""
    accounts: Sequence[AccountCard] = ()
    watched: Watched = Watched()
    letters: Letters = Letters()
    archives: bool = False
    """Whether any was taken in."""
    sites: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nothing of the owner's is stored, not even where they live."""
        return not (
            self.placed or self.accounts or self.letters.line or self.archives or self.sites
        )


def show(ask: Ask) -> Page | Go:
    """Everything that is the owner's; with nothing stored the first run, if it is not put off."""
    t = words_of("overview", ask.setting.lang)
    there = ask.desk.exists()
    stand, cards = (
        ask.desk.kept(ask.setting, "overview", lambda: _written(ask, t)) if there else (None, "")
    )
    nothing = stand is None or stand.nothing
    if nothing and not ask.query.get("later"):
        return Go(to="/first")
    sites = _sites(ask, stand.placed) if stand else []
    posts, counted = (
        ask.desk.later(ask.setting, "overview-posts", lambda: _posts(ask))
        if there
        else (Posts(stored=0, open=None), True)
    )
    covers = [t["not_deeds"], t["not_pictures"]]
    if sites:
        covers.append(t["not_fetched"])
    return Page(
        template="overview.html",
        title=t["title"],
        part="overview",
        values={
            "t": t,
            "stand": stand,
            "cards": cards,
            "sites": sites,
            "posts": posts,
            "counted": counted,
            "nothing": nothing,
        },
        command="withhold start" if nothing else "withhold status",
        covers_not=() if nothing else covers,
        refresh=0 if counted and not any(one.reading for one in sites) else 2,
    )


def _written(ask: Ask, t: Words) -> tuple[Stand, Markup]:
    """With the cards of the accounts as they stand on the page: they are the most of it."""
    stand = _stand(ask)
    piece = Piece(template="overview_cards.html", values={"t": t, "stand": stand})
    return stand, Markup(html(ask, piece))  # noqa: S704 - what a template wrote


def _sites(ask: Ask, placed: bool) -> list[SiteCard]:
    speaker = ask.desk.edition(ask.setting.lang, ask.setting.when).speaker
    return site_cards(ask, speaker, placed=placed)


def _stand(ask: Ask) -> Stand:
    setting, owner = ask.setting, ask.setting.owner
    speaker = ask.desk.edition(setting.lang, setting.when).speaker
    letters = _letters(standings_of(setting), setting.lang)
    with ask.desk.reading() as store:
        archives = bool(store.posts.archives())
    stand = Stand(
        placed=bool(owner.place), letters=letters, archives=archives, sites=bool(owner.sites)
    )
    if not owner.place:  # the answers depend on it
        empty = Plan(where="", when=setting.when)
        return replace(stand, accounts=account_cards(ask, owner, empty, speaker, placed=False))
    asking = setting.asking(ask.desk.knowledge)
    known = overview_plan.known_part(owner, ask)
    found = overview_plan.plan_of(ask)
    last = read_last(setting.home)
    return replace(
        stand,
        top=plans.top_line(found, setting.phrases) if known.accounts else "",
        accounts=account_cards(ask, owner, found, speaker, placed=True),
        watched=_watched(ask, known, asking, last, speaker),
    )


def _watched(
    ask: Ask, owner: Owner, asking: Asking, last: dict[str, Looked], speaker: Speaker
) -> Watched:
    if not last:
        return Watched()
    found = look_again(owner, asking, last)
    told = watched_told.Teller(
        found=found,
        speaker=speaker,
        words=watched_told.words_of(ask.setting.lang),
        short=ask.setting.phrases,
    )
    changes, before = [*changes_of(told)], last_look(ask)
    shown = changes[:CHANGES_SHOWN]
    earlier = before.changes[: CHANGES_SHOWN - len(shown)]
    return Watched(
        since=found.since,
        said=watched.sum_line(told),
        changes=shown,
        on=before.on,
        told=before.sum if before.changes else "",
        told_changes=earlier,
        more=len(changes) + len(before.changes) - len(shown) - len(earlier),
    )


def _letters(found: Sequence[Standing], lang: str) -> Letters:
    if not found:
        return Letters()
    words = offers.words_of(lang)
    waiting = [one for one in found if one.is_open and one.due]
    first = min(waiting, key=lambda one: one.due.date, default=None)  # type: ignore[union-attr]
    return Letters(
        line=requests.status_line(found, words),
        case=first.case.id if first else "",
        title=requests.title(first, words) if first else "",
        due=requests.due_line(first, words) if first else "",
    )


def _posts(ask: Ask) -> Posts:
    """Counted in the background: of a million it takes a while."""
    owner = ask.setting.owner
    with ask.desk.reading() as store:
        counts = store.posts.counts()
        stored = sum(counts.values())
        if not owner.place or not stored:
            return Posts(stored=stored, open=None)
        asking = ask.setting.asking(ask.desk.knowledge)
        accounts = {one.key: one for one in owner.accounts}
        stands = [
            stand
            for key in sorted(counts)  # one after the other: all groups at once take memory
            for stand in exposure(store.posts.groups([key]), accounts, owner.public_until, asking)
        ]
    counted = at_least_one(one for one in stands if not why_apart(one.posts))
    return Posts(stored=stored, open=sum(n for (_, how), n in counted.items() if how == "open"))


ROUTES = (Route(path="/", get=show), *overview_plan.ROUTES)
