"""The command line: `python -m generator check` from the root of the project."""

import argparse
import sys
from pathlib import Path

from generator import read, schemas
from generator.model import Guidance
from generator.problem import Problems
from generator.report import report


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 for none, 1 for some mistakes, 2 for a command not understood."""
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, run, about in [
        ("check", check, "read the guidance and print every mistake"),
        ("schema", write_schemas, "write the schemas by which editors complete and explain"),
    ]:
        command = commands.add_parser(name, help=about)
        command.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")
        command.set_defaults(run=run)
    chosen = parser.parse_args(arguments)
    try:
        guidance = read(chosen.folder)
    except Problems as found:
        print(report(found.problems), file=sys.stderr)
        return 1
    chosen.run(guidance, chosen.folder)
    return 0


def check(guidance: Guidance, folder: Path) -> None:
    """Print what `folder` holds, and advice on it."""
    if guidance.advice:
        print(report(guidance.advice), file=sys.stderr)
    print(f"{len(guidance.actions)} actions in {len(guidance.topics)} topics: no mistakes.")


def write_schemas(guidance: Guidance, folder: Path) -> None:
    """Write the schemas that have changed into `folder`, and print which."""
    (folder / "schema").mkdir(exist_ok=True)
    for name, text in schemas(guidance):
        file = folder / "schema" / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"Written: {file.as_posix()}")


if __name__ == "__main__":
    sys.exit(main())
