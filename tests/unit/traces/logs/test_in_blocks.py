"""A file cut anywhere gives each line once, in bounded memory."""

from __future__ import annotations

import io

from withhold.traces.logs.in_blocks import BLOCK, blocks, pieces
from withhold.traces.logs.line import LONGEST


def test_blocks_give_each_line_once_wherever_a_file_is_cut() -> None:
    sizes = (0, 1, 99, LONGEST - 1, LONGEST, LONGEST + 1, 200_000, 5, 0, 70_000, 3)
    data = b"\n".join(b"%c" % (97 + n) * size for n, size in enumerate(sizes))
    want = [min(size, LONGEST + 1) for size in sizes]
    for cuts in range(1, 12):
        got = [
            len(line)
            for start, end in pieces(len(data), -(-len(data) // cuts))
            for block in blocks(io.BytesIO(data), start, end)
            for line in block.removesuffix(b"\n").split(b"\n")
        ]
        assert got == want, cuts


class _Endless(io.RawIOBase):
    """A line of a gibibyte, which nobody holds."""

    def __init__(self) -> None:
        self.left = 1 << 14

    def read(self, size: int = -1) -> bytes:
        self.left -= 1
        return b"x" * min(size, BLOCK) if self.left > 0 else b"\nend\n"[: 6 * (self.left == 0)]


def test_a_line_of_a_gibibyte_is_let_go() -> None:
    got = list(blocks(_Endless()))  # type: ignore[arg-type]
    assert [len(one) for one in got] == [LONGEST + 2, 4]
    assert sum(map(len, got)) < 2 * BLOCK
