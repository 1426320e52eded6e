"""Which parts of a text are looked for word by word: long spans that hardly stand elsewhere.

How rare a part is cannot be known without the corpus. So the rule is by sight: of each quarter of a
text the run of whole words is taken whose words are longest, each word counted once.
"""

from __future__ import annotations

from itertools import pairwise

from withhold.traces.corpus.folding import letters

SHORTEST = 50
"""Characters, after folding, that a span has at least."""
LETTERS = 24
"""Letters and digits that it has at least: a row of dashes is nobody's."""
MOST = 4
"""Spans of one text, at most: from its beginning to its end."""
_WORD = 40
"""Characters after which a run without spaces (Chinese, Japanese, Thai) may be cut."""


def pieces(folded: str) -> list[str]:
    """The words of a folded text by its spaces; what is longer than a word is cut."""
    return [
        word[at : at + _WORD] for word in folded.split(" ") for at in range(0, len(word), _WORD)
    ]


def rarity(words: list[str]) -> int:
    """How rare a run of words looks: the squares of their lengths, each word once, up to 12."""
    return sum(min(len(word), 12) ** 2 for word in set(words))


def spans(folded: str) -> tuple[str, ...]:
    """The spans of a folded text that are looked for; none where the text is too short."""
    if not is_span(folded):
        return ()
    parts = min(MOST, len(folded) // (2 * SHORTEST)) or 1
    bounds = [len(folded) * part // parts for part in range(parts + 1)]
    found = (_rarest(folded, since, until) for since, until in pairwise(bounds))
    return tuple(dict.fromkeys(span for span in found if span)) or (folded[:2_000].strip(),)


def is_span(folded: str) -> bool:
    """Whether a folded text is long enough to be told from others."""
    return len(folded) >= SHORTEST and len(letters(folded[:10_000])) >= LETTERS


def _rarest(folded: str, since: int, until: int) -> str:
    """The run of whole words between two places that looks rarest; empty where there is none."""
    starts, at = list[int](), since if since == 0 or folded[since - 1] == " " else -1
    if at < 0:
        at = folded.find(" ", since, until) + 1
    while 0 < at < until or at == 0 == since:
        starts.append(at)
        space = folded.find(" ", at, until)
        step = space + 1 if space >= 0 else until
        at = step if step - at <= _WORD else at + _WORD
    best, rarest = "", -1
    for start in starts[:2_000]:
        end = folded.find(" ", start + SHORTEST)
        end = len(folded) if end < 0 else end
        if end - start > SHORTEST + _WORD:
            end = start + SHORTEST
        span = folded[start:end].strip()
        score = rarity(pieces(span))
        if score > rarest and is_span(span):
            best, rarest = span, score
    return best
