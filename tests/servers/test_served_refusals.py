"""Rules that refuse a name, in real servers: who is refused, who is not, robots.txt stays open."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers.conftest import Serve
from withhold.catalog.load import Knowledge
from withhold.signals import server_refusals

pytestmark = pytest.mark.system
TOKENS = ["GPTBot", "news-please", "iaskspider/2.0"]
REFUSED = (
    "Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "gptbot",
    "iaskspider/2.0 (+x)",
    "curl news-please",
)
SERVED = ("Mozilla/5.0 (X11) Firefox/140", "NotGPTBot/1", "GPTBot-Image/1", "iaskspider/2x0")


def status(url: str, agent: str) -> int:
    """What the server answers to one who names itself so."""
    where = urlsplit(url)
    with closing(HTTPConnection(where.netloc, timeout=10)) as line:
        line.request("GET", where.path, headers={"User-Agent": agent})
        return line.getresponse().status


@pytest.fixture
def site(ground: Path) -> Path:
    folder = ground / "site"
    folder.mkdir()
    for name in ("index.html", "robots.txt", "robots-txt", "a.html"):
        (folder / name).write_text(name)
    folder.chmod(0o755)
    return folder


@pytest.mark.parametrize("server", server_refusals.SERVERS)
def test_those_who_name_themselves_so_are_refused_and_nobody_else(
    server: str, site: Path, serve: Serve
) -> None:
    at = serve(server, site, server_refusals.write(server, TOKENS)).url
    for agent in REFUSED:
        assert status(f"{at}/a.html", agent) == 403, agent
        assert status(f"{at}/robots-txt", agent) == 403, agent
        assert status(f"{at}/robots.txt", agent) == 200, agent
    for agent in SERVED:
        assert status(f"{at}/a.html", agent) == 200, agent


@pytest.mark.parametrize("server", server_refusals.SERVERS)
def test_every_known_fetcher_at_once_is_a_rule_that_a_server_takes(
    server: str, site: Path, serve: Serve, all_fetchers: list[str]
) -> None:
    at = serve(server, site, server_refusals.write(server, all_fetchers)).url
    assert status(f"{at}/a.html", "Mozilla/5.0 (compatible; ClaudeBot/1.0)") == 403
    assert status(f"{at}/a.html", "Mozilla/5.0 (X11) Firefox/140") == 200


@pytest.fixture
def all_fetchers(knowledge: Knowledge) -> list[str]:
    """Every fetcher's token."""
    return [one.token for one in knowledge.crawlers.values() if one.token_kind == "fetcher"]


def test_apache_denies_what_a_folder_of_the_site_denied_before(site: Path, serve: Serve) -> None:
    """The rule only ever denies: it opens nothing that was closed."""
    closed = site / "closed"
    closed.mkdir()
    (closed / "a.html").write_text("a")
    own = f"<Directory {closed}>\n  Require all denied\n</Directory>"
    at = serve("apache", site, server_refusals.write("apache", TOKENS), own).url
    assert status(f"{at}/closed/a.html", SERVED[0]) == 403
    assert status(f"{at}/closed/a.html", REFUSED[0]) == 403
