"""Verdicts as SARIF 2.1.0, for code scanning: every result stands in a file of the site's own.

What a verdict rests on may be knowledge, which lies in nobody's repository: then the result stands
in the file that could have said no, the knowledge is named beside it, and its sources are links in
the message. They are not ``relatedLocations``: GitHub rejects a whole report for one address of
the web among its locations. Numbers are sections of the standard (OASIS, 27 March 2020).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from withhold.catalog.sentences import deciding
from withhold.faces.report.rows import Speaker
from withhold.facts import Source
from withhold.verdict import Reason, Verdict

if TYPE_CHECKING:  # what reads sites is imported when one is named
    from withhold.verbs.seen import SiteSeen

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"allowed": "error", "unknown": "warning", "disallowed": "note"}
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_IN_PATH = frozenset(_UNRESERVED + "/!$&'()*+,;=@")
_IN_ADDRESS = frozenset(_UNRESERVED + "/!$&'*+,;=@:?#[]%")
_ON_THE_WEB = re.compile(r"https?://", re.IGNORECASE)


def files_read(seen: SiteSeen) -> tuple[str, ...]:
    """The files of a site that were read, the robots.txt first; where none was, its place."""
    parts = (seen.robots, seen.page, seen.tdmrep, seen.ai_txt, *seen.licences)
    read = tuple(dict.fromkeys(one.place for one in parts if one.read and one.place))
    return read or tuple(one.place for one in parts if one.place)[:1]


def as_sarif(
    verdicts: Sequence[Verdict],
    when: date,
    speaker: Speaker,
    *,
    files: Mapping[str, Sequence[str]] | None = None,
    **more: Any,
) -> str:
    """A result per verdict; rule = code of the reason that decides.

    ``files``: name of a site -> its files that were read, the one first that could say no.
    """
    own = files or {}
    results: list[dict[str, Any]] = []
    rules: dict[str, dict[str, str]] = {}
    for one in verdicts:
        first = deciding(one)
        rules[first.code] = {"id": first.code, "name": first.code}
        results.append(
            {
                "ruleId": first.code,
                "level": _LEVELS[one.answer],
                "message": {"text": _message(one, first, speaker)},
                "locations": [_stands_in(one, first, own.get(one.site, ()))],
                "properties": {"restsOn": first.rests_on},
            }
        )
    read = [file for some in own.values() for file in some]
    for found in (*more.get("conflicts", ()), *more.get("lost", ())):
        rules[found["code"]] = {"id": found["code"], "name": found["code"]}
        lost = found["code"].startswith("no-")  # maybe with the file: then it stands in another
        place, line = found["place"], found["line"] or 1
        results.append(
            {
                "ruleId": found["code"],
                "level": "error" if found["code"] == "no-lost" else "warning",
                "message": {"text": _plain(found["text"])},
                "locations": [_in_file(place, line, read) if lost else _at(place, line)],
            }
        )
    tool = {"driver": {"name": "withhold", "rules": list(rules.values())}}
    body = {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": tool, "results": results}]}
    return json.dumps(body, ensure_ascii=False, indent=2)


def _message(verdict: Verdict, first: Reason, speaker: Speaker) -> str:
    """The sentence of the verdict and of its reason, with links to who says so."""
    said = f"{speaker.name(verdict.actor)}, {verdict.use}: {speaker.headline(verdict)}. "
    links = ", ".join(_link(source) for source in first.sources)
    return _plain(said + speaker.sentences.say(first)) + (f" ({links})" if links else "")


def _link(source: Source) -> str:
    """``[official, 2026-08-28](https://...)`` (3.11.6)."""
    return f"[{source.kind}, {source.seen}]({_encoded(source.url, _IN_ADDRESS)})"


def _plain(text: str) -> str:
    """Words of others make no link (3.11.6): a site's own line may look like one."""
    return text.replace("](", "]\\(") if "](" in text else text


def _stands_in(verdict: Verdict, first: Reason, files: Sequence[str]) -> dict[str, Any]:
    """Where a verdict stands: in a file, or as a thing that has none, such as an account."""
    if not verdict.site:
        return {"logicalLocations": [{"fullyQualifiedName": verdict.account or verdict.platform}]}
    place, _, line = first.rests_on.rpartition(":")
    if not line.isdigit():
        place, line = first.rests_on, "1"
    return _in_file(place, int(line), files or (verdict.site,))


def _in_file(place: str, line: int, files: Sequence[str]) -> dict[str, Any]:
    """The place itself where it is one of the files; what is inside of one stands at its begin."""
    if place not in files:
        inside = [one for one in files if place.startswith(one) and not place[len(one)].isalnum()]
        place, line = (inside or files or (place,))[0], 1
    return _at(place, line)


def _at(place: str, line: int) -> dict[str, Any]:
    safe = _IN_ADDRESS if _ON_THE_WEB.match(place) else _IN_PATH
    uri = _encoded(place, safe)
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}


def _encoded(text: str, safe: frozenset[str]) -> str:
    """As a URI holds it (RFC 3986, 2.1); in a path ``:``, ``?`` and ``#`` would mean another."""
    return "".join(
        one if one in safe else "".join(f"%{octet:02X}" for octet in one.encode("utf-8", "replace"))
        for one in text
    )
