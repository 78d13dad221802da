"""Problems in, lines for people out."""

from collections.abc import Iterable

from generator.problem import Problem


def report(problems: Iterable[Problem]) -> str:
    """One line for each problem, then how many there are to mend."""
    problems = list(problems)
    mistakes = sum(not problem.advice for problem in problems)
    lines = [str(problem) for problem in problems]
    if mistakes:
        lines.append(f"{mistakes} mistake{'s' if mistakes > 1 else ''}.")
    return "\n".join(lines)
