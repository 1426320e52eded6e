"""Which runs there are: recipes with variants, 300 mutants, and a fixed sample of both."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from tests.recipes.truth import TABLE, Truly, mutant_outcomes, true_outcomes
from tests.replicas import described, mutate
from tests.replicas.described import Replica
from tests.replicas.variants import ALL, Variant

MUTANTS = 300
TWINS = 46
SAMPLE = 60
_MUTANTS_IN_SAMPLE = 12


class Planned(Struct, frozen=True):
    """One run to be made."""

    recipe: str
    variant: Variant
    seed: int = -1
    """Of a mutant; -1: none."""

    @property
    def name(self) -> str:
        """As a test is called."""
        return f"{self.recipe}-{self.variant.id}"

    @property
    def replica(self) -> Replica:
        """The page."""
        return described.replica(self.recipe)

    @property
    def true(self) -> Truly:
        """What may truly come of it."""
        if self.seed >= 0:
            return mutant_outcomes(self.replica, self.variant.lang)
        return true_outcomes(self.replica, self.variant)

    @property
    def reachable(self) -> bool:
        """Whether the wanted state can be had on this page by what the recipe names."""
        return self.seed >= 0 or "verified-no" in self.true.outcomes


def matrix() -> list[Planned]:
    """Every recipe with the variants that ask something of the recipe; those that ask the engine,
    and slow ones, with some recipes each, others for every variant."""
    recipes = described.ids()
    found = []
    for number, variant in enumerate(ALL):
        fitting = [one for one in recipes if _differs(one, variant)]
        only = min(TABLE[variant.id].only or len(fitting), len(fitting))
        step = len(fitting) / only
        chosen = {(number + int(turn * step)) % len(fitting) for turn in range(only)}
        found += [Planned(fitting[one], variant) for one in sorted(chosen)]
    return found


def _differs(recipe: str, variant: Variant) -> bool:
    """Whether the variant is another page than the base: a menu is no variant of a menu."""
    one = described.replica(recipe)
    if variant.hidden:
        return one.style != "hidden" and one.widget == "switch"
    if variant.button and one.button:
        return False
    if variant.dialog and one.question:
        return False
    return not variant.widget or variant.widget != one.widget


def mutants() -> list[Planned]:
    """300 mutants, the recipes in turn."""
    recipes = described.ids()
    return [
        Planned(recipes[seed % len(recipes)], mutate.variant(seed), seed) for seed in range(MUTANTS)
    ]


def twins() -> list[Planned]:
    """Mutants that have a look-alike of the setting, too."""
    recipes = described.ids()
    seeds = range(mutate.TWINS_FROM, mutate.TWINS_FROM + TWINS)
    return [Planned(recipes[seed % len(recipes)], mutate.variant(seed), seed) for seed in seeds]


def sample() -> set[str]:
    """The names of the 60 runs that are made each time: some mutants, and every variant that is
    quick with the recipe that has had the fewest turns."""
    chosen = mutants()[:: MUTANTS // _MUTANTS_IN_SAMPLE]
    turns = Counter(one.recipe for one in chosen)
    by_variant: dict[str, list[Planned]] = {}
    for one in matrix():
        if not one.variant.real_time:
            by_variant.setdefault(one.variant.id, []).append(one)
    while True:
        for runs in by_variant.values():
            if len(chosen) == SAMPLE:
                return {one.name for one in chosen}
            fewest = min(runs, key=lambda one: turns[one.recipe])
            runs.remove(fewest)
            chosen.append(fewest)
            turns[fewest.recipe] += 1
