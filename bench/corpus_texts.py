"""The corpus of ``bench/corpus.py``: made-up texts with planted spans, the same in every run."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """30,000 made-up words, as often as words are (Zipf): one in thirty with a letter not ASCII."""
    syllables = [a + b for a in "bcdfghjklmnprstvwz" for b in ("a", "e", "i", "o", "u", "en", "er")]
    words = ["".join(chance.choices(syllables, k=1 + n % 4)) for n in range(30_000)]
    words = [word.replace("e", "é", 1) if n % 30 == 29 else word for n, word in enumerate(words)]
    return words, [1 / (rank + 3) for rank in range(len(words))]


class Writer:
    """Texts that are the same in every run."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same in every run
        self._words, weights = vocabulary(random.Random(1))  # noqa: S311
        total, self._sums = 0.0, list[float]()
        for weight in weights:
            total += weight
            self._sums.append(total)

    def words(self, number: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._sums, k=number)

    def span(self) -> str:
        """A text of the owner's: 15 ordinary words, which stand in this order nowhere else."""
        words = self.words(15)
        first, said = " ".join(words[:8]), " ".join(words[9:13])
        return f"{first}, {words[8]}’s “{said}” 7 {words[13]} {words[14]}"

    def record(self, size: int) -> str:
        """A text of about so many letters: sentences of 14 words, paragraphs of 5 sentences."""
        words = self.words(size // 6)
        lines = [" ".join(words[at : at + 14]).capitalize() for at in range(0, len(words), 14)]
        return "".join(
            line + (".\n\n" if number % 5 == 4 else ". ") for number, line in enumerate(lines)
        )


def changed(span: str, how: int) -> str:
    """As somebody else may have stored it; four in ten are changed, and none for the eye."""
    match how % 10:
        case 0:
            return span.upper()
        case 1:
            return span.replace(" ", " \r\n\t", 3)
        case 2:
            return span.replace("’", "'").replace("“", '"').replace("”", '"')
        case 3:
            return span.replace(" ", "\u00a0", 2).replace("a", "ａ", 1)
        case _:
            return span


def decoy(span: str, how: int) -> str:
    """What is not the span: a letter, a digit, a comma more, or a word less."""
    match how % 4:
        case 0:
            at = len(span) // 2
            return span[:at] + ("x" if span[at] != "x" else "y") + span[at + 1 :]
        case 1:
            return span.replace(" 7 ", " 8 ")
        case 2:
            return span.replace(",", ";")
        case _:
            words = span.split(" ")
            return " ".join(words[:4] + words[5:])


def texts(number: int, octets: int, planted: Sequence[str]) -> Iterator[str]:
    """The records of one file, of 1 to 12 kB, with what is planted, each in a record of its own."""
    writer, chance = Writer(100 + number), random.Random(number)  # noqa: S311
    left, at = list(planted), 0
    every = max(1, octets // 6_500 // (len(left) + 1))
    pool = [writer.record(6_000) for _ in range(300)]  # made once: writing is not what is measured
    count = 0
    while at < octets or left:
        parts = [
            chance.choice(pool)[chance.randrange(3_000) :] for _ in range(chance.choice((1, 2)))
        ]
        if left and count % every == every - 1:
            parts.insert(1, f" {left.pop()} ")
        text = f"{number} {count}. {''.join(parts)}"
        at += len(text)
        count += 1
        yield text


def write_file(folder: str, octets: int, planted: Sequence[Sequence[str]], number: int) -> int:
    """One WARC.gz (records as in Common Crawl's WET) and one Parquet of the same texts; octets."""
    rows, size = list[str](), 0
    with (Path(folder) / f"{number}.warc.wet.gz").open("wb") as file:
        for count, text in enumerate(texts(number, octets, planted[number])):
            body = text.encode()
            rows.append(text)
            size += len(body)
            head = (
                "WARC/1.0\r\nWARC-Type: conversion\r\n"
                f"WARC-Target-URI: https://site{count % 977}.example/{number}/{count}\r\n"
                "WARC-Date: 2026-03-01T00:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{number:08x}-0000-4000-8000-{count:012x}>\r\n"
                f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            packer = zlib.compressobj(6, wbits=31)
            file.write(packer.compress(head.encode() + body + b"\r\n\r\n") + packer.flush())
    urls = [f"https://site{n % 977}.example/{number}/{n}" for n in range(len(rows))]
    table = pa.table({"url": urls, "text": rows})
    pq.write_table(
        table, Path(folder) / f"{number}.parquet", compression="zstd", row_group_size=2_000
    )
    return size
