"""The lists of addresses that ship, held against the files they were made of: nothing more, nothing
less. The oracle is the raw prefixes, asked one by one; joined ones must hold the same addresses.
"""

from __future__ import annotations

import json
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from pathlib import Path

import pytest

from withhold.catalog.ranges import load_ranges
from withhold.traces.logs.whose import Whose

pytestmark = pytest.mark.real
Net = IPv4Network | IPv6Network
FILES = {
    "gptbot": "gptbot.json",
    "oai-searchbot": "oai-searchbot.json",
    "chatgpt-user": "chatgpt-user.json",
    "claudebot": "claudebot.json",
    "perplexitybot": "perplexitybot.json",
    "perplexity-user": "perplexity-user.json",
    "applebot": "applebot.json",
    "bingbot": "bingbot.json",
    "duckduckbot": "duckduckbot.json",
    "ccbot": "commoncrawl.ips",
    "meta": "facebookbot.json",
}
RAW_COUNTS = {"gptbot": 21, "chatgpt-user": 240, "meta": 1041, "ccbot": 6, "duckduckbot": 319}


def raw(corpus: Path, name: str) -> list[Net]:
    """The prefixes as the collection has them."""
    path = corpus / "signals" / "ipranges" / FILES[name]
    text = path.read_text("utf-8")
    if path.suffix == ".ips":
        return [ip_network(line) for line in text.split()]
    return [ip_network(one["ip"]) for one in json.loads(text)]


@pytest.mark.parametrize("name", FILES)
def test_a_list_holds_the_addresses_of_its_source_and_no_other(corpus: Path, name: str) -> None:
    theirs, ours = raw(corpus, name), [ip_network(one) for one in load_ranges()[name].prefixes]
    assert len(theirs) == RAW_COUNTS.get(name, len(theirs))
    for version in (4, 6):
        of_theirs = [one for one in theirs if one.version == version]
        of_ours = [one for one in ours if one.version == version]
        assert list(collapse_addresses(of_theirs)) == of_ours  # type: ignore[type-var]


def test_every_list_but_the_one_that_is_not_here_was_checked() -> None:
    assert set(load_ranges()) - set(FILES) == {"googlebot"}


@pytest.mark.parametrize("name", FILES)
def test_both_ends_of_every_raw_prefix_are_verified(corpus: Path, name: str) -> None:
    known, lists = Whose(load_ranges()), load_ranges()
    for net in raw(corpus, name):
        for address in (net.network_address, net.broadcast_address):
            claim = known.claim(lists[name].tokens[0], str(address))
            # An address that ends in zeros may have been shortened: then a small list says nothing.
            assert claim == "verified" or (claim == "unverified" and not int(address) % 256)
