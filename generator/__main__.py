"""The command line: `python -m generator check` from the root of the project."""

import argparse
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from generator import read, schemas
from generator.compare import compare
from generator.model import Guidance
from generator.problem import Problem, Problems
from generator.report import FORMATS, as_markdown


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 for none, 1 for some mistakes, 2 for a command not understood."""
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="read the guidance and print every mistake")
    check.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")
    check.add_argument("--format", choices=FORMATS, default="text", help="text for people (the default); see report.py")
    schema = commands.add_parser("schema", help="write the schemas by which editors complete and explain")
    schema.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")
    diff = commands.add_parser("diff", help="say in plain words what changed, as Markdown")
    diff.add_argument("base", help="what to compare with: a revision of git, or a folder")
    diff.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")
    options = parser.parse_args(arguments)
    if options.command == "check":
        return check_command(options.folder, options.format)
    try:
        if options.command == "diff":
            return diff_command(options.base, options.folder)
        return schema_command(options.folder)
    except Problems as found:
        print(FORMATS["text"](found.problems), file=sys.stderr)
        return 1


def check_command(folder: Path, form: str) -> int:
    """Print every mistake in `folder`; for people to the error output, and how much was read where there is none."""
    problems: list[Problem] = []
    read_well = ""
    try:
        guidance = read(folder)
        problems = guidance.advice
        read_well = f"{len(guidance.actions)} actions in {len(guidance.topics)} topics: no mistakes."
    except Problems as found:
        problems = found.problems
    if form != "text":
        print(FORMATS[form](problems))
    else:
        if problems:
            print(FORMATS[form](problems), file=sys.stderr)
        if read_well:
            print(read_well)
    return 0 if read_well else 1


def diff_command(base: str, folder: Path) -> int:
    """Print, as Markdown, what changed in `folder` since `base`: a folder, or a revision of git."""
    after = read(folder)
    try:
        before = read(Path(base)) if Path(base).is_dir() else read_revision(base, folder)
    except Problems:
        print(f"The guidance of {base} has mistakes of its own, so nothing can be compared:", file=sys.stderr)
        raise
    except LookupError as error:
        print(error, file=sys.stderr)
        return 2
    print(as_markdown(compare(before, after)))
    return 0


def read_revision(revision: str, folder: Path) -> Guidance:
    """The guidance of `folder` as it was in a revision of git. Raises LookupError where there is no such revision."""
    done = subprocess.run(
        ["git", "archive", "--format=zip", revision, "--", folder.as_posix()], capture_output=True, check=False
    )
    if done.returncode:
        raise LookupError(
            f'"{revision}" is no folder and no revision that git knows here with {folder.as_posix()} in it.'
        )
    with tempfile.TemporaryDirectory() as there, zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        archive.extractall(there)
        return read(Path(there) / folder)


def schema_command(folder: Path) -> int:
    """Write the schemas that have changed into the `schema` folder of `folder`, and print which."""
    guidance = read(folder)
    (folder / "schema").mkdir(exist_ok=True)
    for name, text in schemas(guidance):
        file = folder / "schema" / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"Written: {file.as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
