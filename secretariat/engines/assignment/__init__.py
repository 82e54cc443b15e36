"""Assignment: who reviews what, best in total or fair to the worst-served item, and why not where it cannot be."""

from secretariat.engines.assignment.problem import Problem, ProblemError, build_problem
from secretariat.engines.assignment.result import Assignment, Unfilled, Unserved
from secretariat.engines.assignment.solve import assign, solve

__all__ = [
    "Assignment",
    "Problem",
    "ProblemError",
    "Unfilled",
    "Unserved",
    "assign",
    "build_problem",
    "solve",
]
