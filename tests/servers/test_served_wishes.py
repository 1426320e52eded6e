"""Write, serve, read back: what a wish becomes, served by real servers, is heard as the wish."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher
from msgspec import Struct

from tests.journeys.run import files, here
from tests.servers.conftest import PROGRAMS, Running, Serve
from tests.servers.headers_grammar import NotInTheGrammar, parse, sent
from tests.unit.image_files import image
from withhold.catalog.load import Knowledge
from withhold.reach import undo
from withhold.reach.fetched import Fetched, Wanted
from withhold.reach.http import Fetcher
from withhold.signals import search_proof, server_rules, wish
from withhold.verbs.check import Asking
from withhold.verbs.fetch_site import SiteFetched, fetch_site
from withhold.verbs.site_folder import files_of
from withhold.verbs.sites import check_site, of_fetched
from withhold.verbs.write_site import SitePlan, plan_site

pytestmark = pytest.mark.system
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
OWN = b"User-agent: *\nDisallow: /drafts/\n\nUser-agent: Googlebot\nDisallow: /drafts/old/\n"
PAGE, PICTURE, MISSING, MOVED = "/story.html", "/pic.png", "/nothing", "/drafts"
REFUSING = ("no-training", "no-training-but-search", "no-ai-at-all")
P, A, YES, OPEN = "disallowed promised", "disallowed asked", "allowed", "unknown"

# By hand, from what each company says of its tokens. Training: OpenAI, Anthropic, Google, Apple,
# Amazon, Common Crawl, Meta and Mistral say that they heed a token that fetches or governs for
# training alone. Microsoft has none, and heeds noarchive, which is in the header. ByteDance and
# DeepSeek say nothing of theirs; xAI has named none: it hears what is said to everyone. Perplexity
# has one token for search and training; where search is to stay, the rest is only asked for.
# DuckDuckGo says by itself that it does not train. "search": who loses it and who keeps it.
TRAINING = {
    "openai": (P, P, P, YES),
    "anthropic": (P, P, P, YES),
    "google": (P, P, P, YES),
    "apple": (P, P, P, YES),
    "microsoft": (P, P, P, YES),
    "amazon": (P, P, P, YES),
    "common-crawl": (P, P, P, YES),
    "meta": (P, P, P, YES),
    "mistral": (P, P, P, YES),
    "bytedance": (A, A, A, OPEN),
    "deepseek": (A, A, A, OPEN),
    "xai": (A, A, A, YES),
    "perplexity": (P, A, P, YES),
    "duckduckgo": (P, P, P, P),
}
SEARCH = {
    "google": (YES, YES, YES, YES),
    "apple": (YES, YES, YES, YES),
    "microsoft": (YES, YES, YES, YES),
    "duckduckgo": (YES, YES, YES, YES),
    "openai": (YES, YES, P, YES),
    "anthropic": (YES, YES, P, YES),
    "amazon": (YES, YES, P, YES),
    "meta": (YES, YES, P, YES),
    "mistral": (YES, YES, P, YES),
    "perplexity": (P, YES, P, YES),
}
ANSWERS = {  # only where the wish speaks of answers, and of those whose word is plain
    "anthropic": P,
    "microsoft": P,
    "amazon": P,
    "mistral": P,
    "duckduckgo": P,
    "openai": A,  # ChatGPT-User: "may not apply"
    "meta": A,  # Meta-ExternalFetcher: may bypass
    "perplexity": A,  # Perplexity-User: generally ignores
    "google": YES,  # Googlebot feeds them; noarchive speaks of answers to Microsoft alone
}
WISHES = (*REFUSING, "allow")
HEADERS = {
    "no-training": ("noai, noimageai, noarchive", "train-ai=n", "1"),
    "no-training-but-search": ("noai, noimageai, noarchive", "train-ai=n, search=y", "1"),
    "no-ai-at-all": ("noai, noimageai, noarchive", "train-ai=n", "1"),
    "allow": None,
}
NAMES = ("x-robots-tag", "content-usage", "tdm-reservation")
SEARCHERS = (
    *("Googlebot", "Googlebot-News", "Googlebot-Image", "bingbot", "Applebot", "DuckDuckBot"),
    *("AdsBot-Google", "Mediapartners-Google", "facebookexternalhit", "Twitterbot", "Slackbot"),
    *("LinkedInBot", "WhatsApp", "TelegramBot", "Discordbot", "YandexBot", "Baiduspider"),
)
ASKED = ("/", PAGE, PICTURE, "/drafts/", "/drafts/new/a", "/drafts/old/a", "/a?b=c")


class Heard(Struct, frozen=True):
    """What came over the wire: the site, a picture, a page that is not there, one that moved."""

    site: SiteFetched
    picture: Fetched
    missing: Fetched
    moved: Fetched


@pytest.fixture
def site(ground: Path) -> Path:
    """A small site with a robots.txt of its own."""
    folder = ground / "site"
    (folder / "drafts").mkdir(parents=True)
    (folder / "robots.txt").write_bytes(OWN)
    for page in ("index.html", "story.html", "drafts/index.html"):
        (folder / page).write_text("<!DOCTYPE html><title>A story</title><p>Once.")
    (folder / "pic.png").write_bytes(image("PNG"))
    return readable(folder)


def readable(site: Path) -> Path:
    """The same, whatever the umask is: a server that gave up root reads it too."""
    for one in (site, *site.rglob("*")):
        one.chmod(one.stat().st_mode | (0o055 if one.is_dir() else 0o044))
    return site


def write(name: str, site: Path, knowledge: Knowledge, home: Path) -> SitePlan:
    """A wish, written into the folder as ``apply`` does."""
    plan = plan_site(wish.named(name), files_of(site), knowledge, paths=ASKED)
    wanted = [
        undo.Wanted(name=one.name, before=one.before, after=one.after) for one in plan.changes
    ]
    undo.change(home, site, wanted, name, NOW)
    readable(site)
    return plan


def hear(running: Running) -> Heard:
    """Everything, as the owner of the site, from loopback."""
    with Fetcher("tests@example.org", lambda: NOW, allow_private=True) as fetcher:
        found = [fetcher.fetch(Wanted(url=running.url + path, own=True)) for path in OTHERS]
        return Heard(fetch_site(running.url, fetcher, path=PAGE, own=True), *found)


OTHERS = (PICTURE, MISSING, MOVED)


def verdicts(heard: Heard, knowledge: Knowledge) -> dict[tuple[str, str], str]:
    """(company, use) -> answer and strength in one word or two."""
    asking = Asking(place="DE", when=NOW.date(), knowledge=knowledge, every_use=True)
    found = check_site(of_fetched(heard.site, NOW.date(), path=PAGE), asking)
    return {(one.actor, one.use): f"{one.answer} {one.strength or ''}".strip() for one in found}


def may(robots: bytes) -> dict[tuple[str, str], bool]:
    """Whom Google's own matcher lets in where."""
    return {
        (agent, path): bool(
            RobotsMatcher().AllowedByRobots(robots, [agent], f"https://e.org{path}")
        )
        for agent in SEARCHERS
        for path in ASKED
    }


