"""That there are enough runs, that each has its truth, and that the sample is what it says."""

from __future__ import annotations

from collections import Counter

from tests.recipes import runs
from tests.recipes.truth import TABLE
from tests.replicas import described, mutate
from tests.replicas.variants import ALL
from withhold.catalog.recipes import load_recipes


def test_every_recipe_that_runs_has_a_replica() -> None:
    assert [one.id for one in load_recipes().values() if one.runs] == described.ids()


def test_every_variant_has_its_truth_and_a_reason_for_it() -> None:
    assert set(TABLE) == {one.id for one in ALL}
    assert all(one.why for one in TABLE.values())
    for recipe in described.ids():
        one = described.replica(recipe)
        assert set(one.truth) == set(one.because), recipe


def test_there_are_enough_runs_and_no_name_stands_twice() -> None:
    names = [one.name for one in (*runs.matrix(), *runs.mutants())]
    assert len(runs.matrix()) >= 300
    assert len(runs.mutants()) == 300
    assert max(Counter(names).values()) == 1


def test_every_kind_of_mutation_is_made_often() -> None:
    made = Counter(kind for seed in range(runs.MUTANTS) for kind in mutate.kinds(seed))
    assert set(made) == set(mutate.KINDS)
    assert min(made.values()) >= 50


def test_the_sample_has_sixty_runs_of_every_recipe_and_every_quick_variant() -> None:
    names = runs.sample()
    chosen = [one for one in (*runs.matrix(), *runs.mutants()) if one.name in names]
    assert len(chosen) == runs.SAMPLE
    assert {one.recipe for one in chosen} == set(described.ids())
    quick = {one.id for one in ALL if not one.real_time}
    assert quick <= {one.variant.id for one in chosen}


def test_at_least_four_layouts_and_every_widget() -> None:
    replicas = [described.replica(one) for one in described.ids()]
    assert len({one.layout for one in replicas}) >= 4
    assert {one.widget for one in replicas} | {one.widget for one in ALL} >= {
        "switch",
        "checkbox",
        "radio",
        "menu",
    }
