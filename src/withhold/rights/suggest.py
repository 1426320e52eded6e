"""What a reply seems to say: an outcome and the words for it. It suggests, the person chooses.

Headers before phrases; then in each sentence the phrases of every outcome. A decision under a
condition (``once you have shown who you are, we will stop``) is none, nor is what is only perhaps
asked. Of what was said the outcome that leads further wins, in one order that is written down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.rights_words import ReplyWords
from withhold.rights.claims import Claim, claims
from withhold.rights.heard import Hit, all_of, hits
from withhold.rights.phrases import holds, sentences
from withhold.rights.replies import Message
from withhold.rights_facts import Outcome


class Suggestion(Struct, frozen=True, kw_only=True):
    """An outcome and why; ``sure`` where one thing was said and nothing else."""

    outcome: Outcome | Literal[""] = ""
    sure: bool = False
    because: str = ""
    """The sentence of the letter, or the header, that says so."""


_SPECIFIC = ("refuses-compelling-grounds", "refuses-no-such-law", "refuses-not-your-data")


def suggested(message: Message, words: ReplyWords) -> Suggestion:
    """What a message seems to say; an empty outcome where nothing in it is known."""
    if message.bounce:
        return Suggestion(outcome="bounce", sure=True, because=message.from_address)
    if message.automatic == "replied":
        return Suggestion(outcome="automatic", sure=True, because=message.automatic_by)
    said = message.new_text if _ANSWERS.match(message.subject) else _whole(message)
    claimed = claims(said, words)
    heard = hits(said, words)
    found = _decided(claimed, _weighed(heard), heard)
    program = all_of(words.by_a_program)
    if any(holds(program, one) for one in sentences(message.subject)):
        return Suggestion(outcome="automatic", sure=True, because=message.subject)
    told = next((one for one in sentences(message.new_text) if holds(program, one)), None)
    if told and _only_asks(found.outcome, heard):
        return Suggestion(outcome="automatic", sure=True, because=told.shown[:300])
    decided = found.outcome.startswith(("granted", "refuses"))
    if message.automatic in ("generated", "list") and not decided:
        return Suggestion(outcome="automatic", sure=True, because=message.automatic_by)
    if message.automatic == "perhaps" and not found.outcome:
        return Suggestion(outcome="automatic", because=message.automatic_by)
    if message.automatic and found.sure:
        found = replace(found, sure=False)
    return found


_ANSWERS = re.compile(r"\s*(re|aw|antw|antwort|rv|ref|r|wg|tr|fwd?)\s*:", re.I)
"""Before a subject that is ours: its words say nothing of what they answer."""


def _whole(message: Message) -> str:
    return f"{message.subject}.\n\n{message.new_text}"


def _only_asks(outcome: str, heard: Sequence[Hit]) -> bool:
    """Whether of what a program wrote nothing is an answer: it may ask for a form or for who you
    are, unless it mostly says that something has arrived."""
    arrived = sum(one.weight for one in heard if one.outcome == "automatic" and not one.weak)
    return outcome in ("", "automatic", "wrong-address", "bounce") or (
        outcome in ("wants-form", "wants-identity") and arrived >= _CERTAIN
    )


_ORDER: tuple[Outcome, ...] = (
    "extension",
    "wants-identity",
    "granted-future-only",
    "granted",
    "no-training-claimed",
    "wrong-address",
    "wants-form",
    "refuses-other",
    "bounce",
    "automatic",
)
"""What is taken where more than one thing was said: the one that leads further, first."""


def _weighed(heard: Sequence[Hit]) -> Suggestion:
    """The outcome that leads further, of all that was heard."""
    granted = any(one.outcome == "granted" and not one.weak for one in heard)
    counted = [one for one in heard if not one.beside or granted]
    strong = [one for one in counted if not one.weak]
    counted = strong or counted
    score: dict[str, int] = {}
    for one in counted:
        score[one.outcome] = score.get(one.outcome, 0) + one.weight
    specific = max(_SPECIFIC, key=lambda one: score.get(one, 0))
    order: list[str] = list(_ORDER)
    against = max(score.get(one, 0) for one in (*_AGAINST, "no-training-claimed"))
    if score.get(specific, 0) >= against:
        order.insert(1, specific)
    no = score.get("refuses-other", 0)
    if no > score.get("no-training-claimed", 0):  # `we will not stop using it for training`
        order.remove("no-training-claimed")
    if no and no >= 2 * score.get("granted", 0):
        order = [one for one in order if not one.startswith("granted")]
    if score.get("no-training-claimed", 0) > score.get("granted", 0):  # nothing is to be granted
        order = [one for one in order if one != "granted"]
    if strong and score.get("wants-form", 0) >= 2 * score.get("granted", 0) > 0:
        order.insert(0, "wants-form")
    if score.get("wants-form", 0) >= score.get("wrong-address", 0) > 0:
        order.insert(order.index("wrong-address"), "wants-form")
    if score.get("bounce", 0) >= _CERTAIN:
        order.insert(0, "bounce")
    chosen = next((one for one in order if score.get(one)), "")
    if not chosen:
        return Suggestion()
    best = max((one for one in counted if one.outcome == chosen), key=lambda one: one.weight)
    others = set(score) - {chosen, "automatic"} - _GOES_WITH.get(chosen, frozenset())
    return Suggestion(
        outcome=chosen,  # type: ignore[arg-type]
        sure=bool(strong) and score[chosen] >= 3 and not others,
        because=best.shown[:300],
    )


_AGAINST = ("granted", "wants-identity", "wrong-address")
"""What is meant where it has more words for it than a refusal for its special reason."""
_CERTAIN = 6
"""So many words of mail servers do not stand in a letter."""
_KNOWN = 4
"""So many words a phrase must fix to say why, where a sentence only says no."""
_PAST = 3
"""So many words a phrase must fix to say that the past stays; fewer stand in `older ones too`."""
_GOES_WITH = {
    "granted-future-only": frozenset(["granted", "no-training-claimed"]),
    "refuses-compelling-grounds": frozenset(["refuses-other"]),
    "refuses-no-such-law": frozenset(["refuses-other"]),
    "refuses-not-your-data": frozenset(["refuses-other"]),
    "wants-form": frozenset(["refuses-other"]),
    "wants-identity": frozenset(["refuses-other"]),
    "wrong-address": frozenset(["refuses-other", "refuses-not-your-data"]),
    "no-training-claimed": frozenset(["refuses-other"]),
}
"""What is said along with an outcome without making it doubtful."""

_FIRST: tuple[Outcome, ...] = (
    "extension",
    "wants-identity",
    "refuses-compelling-grounds",
    "granted-future-only",
    "granted",
    "refuses-no-such-law",
    "wrong-address",
    "refuses-not-your-data",
    "no-training-claimed",
    "wants-form",
    "refuses-other",
)
"""What is taken where more than one thing is claimed: the decision that leads further, first."""


def _decided(said: Sequence[Claim], weighed: Suggestion, heard: Sequence[Hit]) -> Suggestion:
    """What is claimed goes before what phrases weigh; where nothing is, the phrases count.

    Two decisions of which neither goes with the other are decided by the phrases, or by how often
    each is claimed; where that does not tell either, nothing is suggested.
    """
    granted = "granted" in {*(one.outcome for one in said), *(one.outcome for one in heard)}
    counted = [one for one in said if not one.beside or granted]
    strong = [one for one in counted if not one.weak]
    counted = strong or counted
    order: dict[str, int] = {one: at for at, one in enumerate(_FIRST)}
    best = min(counted, key=lambda one: order.get(one.outcome, len(order)), default=None)
    if best is None:
        return weighed
    said_so = (one.weight for one in heard if one.outcome == weighed.outcome and not one.weak)
    known = max(said_so, default=0)
    says = {one.shown for one in strong}
    if any(one.outcome == "granted-future-only" and one.shown not in says for one in heard):
        known = max(known, _PAST)  # of the past in a sentence of its own
    if weighed.outcome and _holds_still(best.outcome, weighed.outcome, strong, known):
        agrees = weighed.outcome == best.outcome
        return weighed if agrees else replace(weighed, sure=False)
    others = {one.outcome for one in counted} - {best.outcome} - _beside(best.outcome)
    if others and weighed.outcome != best.outcome:
        often = Counter(one.outcome for one in counted if one.outcome in {best.outcome, *others})
        (most, first), (_, second) = often.most_common(2)
        if first == second:
            return Suggestion()
        best = next(one for one in counted if one.outcome == most)
    return Suggestion(
        outcome=best.outcome,  # type: ignore[arg-type]
        sure=bool(strong) and weighed.outcome == best.outcome and not others,
        because=_because(best),
    )


def _because(claim: Claim) -> str:
    """The sentence, and after it the words of it that decided."""
    return f"{claim.shown[:300]} [{claim.words[:120]}]"


def _beside(outcome: str) -> frozenset[str]:
    return _GOES_WITH.get(outcome, frozenset())


def _holds_still(best: str, weighed: str, strong: Sequence[Claim], known: int) -> bool:
    """Whether what the phrases weigh counts in spite of what is claimed foremost."""
    if not strong:
        return True
    claimed = {one.outcome for one in strong}
    if best == "granted-future-only" and (weighed == "granted" or "granted" in claimed):
        return False
    if best == "granted" and weighed == "granted-future-only":
        return known >= _PAST
    if weighed in _beside(best) and best != weighed:  # what is claimed says more
        return False
    if best == "refuses-other":  # it names no reason; a reason that phrases know says more
        often = sum(one.outcome == best for one in strong) > 1
        return (
            weighed not in ("automatic", "bounce")
            and known >= _KNOWN
            and not (often and weighed != "granted")
        )
    return weighed in claimed
