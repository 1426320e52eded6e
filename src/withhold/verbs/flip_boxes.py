"""Cells that flip alike, put together so that nothing is named that does not flip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from withhold.verbs.flip_cells import Cell


def boxes(by_place: Iterable[Sequence[Cell]]) -> Iterator[list[Cell]]:
    """Parts of which each is all its kinds x audiences x places x plans x kinds of account.

    Given are the cells of each group of places by themselves.
    """
    alike: dict[tuple[object, ...], list[Cell]] = {}
    for cells in by_place:
        shape = tuple(sorted(_content_of(one) + _account_of(one) for one in cells))
        alike.setdefault(shape, []).extend(cells)
    for cells in alike.values():
        for by_account in _alike(cells, _account_of, _content_of):
            for by_plan in _alike(by_account, lambda one: one.plan, lambda one: one.account_kind):
                yield from _alike(by_plan, lambda one: one.kind, lambda one: one.audience)


def _content_of(cell: Cell) -> tuple[str, str]:
    return cell.kind, cell.audience


def _account_of(cell: Cell) -> tuple[str, str]:
    return cell.plan, cell.account_kind


def _alike(
    cells: Sequence[Cell], one: Callable[[Cell], object], other: Callable[[Cell], object]
) -> list[list[Cell]]:
    """Cells by one side, those together of which the other side is the same set."""
    sides: dict[object, list[Cell]] = {}
    for cell in cells:
        sides.setdefault(one(cell), []).append(cell)
    found: dict[frozenset[object], list[Cell]] = {}
    for these in sides.values():
        found.setdefault(frozenset(map(other, these)), []).extend(these)
    return list(found.values())
