"""The answer of ``prove logs`` in sentences of fixed wording; each says what it rests on.

Never that a company broke anything: requests that name it, from which addresses, after which line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from withhold.faces.report.logs_telling import UNKNOWN_OPERATOR, Told
from withhold.reach.reverse_names import AT_MOST, IN_ALL
from withhold.traces.logs.seen import CrawlerSeen, Example

LIMITS = ("browser", "elsewhere", "cache", "name", "ranges", "law")
"""Keys of what no log answers."""
OLDER = "older-not-read"
"""A note of a robots.txt: evidence of before it was kept and not looked through."""
_NO_LOSS = ("blank", "comment", "no-request")
"""Why a line is none of a request where nothing went wrong."""
_PATH = 160
_RULES = 3
"""Lines of a robots.txt that one sentence names."""


def summary(told: Told) -> list[str]:
    """The whole in a few sentences, what matters first."""
    seen, words = told.seen, told.words
    said = broken(told)
    if seen.since or seen.until:
        said.append(_window(told))
    if not seen.lines:
        said.append(words["sum_empty"])
    if seen.lines and not seen.crawlers and not unreadable(told):
        said.append(words["sum_nobody_then" if seen.outside else "sum_nobody"])
    elif seen.crawlers and not told.judged:
        said.append(words["sum_unjudged"])
    elif seen.crawlers:
        said += _after_the_no(told)
    grace = sum(one.in_grace for one in seen.crawlers)
    early = sum(one.before_no for one in seen.crawlers) - grace
    if early:
        said.append(told.of("sum_before", early))
    if grace:
        said.append(told.of("sum_grace", grace, hours=seen.grace_hours))
    unjudged = sum(one.unjudged for one in seen.crawlers)
    if unjudged and told.judged:
        said.append(told.of("sum_part_unjudged", unjudged))
    if unjudged and any(OLDER in one.notes for one in seen.robots):
        said.append(words["sum_older"])
    return said


def _window(told: Told) -> str:
    """Of which days requests are counted, and how many of others are not."""
    seen = told.seen
    key = "sum_between" if seen.since and seen.until else "sum_from" if seen.since else "sum_until"
    said = told.words[key].format(first=seen.since, last=seen.until)
    return f"{said} {told.of('sum_outside', seen.outside)}" if seen.outside else said


def unreadable(told: Told) -> bool:
    """Whether no line is one of an access log; without what a log may begin with."""
    read = told.seen.lines - told.seen.unreadable
    return not read and any(n for why, n in told.seen.unreadable_why.items() if why not in _NO_LOSS)


def _after_the_no(told: Told) -> Iterator[str]:
    crawlers = told.seen.crawlers
    after = [one for one in crawlers if one.in_spite]
    total = sum(one.in_spite for one in after)
    if not total:
        yield told.words["sum_none"]
    else:
        names = told.of("crawlers", len(after)) if len(after) > 1 else after[0].token
        verified = told.n(sum(one.in_spite_verified for one in after))
        how = {_by(one, told) for one in after if one.in_spite_verified} | {"company"}
        key = "sum_in_spite" if how == {"company"} else "sum_in_spite_otherwise"
        yield told.of(key, total, crawlers=names, verified=verified)
    false = [one for one in crawlers if one.spoofed_in_spite]
    if false:
        by_name = told.asked_names and any(one.ranges_seen is None for one in false)
        key = "sum_spoofed_by_name" if by_name else "sum_spoofed"
        yield told.of(key, sum(one.spoofed_in_spite for one in false))
    yield from _answered(after, told)


def _answered(after: Sequence[CrawlerSeen], told: Told) -> Iterator[str]:
    """What the server did with the requests after a no: answered, refused, something else."""
    total = sum(one.in_spite for one in after)
    served = sum(one.served for one in after)
    refused = sum(one.refused_by_server for one in after)
    for key, n in (("served", served), ("refused", refused), ("else", total - served - refused)):
        if n:
            whole = "_all" if n == total else ""
            yield told.of(f"sum_{key}{whole}", n, all=told.n(total))


def of_crawler(one: CrawlerSeen, told: Told) -> list[str]:
    """What is to be said of one token: after the no, from where, robots.txt, the answers."""
    return [
        *_in_spite(one, told),
        *_spoofed(one, told),
        *_robots(one, told),
        *_answered([one], told),
    ]


def _in_spite(one: CrawlerSeen, told: Told) -> Iterator[str]:
    n, left = one.in_spite_verified, one.in_spite - one.in_spite_verified
    if n:
        where, rule = _from(one, told, n), _rule(one, told, "verified")
        yield told.of("said_verified", n, token=one.token, where=where, rule=rule)
    if left:
        rule = _rule(one, told, "unverified")
        said = told.of("said_unverified", left, token=one.token, rule=rule)
        yield f"{said} {_nobody_can_tell(one, left, told)}"


def _from(one: CrawlerSeen, told: Told, n: int) -> str:
    """From which addresses what is verified came, and who says whose they are."""
    by, _, names = _by(one, told).partition("+")
    where = told.of(f"from_{by}", n, company=told.company(one), day=one.ranges_seen)
    return where + (told.of("from_or_names", n) if names else "")


def _by(one: CrawlerSeen, told: Told) -> str:
    """What tells a token's addresses: ``company``, ``registry``, either ``+names``, or ``names``.

    Names tell only of those whose company says in which domain they lie, and only when asked for.
    """
    if one.ranges_seen is None:
        return "names"
    listed = told.lists.get(one.token)
    whose = "registry" if listed and listed.whose == "registry" else "company"
    return f"{whose}+names" if told.asked_names and one.token in told.named else whose


def _nobody_can_tell(one: CrawlerSeen, n: int, told: Told) -> str:
    """Why so many requests are nobody's that is known."""
    if one.token_kind == "library":
        return told.words["claim_library"].format(token=one.token)
    if one.actor == UNKNOWN_OPERATOR:
        return told.words["claim_operator"]
    key = "claim_no_address" if one.ranges_seen else "claim_no_ranges"
    if one.ranges_seen and _by(one, told).startswith("registry"):
        key = "claim_registry"
    if key == "claim_no_ranges" and one.token in told.named:
        key = "claim_names_tell" if told.asked_names else "claim_names_would_tell"
    return told.of(key, n, company=told.company(one))