def bodies(site: Path) -> dict[str, bytes]:
    return {name: body for name, (_, body) in files(site).items() if body is not None}


def values(headers: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in headers if key.lower() == name]


# Four wishes, three servers -----------------------------------------------------------------------


@pytest.mark.parametrize("server", PROGRAMS)
@pytest.mark.parametrize("name", WISHES)
def test_what_is_served_is_the_wish(
    server: str, name: str, site: Path, serve: Serve, knowledge: Knowledge, tmp_path: Path
) -> None:
    before = bodies(site)
    if name == "allow":  # takes out what was there
        write("no-ai-at-all", site, knowledge, tmp_path / "first")
    plan = write(name, site, knowledge, tmp_path / "undo")
    rules = server_rules.write(server, plan.headers)
    running = serve(server, site, rules)
    heard = hear(running)

    # the files and the headers come as they were written, with errors and redirects too
    assert heard.site.robots.body == (site / "robots.txt").read_bytes()
    assert heard.site.robots.body.startswith(OWN)
    assert (heard.site.tdmrep.status == 200) == (name != "allow")
    assert (heard.missing.status, heard.picture.body) == (404, (site / "pic.png").read_bytes())
    assert heard.moved.redirects[0].status in (301, 308)
    everything = [
        *heard.site.all,
        heard.picture,
        heard.missing,
        heard.moved,
        *heard.moved.redirects,
    ]
    wanted = [[]] * 3 if (said := HEADERS[name]) is None else [[one] for one in said]
    for one in everything:
        assert [values(one.headers, header) for header in NAMES] == wanted, one.url

    # each company hears what was wished
    found, at = verdicts(heard, knowledge), WISHES.index(name)
    training = {who: found[who, "train-ai"] for who in TRAINING}
    assert training == {who: row[at] for who, row in TRAINING.items()}
    assert {who: found[who, "search"] for who in SEARCH} == {
        who: row[at] for who, row in SEARCH.items()
    }
    if name == "no-ai-at-all":
        assert {who: found[who, "ai-input"] for who in ANSWERS} == ANSWERS
    answers = {answer.split(" ")[0] for (_, use), answer in found.items() if use == "train-ai"}
    if name == "allow":
        assert bodies(site) == before
        assert rules == ""
        assert {who for (who, use), answer in found.items() if answer in (P, A)} == {
            "diffbot",
            "duckduckgo",
        }  # who say no by themselves
    else:
        assert answers == {"disallowed"}

    # search is where it was, by Google's matcher and by our proof
    assert may(heard.site.robots.body) == may(OWN)
    wire = search_proof.prove(OWN, heard.site.robots.body, plan.told, ASKED, knowledge.crawlers)
    assert (wire.lost, wire.gained) == ((), 0)
    assert {"Googlebot", "bingbot", "Applebot", "DuckDuckBot"} <= set(wire.tokens)
    assert not re.search("noindex|nofollow|nosnippet|none", " ".join(map(" ".join, plan.headers)))

    # a control token fetches nothing: it stands in robots.txt and never in a server's rule
    control = [one.token for one in knowledge.crawlers.values() if one.token_kind == "control"]
    assert {"Google-Extended", "Applebot-Extended"} <= set(control)
    assert not [one for one in control if one.lower() in running.conf.lower()]
    if name in REFUSING:
        assert b"User-agent: Applebot-Extended\n" in heard.site.robots.body
        assert re.search("user.?agent", running.conf, re.IGNORECASE) is None


