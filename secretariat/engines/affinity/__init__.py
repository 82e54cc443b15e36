"""Affinity: how near the text of an item is to what a reviewer writes, in Chinese, in English and between them."""

from secretariat.engines.affinity.bridge import Bridge, make_bridge, shipped_pairs
from secretariat.engines.affinity.comparison import Comparison, compare, nearest

__all__ = ["Bridge", "Comparison", "compare", "make_bridge", "nearest", "shipped_pairs"]