def _spoofed(one: CrawlerSeen, told: Told) -> Iterator[str]:
    if not one.spoofed:
        return
    company = told.company(one)
    key = "other_listed" if one.ranges_seen else "other_names"
    where = told.of(key, one.spoofed, company=company, day=one.ranges_seen)
    said = told.of("said_spoofed", one.spoofed, token=one.token, company=company, where=where)
    if one.spoofed_in_spite:
        key = "said_spoofed_all" if one.spoofed_in_spite == one.spoofed else "said_spoofed_after"
        said += " " + told.of(key, one.spoofed_in_spite)
    yield said


def _robots(one: CrawlerSeen, told: Told) -> Iterator[str]:
    """Of what is not spoofed; nothing where all is."""
    if one.robots_fetches:
        yield told.of("said_fetched_aside" if one.spoofed else "said_fetched", one.robots_fetches)
    elif one.requests > one.spoofed:
        key = "said_never_aside" if one.spoofed else "said_never"
        if told.seen.since or told.seen.until:  # it may have been on another day
            key = "said_never_aside_then" if one.spoofed else "said_never_then"
        yield told.words[key]


def _rule(one: CrawlerSeen, told: Told, claim: str) -> str:
    """The lines that refuse, in brackets, as far as the examples name them; else nothing."""
    of_claim = [each for each in one.examples if each.rule and each.standing == "in-spite"]
    exact = [each for each in of_claim if each.claim == claim] or of_claim
    lines = list(dict.fromkeys(rule_of(each, told) for each in exact))
    return f" ({'; '.join(lines[:_RULES])})" if lines else ""


