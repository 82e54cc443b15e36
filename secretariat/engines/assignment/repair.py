from secretariat.engines.assignment.problem import Ints, Problem


def raised(problem: Problem, chosen: Ints, target: int) -> Ints:
    return chosen
