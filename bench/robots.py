"""robots.txt: 150 tokens at once from a file's octets, against Protego and fast-robotstxt.

Every side starts from the same octets, file by file; ours also names the deciding line, and so
does fast-robotstxt; Protego has none to name. All are measured in one run, turn by turn, and the
best turn of each counts. Files: those under WITHHOLD_CORPUS, or generated ones without it.

    python bench/robots.py [--files 300] [--turns 3]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from protego import Protego
from robotstxt.robots import RobotsMatcher

import measured
from withhold.signals import robots

PATHS = ("/news/some-article.html", "/", "/a/b?c=d", "/wp-admin/x.php", "/search?q=training")
LEAST = {1: 10.0, 5: 5.0}
"""Times Protego, for so many paths."""
AI = "GPTBot ClaudeBot CCBot Google-Extended Applebot-Extended Bytespider Amazonbot cohere-ai"


def real(corpus: Path, count: int) -> tuple[list[bytes], list[str]]:
    """Every n-th real file, and 150 tokens of ai.robots.txt."""
    names = sorted((corpus / "signals" / "robots").glob("*.txt"))
    listed = json.loads((corpus / "signals" / "ai.robots.txt.robots.json").read_text())
    chosen = names[:: max(1, len(names) // count)][:count]
    return [name.read_bytes() for name in chosen], list(listed)[:150]


def generated(count: int) -> tuple[list[bytes], list[str]]:
    """Files with 1 to 6 groups of 1 to 20 rules, a third of them with wildcards."""
    chance = random.Random(1)  # noqa: S311 - the same files in every run
    tokens = AI.split() + [f"Bot-{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(142)]
    bodies = []
    for _ in range(count):
        lines = ["Sitemap: https://h.example/sitemap.xml"]
        for group in range(chance.randint(1, 6)):
            lines.append("User-agent: " + (chance.choice(tokens) if group else "*"))
            for _ in range(chance.randint(1, 20)):
                path = "/".join(chance.choices(("", "news", "wp-admin", "search", "a", "x"), k=3))
                ending = chance.choice(("", "", "", "", "*.php$", "*?q="))
                lines.append(
                    chance.choice(("Disallow", "Disallow", "Allow")) + f": /{path}{ending}"
                )
        bodies.append("\n".join(lines).encode())
    return bodies, tokens


def repeated(bodies: list[bytes], rows: int) -> dict[str, list[bytes]]:
    """So many rows of them: ``distinct``, no two the same; ``natural``, a few at many hosts."""
    chance = random.Random(2)  # noqa: S311 - the same rows in every run
    weights = [1 / (rank + 1) for rank in range(len(bodies))]
    return {
        "distinct": [bodies[n % len(bodies)] + f"\n# {n}\n".encode() for n in range(rows)],
        "natural": chance.choices(bodies, weights, k=rows),
    }


def ours(body: bytes, tokens: list[str], paths: Iterable[str]) -> None:
    robots.read(body).decide_all(tokens, tuple(paths))


def protego(body: bytes, tokens: list[str], paths: Iterable[str]) -> None:
    parsed = Protego.parse(body.decode("utf-8", "replace"))
    for path in paths:
        for token in tokens:
            parsed.can_fetch("http://h.example" + path, token)


def fast(body: bytes, tokens: list[str], paths: Iterable[str]) -> None:
    matcher, text = RobotsMatcher(), body.decode("utf-8", "replace")
    for path in paths:
        for token in tokens:
            matcher.is_allowed(text, token, "http://h.example" + path)
            _ = matcher.matching_line


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(bodies: list[bytes], tokens: list[str], paths: tuple[str, ...], turns: int) -> None:
    sides = {"withhold": ours, "Protego": protego, "fast-robotstxt": fast}
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(turns):
        for name, side in sides.items():
            took = seconds(lambda side=side: [side(body, tokens, paths) for body in bodies])
            best[name] = min(best[name], took)
    for name, took in best.items():
        print(
            f"{len(tokens)} tokens x {len(paths)} paths  {name:15}"
            f"{took / len(bodies) * 1e6:9.1f} us a file   {took / best['withhold']:6.1f} x ours"
        )
    number = len(paths)
    for name, least in (("Protego", LEAST[number]), ("fast-robotstxt", 1.0)):
        measured.told(
            f"robots/{name.lower()}-{number}",
            f"robots.txt from octets: {len(tokens)} tokens, {number} path{'s' * (number > 1)}",
            best["withhold"] / len(bodies) * 1e6,
            "µs a file",
            theirs=best[name] / len(bodies) * 1e6,
            yardstick=name,
            by="speed",
            least=least,
            size=f"{len(bodies)} files, {sum(map(len, bodies)) / 1024:.0f} KiB",
        )


def hostile(turns: int) -> None:
    """The slowest check of one pattern with 30 wildcards; of each check the best turn."""
    patterns = ("*a" * 30 + "b", "*a" * 30 + "$", "*ab" * 29 + "*ba$", "*aaaaaaaaaaaaaaab" * 30)
    for length in (40, 2_000, 8_000, 64_000):
        worst = 0.0
        for pattern in patterns:
            read = robots.read(f"User-agent: *\nDisallow: /{pattern}\n".encode())
            for path in ("/" + "a" * length, "/" + "ab" * (length // 2)):
                read.decide("x", path)
                took = min(seconds(lambda r=read, p=path: r.decide("x", p)) for _ in range(turns))
                worst = max(worst, took)
        print(f"hostile, 30 wildcards, path of {length:6} octets: at most {worst * 1e3:.3f} ms")
        what = f"a pattern of 30 wildcards over a path of {length:,} octets, the slowest check"
        measured.told(f"robots/hostile-{length}", what, worst * 1e3, "ms", most=1.0)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--files", type=int, default=300)
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    corpus = os.environ.get("WITHHOLD_CORPUS")
    bodies, tokens = real(Path(corpus), given.files) if corpus else generated(given.files)
    octets = sum(map(len, bodies))
    print(f"{len(bodies)} {'real' if corpus else 'generated'} files, {octets / 1024:.0f} KiB")
    for paths in (PATHS[:1], PATHS):
        compare(bodies, tokens, paths, given.turns)
    parsed = min(
        seconds(lambda: [robots.read(body) for body in bodies]) for _ in range(given.turns)
    )
    print(f"reading alone: {len(bodies) / parsed:,.0f} files a second")
    rate = len(bodies) / parsed
    measured.told("robots/reading", "robots.txt: reading alone", rate, "files a second")
    read = [robots.read(body) for body in bodies]
    checks = [(one, token) for one in read for token in tokens[:20]]
    for _ in range(2):  # the second turn finds patterns made
        took = seconds(lambda: [one.decide(token, PATHS[0]) for one, token in checks])
    print(f"one by one, read before: {len(checks) / took:,.0f} checks a second")
    what = "robots.txt: one token and path after the other, read before"
    measured.told("robots/checks", what, len(checks) / took, "checks a second")
    hostile(max(5, given.turns))


if __name__ == "__main__":
    main()