@pytest.mark.parametrize("server", PROGRAMS)
def test_without_the_rules_who_goes_by_the_header_is_only_asked(
    server: str, site: Path, serve: Serve, knowledge: Knowledge, tmp_path: Path
) -> None:
    """So that the table above cannot come from the files alone; and the site before any wish."""
    untouched = hear(serve(server, site))
    assert untouched.site.robots.body == OWN
    assert may(untouched.site.robots.body)["Googlebot", "/drafts/old/a"] is False
    assert verdicts(untouched, knowledge)["openai", "train-ai"] == YES
    plan = write("no-training", site, knowledge, tmp_path / "undo")
    running = serve(server, site)
    found = verdicts(hear(running), knowledge)
    assert (found["openai", "train-ai"], found["microsoft", "train-ai"]) == (P, A)
    (site / PAGE[1:]).write_text(f"<!DOCTYPE html><head>\n{plan.meta}<title>A story</title></head>")
    found = verdicts(hear(running), knowledge)  # the tags for pages say it as well
    assert (found["openai", "train-ai"], found["microsoft", "train-ai"]) == (P, P)


# Beside rules of the site's own -------------------------------------------------------------------

OWN_RULES = {
    "nginx": 'add_header X-Robots-Tag "unavailable_after: 1 Jan 2030 00:00:00 GMT" always;',
    "apache": 'Header always set X-Robots-Tag "unavailable_after: 1 Jan 2030 00:00:00 GMT"',
    "caddy": 'header X-Robots-Tag "unavailable_after: 1 Jan 2030 00:00:00 GMT"',
}


@pytest.mark.parametrize("server", PROGRAMS)
def test_the_sites_own_header_stays_beside_ours(server: str, site: Path, serve: Serve) -> None:
    rules = server_rules.write(server, [("X-Robots-Tag", "noai"), ("tdm-reservation", "1")])
    heard = hear(serve(server, site, rules, own=OWN_RULES[server]))
    for one in (heard.site.page, heard.missing):
        tags = values(one.headers, "x-robots-tag")
        assert sorted(tags) == ["noai", "unavailable_after: 1 Jan 2030 00:00:00 GMT"]
        assert values(one.headers, "tdm-reservation") == ["1"]


def test_nginx_needs_the_include_again_where_a_location_has_headers_of_its_own(
    site: Path, serve: Serve, ground: Path
) -> None:
    """What the comment in the rules says, so that it stays true."""
    rules = server_rules.write("nginx", [("tdm-reservation", "1")])
    assert "include it there as well" in rules
    (ground / "again").write_text(rules)
    own = (
        f"location = {PAGE} {{ add_header X-Own 1; }}\n"
        f"location = {PICTURE} {{ add_header X-Own 1; include {ground}/again; }}"
    )
    heard = hear(serve("nginx", site, rules, own))
    for one, said in ((heard.site.page, []), (heard.picture, ["1"]), (heard.missing, ["1"])):
        assert values(one.headers, "tdm-reservation") == said


