"""The command line: `python -m generator check` from the root of the project."""

import argparse
import sys
from pathlib import Path

from generator import read
from generator.problem import Problems
from generator.report import report


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 for none, 1 for some mistakes, 2 for a command not understood."""
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="read the guidance and print every mistake")
    check.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")
    return check_command(parser.parse_args(arguments).folder)


def check_command(folder: Path) -> int:
    """Print every mistake in `folder`, or what it holds."""
    try:
        guidance = read(folder)
    except Problems as found:
        print(report(found.problems), file=sys.stderr)
        return 1
    if guidance.advice:
        print(report(guidance.advice), file=sys.stderr)
    print(f"{len(guidance.actions)} actions in {len(guidance.topics)} topics: no mistakes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
