"""How fast two versions of a 25 kB plan are compared: where every paragraph changed, where nothing is left, turned over."""

import random
import statistics
import time

from bench.check import plan
from directives.redline import redline

BAR_MS = 100.0


def run(*, times: int = 20) -> list[tuple[str, float, str, float]]:
    """Name, value, unit and bar (at most) of each figure."""
    before = plan()
    lines, chance = before.splitlines(), random.Random(1)
    words = before.split()
    pairs = {
        "every paragraph changed": [
            " ".join(chance.choice(words) if chance.random() < 0.1 else word for word in line.split()) for line in lines
        ],
        "written anew": [" ".join(chance.choices(words, k=len(line.split()))) for line in lines],
        "turned over": lines[::-1],
    }
    return [
        (
            f"redline of two 25 kB plans, {what}, median",
            round(_median(before, "\n".join(after), times), 1),
            "ms",
            BAR_MS,
        )
        for what, after in pairs.items()
    ]


def _median(before, after, times):
    spent = []
    for _ in range(times + 2):
        start = time.perf_counter()
        redline(before, after).blocks()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent[2:])
