"""The home that bench/web.py measures, and every address of the dashboard that is asked of it.

It is the home of the tests (``tests/dashboard/made.py``: accounts, archives, sites, letters, saved
pages, two looks at a policy, all by the real commands), a site that was looked at as its server
answers (on loopback, so there are responses to save), and many posts in its accounts.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from tests.dashboard.asked import at
from tests.dashboard.browser.addresses import FILES, PAGES, addresses
from tests.dashboard.made import Made, make_home
from tests.journeys.served import Answer
from tests.journeys.served import site as serve

from web_posts import ACCOUNTS, COMMON, GIVEN, RARE, filled
from withhold.faces.web.routes import ROUTES
from withhold.keep import Store
from withhold.reach import warc_files

_EML = "form=eml"
"""LinkedIn has no e-mail address: it is said, and there is no file."""
NOTHING = "qwxyzzy"
_ABOUT = "made.json"
_MORE = (
    "/posts/post?id={long}",
    "/account?key=reddit%3Aada_example",
    "/report?make=1&kind=md&in_lang=en",  # until the file of it is made
)
"""Beside the examples of the tests."""


@dataclass(frozen=True)
class Subject:
    """A home, and what in it pages are about: two letters, a site that was looked at.

    ``posts`` are those that were made up.
    """

    home: str
    sent: str
    answered: str
    looked_at: str
    posts: int = 0


def made(folder: Path, number: int) -> Subject:
    """A home with so many posts; the one that was made in this folder before, where there is."""
    about = folder / _ABOUT
    if about.exists():
        return Subject(**json.loads(about.read_text("utf-8")))
    home = folder / "home"
    found = make_home(home)
    looked_at = _looked_at(home)
    filled(home, number)
    subject = Subject(str(home), found.sent, found.answered, looked_at, number)
    about.write_text(json.dumps(asdict(subject)), encoding="utf-8")
    return subject


def _looked_at(home: Path) -> str:
    """Presses the button of a site of its own; what its server answered is kept."""
    rules = Answer(b"User-agent: GPTBot\nDisallow: /\n")
    page = Answer(b"<p>hello", headers=[("X-Robots-Tag", "noai"), ("Content-Type", "text/html")])
    with serve(robots=rules, page=page) as served, at(home) as site:
        with Store.open(home) as store:
            store.own.add_site(served.url)
        answer = site.send("/site/look", url=served.url, private="1")
        assert answer.status_code == 303, answer.text
        site.desk.jobs.wait()
        return str(served.url)


def pages(subject: Subject) -> list[str]:
    """Every page in every way of the tests, and the search of posts in all its ways."""
    site = urlencode({"url": subject.looked_at, "as": "served"})
    found = [*_examples(subject, PAGES), *(one.format(long=_longest(subject)) for one in _MORE)]
    found += [f"/site?{site}", f"/site/wish?{urlencode({'url': subject.looked_at})}"]
    found.remove("/first/checklist")  # of a list that was dropped, which web.py does
    return list(dict.fromkeys([*found, *_searches()]))


def files(subject: Subject) -> list[str]:
    """What is saved and not shown; ``/evidence/warc`` of the site that was looked at."""
    (warc,) = warc_files.files(Path(subject.home))
    examples = _examples(subject, FILES)
    found = [one for one in examples if not (one.startswith("/evidence/warc") or _EML in one)]
    return [*found, f"/evidence/warc?name={quote(warc.name)}"]


def routes() -> list[str]:
    """All that can be opened."""
    return [one.path for one in ROUTES if one.get]


def _examples(subject: Subject, of: dict[str, tuple[str, ...]]) -> list[str]:
    home = Path(subject.home)
    known = Made(home=home, site=home, sent=subject.sent, answered=subject.answered)
    return addresses(known, of)


def _longest(subject: Subject) -> int:
    plain = sqlite3.connect(Path(subject.home) / "withhold.db")
    sql = "SELECT id FROM post WHERE length(text) > 1000000 LIMIT 1"
    found = int(plain.execute(sql).fetchone()[0])
    plain.close()
    return found


def _searches() -> list[str]:
    """Common and rare words, every filter, and pages deep inside."""
    find, first = "/posts/find?", ACCOUNTS[0][0].key
    found = [find + f"q={word}" for word in (COMMON, RARE, NOTHING, f"{COMMON}+{RARE}")]
    found += [find + f"older={day}.500" for day in ("2024-01-15", "2017-02-01")]
    found += [find + f"q={COMMON}&older=2017-02-01.500", find + f"q={COMMON}&newer=2017-02-01.500"]
    filters = [("account", first), ("kind", "comment"), ("year", "2019"), ("year", "none")]
    filters += [("audience", one) for one in ("public", "unknown", "private")]
    filters += [("standing", one) for one in ("open", "was-open", "unknown", "closed")]
    filters += [("actor", "anyone"), ("gives", "any"), *(("gives", kind) for kind, _, _ in GIVEN)]
    for name, value in filters:
        found += [find + f"{name}={quote(value)}", find + f"{name}={quote(value)}&q={COMMON}"]
    return [*found, find + f"account={first}&kind=photo&year=2020&gives=email&q={COMMON}"]
