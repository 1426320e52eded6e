"""Finds what rules of parts tell, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from withhold.reveals.parts import (
    AGE,
    DATE,
    FIRM,
    NAME,
    NEAR,
    NUMBER,
    STEM,
    Part,
    Rule,
    Vocabulary,
)
from withhold.words import Revealed

HITS = 100
"""Times that one rule holds in a text, at most."""
TRIES = 400
"""Times that one rule is tried in a text, at most."""
_BEHIND = 8
"""Words behind the first of several that are one, at most."""
_LONG = 120
"""Words of a sentence, at most: what is longer is cut there."""
_ENDS = re.compile(r"[!?;\n]|(?<![.\d])\.(?=\s)")
"""Between two words: a sentence ends; the stop of an ordinal and three stops end none."""

Found = tuple[Revealed, int, int, bool]
"""Kind, begin and end in the text, whether it is sure."""


def together(
    text: str,
    folded: str,
    tokens: Sequence[re.Match[str]],
    words: Vocabulary,
    dates: re.Pattern[str],
    ages: frozenset[str],
) -> Iterator[Found]:
    """What the rules of one language find. ``tokens`` are the words of the folded text."""
    plain = [one[0] for one in tokens]
    caseless = text.islower()
    marks, lengths = _marks(plain, words)
    have = NAME | FIRM | AGE | NUMBER | DATE
    for one in marks:
        have |= one
    if not any(one.need & have == one.need for one in words.rules):
        return
    _mark_built_in(text, folded, tokens, marks, lengths, words, dates, ages, caseless)
    have = 0
    for one in marks:
        have |= one
    rules = [one for one in words.rules if one.need & have == one.need]
    if not rules:
        return
    tries: dict[int, int] = {}
    for low, high in _sentences(folded, tokens):
        here = 0
        for one in marks[low:high]:
            here |= one
        for rule in rules:
            first = rule.topic.elements[0].bit
            if not here & first or here & words.against[rule.kind]:
                continue
            for at in range(low, high):
                if marks[at] & first and tries.get(id(rule), 0) < TRIES:
                    tries[id(rule)] = tries.get(id(rule), 0) + 1
                    held = _held(rule, marks, lengths, at, low, high)
                    if held is None:
                        continue
                    start, end = held
                    if any(one & words.negation for one in marks[max(low, at - 3) : at + 2]):
                        continue
                    doubt = any(one & words.doubt for one in marks[max(low, start - 2) : start])
                    sure = rule.sure and not doubt and not (rule.named and caseless)
                    if marks[end - 1] & NAME and not caseless:
                        end = min(high, end - 1 + min(4, lengths.get((end - 1, NAME), 1)))
                    yield rule.kind, tokens[start].start(), tokens[end - 1].end(), sure


def _marks(plain: list[str], words: Vocabulary) -> tuple[list[int], dict[tuple[int, int], int]]:
    """Of each word its classes; and of those of several words, how many."""
    marks = []
    lengths: dict[tuple[int, int], int] = {}
    exact, begins, ends, several = words.exact, words.begins, words.ends, words.several
    for at, word in enumerate(plain):
        mark = exact.get(word, 0)
        if len(word) >= STEM:
            if word[:STEM] in begins:
                for core, bit in begins[word[:STEM]]:
                    if word.startswith(core):
                        mark |= bit
            if word[-STEM:] in ends:
                for core, bit in ends[word[-STEM:]]:
                    if word.endswith(core):
                        mark |= bit
        if word in several:
            behind = plain[at + 1 : at + 1 + _BEHIND]
            for rest, bit in several[word]:
                if behind[: len(rest)] == rest:
                    mark |= bit
                    lengths[at, bit] = max(lengths.get((at, bit), 1), len(rest) + 1)
        marks.append(mark)
    return marks, lengths


def _mark_built_in(
    text: str,
    folded: str,
    tokens: Sequence[re.Match[str]],
    marks: list[int],
    lengths: dict[tuple[int, int], int],
    words: Vocabulary,
    dates: re.Pattern[str],
    ages: frozenset[str],
    caseless: bool,
) -> None:
    """Marks names, ages, numbers and dates."""
    digits = False
    for at, token in enumerate(tokens):
        word = token[0]
        first = text[token.start()]
        mark = 0
        if first.isdigit():
            digits = True
            if word.isdecimal() and len(word) <= 4:
                mark = NUMBER
                if int(word) < 18 and word[0] != "0":
                    mark |= AGE
        elif word in ages:
            mark = AGE
        if not mark & NUMBER and word not in words.no_name and not text.isupper():
            if caseless:
                if len(word) > 2 and not marks[at] and not first.isdigit():
                    mark |= NAME | FIRM
            elif first.isupper():
                mark |= NAME
                more = at + 1
                while (
                    more < len(tokens)
                    and more - at < 5
                    and text[tokens[more].start()].isupper()
                    and tokens[more].start() - tokens[more - 1].end() <= 2
                    and "." not in text[tokens[more - 1].end() : tokens[more].start()]
                ):
                    more += 1
                if more - at > 1:
                    lengths[at, NAME] = lengths[at, FIRM] = more - at
                if word not in words.places:
                    mark |= FIRM
        marks[at] |= mark
    if digits:
        starts = {one.start(): at for at, one in enumerate(tokens)}
        for match in dates.finditer(folded):
            at = starts.get(match.start(), -1)
            if at >= 0:
                marks[at] |= DATE
                more = at + 1
                while more < len(tokens) and tokens[more].start() < match.end():
                    more += 1
                lengths[at, DATE] = more - at


def _sentences(folded: str, tokens: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    low = 0
    for at in range(1, len(tokens)):
        between = folded[tokens[at - 1].end() : tokens[at].start()]
        if (between not in (" ", "'", ", ") and _ends(folded, tokens[at - 1], tokens[at])) or (
            at - low >= _LONG
        ):
            yield low, at
            low = at
    if low < len(tokens):
        yield low, len(tokens)


def _ends(folded: str, before: re.Match[str], after: re.Match[str]) -> bool:
    match = _ENDS.search(folded, before.end(), after.start())
    if match is None:
        return False
    # `St. Mary's`, `St.Mary`, `3. Klasse`
    return match[0] != "." or len(before[0]) > 2


def _part(
    part: Part, marks: list[int], lengths: Mapping[tuple[int, int], int], at: int, high: int
) -> int:
    """Where a part ends that begins at a word; 0 = it does not."""
    elements = part.elements
    for number, one in enumerate(elements):
        if at < high and marks[at] & one.bit:
            length = lengths.get((at, one.bit), 1)
            if length > 1 and one.bit == NAME and number + 1 < len(elements):
                # `Oakmere Primary`: the name ends before what follows it
                rest = elements[number + 1].bit
                length = next((n for n in range(1, length) if marks[at + n] & rest), length)
            at += length
        elif not one.optional:
            return 0
    return at


def _held(
    rule: Rule,
    marks: list[int],
    lengths: Mapping[tuple[int, int], int],
    at: int,
    low: int,
    high: int,
) -> tuple[int, int] | None:
    """From which word to which the parts of a rule stand, with what it is about at a word."""
    end = _part(rule.topic, marks, lengths, at, high)
    if not end:
        return None
    start, last = at, end
    for part in rule.others:
        if part.anywhere:
            bit = part.elements[0].bit
            if not any(one & bit for one in marks[:400]):
                return None
            continue
        near = _nearest(part, marks, lengths, (at, end), (low, high))
        if near is None:
            return None
        start, last = min(start, near[0]), max(last, near[1])
    return start, min(last, high)


def _nearest(
    part: Part,
    marks: list[int],
    lengths: Mapping[tuple[int, int], int],
    topic: tuple[int, int],
    within: tuple[int, int],
) -> tuple[int, int] | None:
    """Where a part stands next to what a rule is about, not in it."""
    at, end = topic
    low, high = within
    for away in range(1, NEAR + 1):
        for begin in (at - away, end + away - 1):
            if low <= begin < high and marks[begin] & part.elements[0].bit:
                stop = _part(part, marks, lengths, begin, high)
                if stop and (stop <= at or begin >= end):
                    return begin, stop
    return None
