"""Everything of an owner on one day: what is not known is said, nothing of a later day counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit import made
from tests.unit.keep.posts_made import archive, post, take
from withhold.keep import Store
from withhold.verbs import sites as _sites  # noqa: F401 - what it imports needs sockets as they are
from withhold.verbs.check import Asking, check_account
from withhold.verbs.owner import Owner
from withhold.verbs.watch import SERVED, SiteLook, look_again, save
from withhold.verbs.watch_sites import NO_FOLDER, NOT_FETCHED
from withhold.verbs.whole import Whole, accounts_named, gather
from withhold.words import Account, Site

NOW = datetime(2024, 7, 1, 9, tzinfo=UTC)
DAY, LATER = date(2024, 7, 1), date(2024, 7, 8)
WEB = made.web_practice(via=["ScrapeBot"])
KNOWN = made.knowledge(made.platform("acme"), actors=[made.actor("scrapeco", practice=[WEB])])
ACME = Account(platform="acme", name="ada", audience="public")
SITE = "https://a.example"
REFUSED = ("disallowed", "promised")


def asking(when: date = DAY, place: str = "DE", **more: Any) -> Asking:
    return Asking(**{"place": place, "when": when, "knowledge": KNOWN} | more)


def whole(root: Path, home: Path | None = None, **owned: Any) -> Whole:
    """Of an owner in Germany on a day; ``posts`` and ``when`` are of the asking."""
    posts, when = owned.pop("posts", True), owned.pop("when", DAY)
    place = owned.pop("place", "DE")
    return gather(Owner(place=place, **owned), asking(when, place), root, home, posts=posts)


def folder(path: Path, robots: str) -> Site:
    (path / "robots.txt").write_text(robots, encoding="utf-8")
    return Site(url=SITE, folder=str(path))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store in which nothing was written."""
    Store.open(tmp_path / "home").close()
    return tmp_path / "home"


def served(home: Path, when: date, place: str = "DE") -> None:
    """A look of ``watch --sites`` that was kept: the server refused."""
    from withhold.verbs.seen import Part, SiteSeen
    from withhold.verbs.sites import check_site

    robots = Part(place="robots.txt", body=b"User-agent: *\nDisallow: /\n")
    about = asking(when, place)
    found = tuple(check_site(SiteSeen(site=SITE, on=when, robots=robots), about))
    looks = [SiteLook(site=SITE + SERVED, verdicts=found)]
    owner = Owner(place=place, sites=(Site(url=SITE),))
    save(home, look_again(owner, about, {}, sites=looks))


def test_an_account_is_answered_as_check_answers_it(root: Path) -> None:
    found = whole(root, accounts=(ACME,))
    (one,) = found.accounts
    assert one.account == ACME
    assert list(one.verdicts) == check_account(ACME, asking())
    assert found.verdicts == list(one.verdicts)
    assert not found.is_empty
    assert whole(root).is_empty


@pytest.mark.parametrize(
    ("site", "why"),
    [
        (Site(url=SITE), NOT_FETCHED),
        (Site(url=SITE, folder="/nowhere/at/all"), NO_FOLDER),
    ],
)
def test_a_site_that_was_not_looked_at_has_no_answer_and_says_why(
    root: Path, site: Site, why: str
) -> None:
    (one,) = whole(root, sites=(site,)).sites
    assert (one.why, one.verdicts, one.served) == (why, (), None)


def test_a_site_on_the_disk_is_answered_from_its_files_and_names_them(
    root: Path, tmp_path: Path
) -> None:
    site = folder(tmp_path, "User-agent: ScrapeBot\nDisallow: /\n")
    (one,) = whole(root, sites=(site,)).sites
    assert [(it.answer, it.strength) for it in one.verdicts] == [REFUSED]
    assert (one.why, [Path(it).name for it in one.files]) == ("", ["robots.txt"])


def test_what_the_server_said_last_stands_beside_and_is_not_asked_for(
    root: Path, home: Path
) -> None:
    served(home, DAY)
    (one,) = whole(root, home, sites=(Site(url=SITE),), when=LATER).sites
    assert one.why == NOT_FETCHED
    assert one.served is not None
    assert (one.served.on, one.served.where) == (DAY, "DE")
    assert {it.answer for it in one.served.verdicts} == {"disallowed"}


def test_a_look_of_a_later_day_or_of_another_place_says_nothing_of_this_one(
    root: Path, home: Path
) -> None:
    served(home, LATER)
    (early,) = whole(root, home, sites=(Site(url=SITE),), when=DAY).sites
    assert early.served is None
    (moved,) = whole(root, home, sites=(Site(url=SITE),), when=LATER, place="FR").sites
    assert moved.served is None


def test_what_was_recorded_after_the_day_is_left_out(root: Path) -> None:
    before, after = made.observation(on=DAY), made.observation(on=LATER)
    assert whole(root, seen=(before, after)).seen == (before,)


def test_posts_are_counted_where_there_are_some_and_where_they_are_asked_for(
    root: Path, home: Path
) -> None:
    assert whole(root, home).posts is None
    with Store.open(home) as store:
        of = archive(platform="acme")
        take(store, [post("1", platform="acme"), post("2", platform="acme")], ACME.key, of)
    found = whole(root, home, accounts=(ACME,))
    assert found.posts is not None
    assert {one.posts.account for one in found.posts.stands} == {ACME.key}
    assert found.left == 2  # nobody looked through them yet
    assert not whole(root, home).is_empty
    without = whole(root, home, accounts=(ACME,), posts=False)
    assert (without.posts, without.left) == (None, 0)


def test_the_owner_of_a_file_gets_nothing_of_a_store(root: Path, home: Path) -> None:
    with Store.open(home) as store:
        take(store, [post("1", platform="acme")], ACME.key, archive(platform="acme"))
        store.evidence.keep(b"letter", "a.txt")
    found = whole(root, None, accounts=(ACME,))
    assert (found.posts, found.evidence, found.policies) == (None, (), None)
    assert len(whole(root, home, accounts=(ACME,)).evidence) == 1


def test_nothing_is_written_and_no_store_is_made(root: Path, tmp_path: Path) -> None:
    whole(root, tmp_path / "none", accounts=(ACME,))
    assert list(tmp_path.iterdir()) == []


def test_accounts_of_which_anything_is_told_are_named_once(root: Path, home: Path) -> None:
    with Store.open(home) as store:
        for number, key in enumerate((ACME.key, "acme:old")):
            of = archive(str(number), platform="acme")
            take(store, [post(key, platform="acme")], key, of)
    found = whole(root, home, accounts=(ACME, Account(platform="acme", name="two")))
    assert list(accounts_named(found)) == [ACME.key, "acme:two", "acme:old"]