def test_apache_takes_the_rules_in_an_htaccess_too(
    site: Path, serve: Serve, knowledge: Knowledge, tmp_path: Path
) -> None:
    plan = write("no-training", site, knowledge, tmp_path / "undo")
    (site / ".htaccess").write_text(server_rules.write("apache", plan.headers))
    heard = hear(serve("apache", readable(site)))
    for one in (heard.site.page, heard.picture, heard.missing):
        assert [values(one.headers, name) for name in NAMES] == [
            [value] for value in HEADERS["no-training"] or ()
        ]
    assert verdicts(heard, knowledge)["microsoft", "train-ai"] == P


# A _headers file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WISHES)
@pytest.mark.parametrize("own", [b"", b"# mine\n/a/*\n  X-Own: 1\r\n\n/b\n\tX-Own: 2"])
def test_a_headers_file_is_in_the_grammar_and_says_the_wish(
    name: str, own: bytes, knowledge: Knowledge
) -> None:
    folder = {"_headers": own} if own else {}
    plan = plan_site(wish.named(name), folder, knowledge, servers=["_headers"])
    (after,) = [one.after for one in plan.changes if one.name == "_headers"]
    rules = parse((after or b"").decode())
    wanted = dict(zip(NAMES, HEADERS[name] or (), strict=False))
    for path in ("/", PAGE, PICTURE, "/deep/er/path"):
        assert sent(rules, path) == wanted
    if own:
        assert sent(rules, "/b") == {**wanted, "x-own": "2"}
        assert sent(rules, "/a/x") == {**wanted, "x-own": "1"}
    tokens = [one for one in knowledge.crawlers if one.lower() in (after or b"").decode().lower()]
    assert not [one for one in tokens if knowledge.crawlers[one].token_kind == "control"]


@pytest.mark.parametrize(
    "text",
    [
        "  X-A: 1\n",
        "/a\n",
        "/a\n/b\n  X-A: 1\n",
        "/a\n  X-A 1\n",
        "/a\n  X A: 1\n",
        "/a\n  X-A:\n",
        "/a\nX-A: 1\n",
        "a\n  X-A: 1\n",
        "/*/*\n  X-A: 1\n",
        f"/a\n  X-A: {'x' * 2000}\n",
        "/a\n  X-A: 1\n" * 101,
    ],
)
def test_the_grammar_refuses_what_it_should(text: str) -> None:
    """Else the test above could not fail."""
    with pytest.raises(NotInTheGrammar):
        parse(text)
    assert parse("/a\n  X-A: 1\n" * 100)[99] == ("/a", [("X-A", "1")])


# The real command ---------------------------------------------------------------------------------


def test_apply_serve_check_and_roll_back(
    site: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WITHHOLD_CONTACT", "tests@example.org")
    before = files(site)
    running = serve("nginx", site)
    usual = ("apply", running.url, "--write", site, "--wish", "no-training", "--allow-private")
    shown = here(*usual, "--servers", "nginx", "--dry-run").ok()
    assert files(site) == before
    pasted = "".join(f"{one}\n" for one in re.findall(r"add_header .*;", shown.out))
    assert pasted.count("\n") == 3
    applied = here(*usual, "--yes").ok()

    def answers(served: Running) -> dict[str, str]:
        address = f"{served.url}{PAGE}"
        ran = here("check", address, "--in", "DE", "--allow-private", "--format", "json").ok()
        return {
            one["actor"]: f"{one['answer']} {one['strength'] or ''}".strip()
            for one in json.loads(ran.out)["verdicts"]
            if one["use"] == "train-ai"
        }

    column = {who: row[0] for who, row in TRAINING.items()}
    found = answers(running)  # the files alone; nobody pasted the rules
    assert {who: found[who] for who in column} == {**column, "microsoft": A}
    found = answers(serve("nginx", site, pasted))
    assert {who: found[who] for who in column} == column

    run = re.search(r"withhold rollback (\S+)", applied.err)
    assert run
    here("rollback", run[1]).ok()
    assert files(site) == before
    found = answers(running)
    assert {who: found[who] for who in column} == {who: row[3] for who, row in TRAINING.items()}
