"""Assignment: who reviews what, best in total, fair to the worst-served item or by lot, under rules with a price."""

from secretariat.engines.assignment.prices import Price, prices
from secretariat.engines.assignment.problem import Problem, ProblemError, build_problem
from secretariat.engines.assignment.result import Assignment, Drawn, Unfilled, Unserved
from secretariat.engines.assignment.rules import Cover, Keep, Rules, Spread
from secretariat.engines.assignment.solve import assign, solve

__all__ = [
    "Assignment",
    "Cover",
    "Drawn",
    "Keep",
    "Price",
    "Problem",
    "ProblemError",
    "Rules",
    "Spread",
    "Unfilled",
    "Unserved",
    "assign",
    "build_problem",
    "prices",
    "solve",
]
