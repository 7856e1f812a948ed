"""EcoIndex: what a page costs, from its elements, its requests and its weight.

100 − 5 × (3 q(elements) + 2 q(requests) + q(kB)) / 6, where q is a rank, interpolated, among the
twenty quantiles of half a million pages of the HTTP Archive (collectif GreenIT, 2019).
"""

from bisect import bisect_right
from itertools import pairwise

ELEMENTS = (
    0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801,
    2479, 594601,
)  # fmt: skip
REQUESTS = (
    0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920,
)  # fmt: skip
KILOBYTES = (
    0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27,
    1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26,
)  # fmt: skip


def rank(value: float, quantiles: tuple[float, ...]) -> float:
    """Where the value stands: 0 for nothing, 20 for the heaviest page seen."""
    place = bisect_right(quantiles, value)
    if place == len(quantiles):
        return place - 1
    below, above = list(pairwise(quantiles))[place - 1]
    return place - 1 + (value - below) / (above - below)


def score(*, elements: int, requests: int, kilobytes: float) -> float:
    q = 3 * rank(elements, ELEMENTS) + 2 * rank(requests, REQUESTS) + rank(kilobytes, KILOBYTES)
    return 100 - 5 * q / 6
