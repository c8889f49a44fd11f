"""`course bench`: what the course costs, beside the plain tool, as it grows, and in each shape."""

from __future__ import annotations

from imlcourse.bench.beside import bench, enlarged, exponent, weight
from imlcourse.bench.shapes import bench_packages

__all__ = ["bench", "bench_packages", "enlarged", "exponent", "weight"]
