"""The command line: `python -m generator check` from the root of the project."""

import argparse
import io
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import cast

from generator import read_edition, read_guidance
from generator.editing.new import KINDS, add_entry
from generator.editing.report import FORMATS, as_markdown
from generator.editing.schema import make_schemas
from generator.editions.compare import compare_guidance
from generator.editions.record import write_record
from generator.guidance import Guidance
from generator.model import RECORD, SCHEMAS, Grade
from generator.problem import Problem, Problems
from generator.reading.load import load_documents


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 for none, 1 for some mistakes, 2 for a command not understood."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Problems as found:
        print(FORMATS["text"](found.problems), file=sys.stderr)
        return 1
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or 'Output'}: {error.strerror}.", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """What the command line understands. Each command has its function, which returns the exit status."""
    whole = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands = whole.add_subparsers(required=True, metavar="command")

    one = commands.add_parser("check", help="read the guidance and print every mistake")
    one.set_defaults(run=check_command)
    one.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")
    one.add_argument("--format", choices=FORMATS, default="text", help="text for people (the default); see report.py")

    one = commands.add_parser("new", help="begin an entry in the right place, with all that it may hold")
    one.set_defaults(run=new_command)
    one.add_argument("kind", choices=KINDS)
    one.add_argument("title", help="its title or name, in quotes; its id is made of it")
    one.add_argument("--grade", choices=list(map(str, Grade)), type=str.lower, help="of an action")
    one.add_argument("--topic", default="", help="of an action: the folder of its topic; default: the one with actions")
    one.add_argument("--after", default="", help="the id of the entry to stand behind; default: the last one")
    one.add_argument("--folder", default="journeys", type=Path, help="default: journeys")

    one = commands.add_parser("diff", help="say in plain words what changed, as Markdown")
    one.set_defaults(run=diff_command)
    one.add_argument(
        "base", nargs="?", default="", help="a revision of git, or a folder; default: the published edition"
    )
    one.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")

    one = commands.add_parser("release", help="record the guidance as the published edition: its addresses stay")
    one.set_defaults(run=release_command)
    one.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")

    one = commands.add_parser("schema", help="write the schemas by which editors complete and explain")
    one.set_defaults(run=schema_command)
    one.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")
    return whole


def check_command(options: argparse.Namespace) -> int:
    """Print every mistake; for people to the error output, and how much was read where there is none."""
    problems: list[Problem] = []
    read_well = ""
    try:
        guidance = read_guidance(options.folder)
        problems = guidance.advice
        read_well = f"{len(guidance.actions)} actions in {len(guidance.topics)} topics: no mistakes."
    except Problems as found:
        problems = found.problems
    if options.format != "text":
        print(FORMATS[options.format](problems))
    else:
        if problems:
            print(FORMATS["text"](problems), file=sys.stderr)
        if read_well:
            print(read_well)
    return 0 if read_well else 1


def new_command(options: argparse.Namespace) -> int:
    """Write the beginning of an entry into its file, and say what is to be filled in."""
    grade = Grade(options.grade) if options.grade else None
    problems: list[Problem] = []
    documents = load_documents(options.folder, problems)
    kind = KINDS[options.kind]
    begun = add_entry(options.folder, documents, problems, kind, options.title, grade, options.topic, options.after)
    print(f"Begun: {begun}. What is to be filled in, you are told by: make check")
    return 0


def diff_command(options: argparse.Namespace) -> int:
    """Print, as Markdown, what changed since a revision of git, a folder or the published edition."""
    after = read_guidance(options.folder, guarded=False)
    print(as_markdown(compare_guidance(read_base(options.base, options.folder), after)))
    return 0


def read_base(base: str, folder: Path) -> Guidance:
    """The guidance of `folder` as it was. Raises Problems where it has mistakes of its own, LookupError for none."""
    problems: list[Problem] = []
    if not base:
        published = read_edition(folder, problems)
        if problems:
            raise Problems(problems)
        if not published:
            raise LookupError("No edition has been published yet: name a folder or a revision of git.")
        return published
    try:
        return read_guidance(Path(base), guarded=False) if Path(base).is_dir() else read_revision(base, folder)
    except Problems:
        print(f"The guidance of {base} has mistakes of its own, so nothing can be compared:", file=sys.stderr)
        raise


def read_revision(revision: str, folder: Path) -> Guidance:
    """The guidance of `folder` as it was in a revision of git. Raises LookupError where there is no such revision."""
    done = subprocess.run(["git", "archive", "--format=zip", revision], cwd=folder, capture_output=True, check=False)
    if done.returncode:
        raise LookupError(
            f'"{revision}" is no folder and no revision that git knows here with {folder.as_posix()} in it.'
        )
    with tempfile.TemporaryDirectory() as there, zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        archive.extractall(there)
        return read_guidance(Path(there), guarded=False)


def release_command(options: argparse.Namespace) -> int:
    """Record the guidance as the published edition, and print what changed since the one before."""
    published, guidance = read_edition(options.folder, []), read_guidance(options.folder)
    text = write_record(load_documents(options.folder, []), date.today())
    (options.folder / RECORD).write_text(text, encoding="utf-8", newline="\n")
    print(as_markdown(compare_guidance(published, guidance)) if published else "This is the first edition.")
    return schema_command(options)


def schema_command(options: argparse.Namespace) -> int:
    """Write the schemas that have changed into the `schema` folder of the guidance, and print which."""
    guidance = read_guidance(options.folder)
    (options.folder / SCHEMAS).mkdir(exist_ok=True)
    for name, text in make_schemas(guidance):
        file = options.folder / SCHEMAS / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"Written: {file.as_posix()}")
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        cast(io.TextIOWrapper, stream).reconfigure(encoding="utf-8")  # the words have ŵ and ŷ, wherever they are shown
    sys.exit(main())