def rule_of(one: Example, told: Told) -> str:
    """``line 2 of robots.txt: “Disallow: /”``; empty where no rule decided."""
    if not one.rule:
        return ""
    key = "rule" if one.rule_text else "rule_bare"
    text = one.rule_text[:120]
    return told.words[key].format(line=one.rule, file=one.robots or "robots.txt", text=text)


def facts_of(one: Example, told: Told) -> tuple[str, ...]:
    """A line as evidence: which, when (UTC), the answer, from where, how it stands."""
    claim = told.words[f"claim_{one.claim}"]
    return (
        f"{one.file}:{one.line}",
        f"{one.at:%Y-%m-%d %H:%M:%S}",
        str(one.status),
        f"{one.address} ({claim})" if one.address else claim,
        told.words[f"standing_{one.standing}"],
    )


def path_of(one: Example, most: int = _PATH) -> str:
    """What was asked for, as much as fits."""
    return one.path if len(one.path) <= most else f"{one.path[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def claims(one: CrawlerSeen, told: Told) -> str:
    """``1,000 verified, 200 spoofed, 34 unverified``, without what is nought."""
    found = ((key, getattr(one, key)) for key in ("verified", "spoofed", "unverified"))
    return ", ".join(told.words[f"n_{key}"].format(n=told.n(n)) for key, n in found if n)


def broken(told: Told) -> list[str]:
    """Which files could not be read to their end, and why: the answer lacks what was there; or
    that no line of them is one of a log."""
    said = []
    for file, why in sorted(told.seen.broken.items()):
        kind, _, detail = why.partition(": ")
        key = f"broken_{kind}"
        text = told.words[key].format(why=detail) if key in told.words else why
        said.append(told.words["broken"].format(file=file, why=text))
    if unreadable(told):
        said.append(told.words["sum_unreadable"])
    return said


def unread(told: Told) -> list[str]:
    """Lines that could not be read, and why; lines in no order of time; control tokens."""
    seen, words = told.seen, told.words
    said = []
    if seen.unreadable:
        many = sorted(seen.unreadable_why.items(), key=lambda one: (-one[1], one[0]))
        why = "; ".join(f"{told.why(reason)} ({told.n(n)})" for reason, n in many)
        reasons = " " + words["unreadable_why"].format(why=why) if why else ""
        said.append(told.of("unreadable", seen.unreadable) + reasons)
    if seen.out_of_order:
        said.append(told.of("out_of_order", seen.out_of_order))
    for token, n in sorted(seen.impossible.items()):
        said.append(told.of("impossible", n, token=token))
    if any(one.token_kind == "library" for one in seen.crawlers):
        said.append(words["libraries"])
    return said


def robots_used(told: Told) -> list[str]:
    """Which robots.txt stood for which time, and what was odd about it."""
    said = []
    for one in told.seen.robots:
        since = f"{one.since:%Y-%m-%d %H:%M}" if one.since else ""
        key = "robots_since" if since else "robots_always"
        if not one.sha256:
            key = "robots_unread"
        text = told.words[key].format(name=one.name, since=since, sha256=one.sha256[:12])
        odd = [note for note in one.notes if note != "could-not-be-read"]  # which key says
        notes = [told.words.get(f"note_{note}", note) for note in odd]
        said.append(f"{text} {' '.join(notes)}".rstrip())
    return said


def limits(told: Told) -> list[str]:
    """What the answer does not cover."""
    said = [told.words[f"limit_{key}"] for key in LIMITS]
    if told.asked_names:
        gaps = {"n": told.n(AT_MOST), "seconds": round(IN_ALL)}
        said.append(told.words["limit_names"].format(**gaps))
    return said
