"""The command line: `python -m generator check` from the root of the project."""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import chain
from pathlib import Path
from typing import cast, get_args

from generator import read_guidance, read_revisions
from generator.editing.describe import describe_changes, describe_checks
from generator.editing.new import KINDS, NEXT, Where, add_entry
from generator.editing.new_translation import add_translation
from generator.editing.report import FORMATS
from generator.editing.schema import make_schemas
from generator.editing.summary import read_messages, write_summary
from generator.editions.change import Change
from generator.editions.compare import compare_guidance
from generator.editions.guard import guard_addresses
from generator.editions.history import find_live_revision
from generator.editions.record import CHANGELOG, EDITION_HEADING, check_records, write_edition
from generator.editions.version import Version, find_version
from generator.exports.build import build_site, read_moment
from generator.exports.handbook import make_papers
from generator.exports.offline import make_zip, write_checksum
from generator.guidance import Guidance, Status
from generator.messages import ENGLISH, LANGUAGES, format_day, name_in_english
from generator.model import EDITIONS, SCHEMAS, Grade
from generator.problem import Problems
from generator.reading.load import load_documents
from generator.text import make_id

TRANSLATION = "translation"
"""The kind that `new` adds for a whole file."""
UNRELEASED = "## Not yet released"
"""The heading of the changelog for what is not part of an edition yet."""
REMAINING = """
What remains to be done:
1. Read CHANGELOG.md: what is below the new heading belongs to this edition.
2. Commit the record, CHANGELOG.md and the schemas: git add -A && git commit -m "Edition of {day}"
3. Tag the commit and push both, so that the edition is published with its files:
   git tag edition-{day} && git push && git push origin edition-{day}
"""
"""What is left to do after a release."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Return the exit status: 0 for no mistakes, 1 for mistakes or a file that cannot be used, 2 for an unknown command.
    """
    options = make_parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except Problems as found:
        print(FORMATS["text"](found.problems), file=sys.stderr)
        return 1
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or 'Output'}: {error.strerror}.", file=sys.stderr)
        return 1


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line. Each command is a function, which can return an exit status."""
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def add_command(run: Callable[[argparse.Namespace], int | None]) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(run.__name__.removesuffix("_command"), help=run.__doc__)
        added.set_defaults(run=run)
        return added

    check = add_command(check_command)
    check.add_argument("--live", default="", help="the revision of git that readers see; default: origin/main, or HEAD")
    check.add_argument("--format", choices=FORMATS, default="text", help="text for people (the default); see report.py")

    build = add_command(build_command)
    build.add_argument("site", nargs="?", default="site", type=Path, help="default: site")

    offline = add_command(offline_command)
    handbook = add_command(handbook_command)
    for command in (offline, handbook):
        command.add_argument("target", nargs="?", default="dist", type=Path, help="the folder for it; default: dist")

    new = add_command(new_command)
    new.add_argument("kind", choices=[*KINDS, TRANSLATION])
    new.add_argument(
        "title", help="its title or name, in quotes; its id is made from it. Of a translation: the English file"
    )
    new.add_argument("--language", default="cy", choices=LANGUAGES, help="of a translation; default: cy, for Welsh")
    new.add_argument("--grade", choices=list(map(str, Grade)), type=str.lower, help="of an action")
    new.add_argument("--topic", default="", help="of an action: the folder of its topic; default: the one with actions")
    new.add_argument("--journey", default="", help="of what is in a journey: its folder; default: the only one")
    new.add_argument("--after", default="", help="the id of the entry that comes before it; default: the last one")
    for command in (offline, handbook, new):
        command.add_argument("--folder", default="journeys", type=Path, help="default: journeys")

    diff = add_command(diff_command)
    summary = add_command(summary_command)
    for step, name in (("check", "the check"), ("build", "the build"), ("test", "the tests")):
        summary.add_argument(f"--{step}", default="", help=f"how {name} ended: success or failure; else it did not run")
    summary.add_argument("--site", default="", help="the address to download the built site from")
    summary.add_argument("--messages", default=os.devnull, type=Path, help="the file with the messages of the check")
    for command in (diff, summary):
        command.add_argument(
            "base", nargs="?", default="", help="a revision of git, or a folder; default: the published edition"
        )

    release = add_command(release_command)
    schema = add_command(schema_command)
    for command in (check, diff, summary, release, schema):
        command.add_argument("folder", nargs="?", default="journeys", type=Path, help="default: journeys")
    return parser


def check_command(options: argparse.Namespace) -> int:
    """Read the guidance and print every mistake. Without one, say how much was read."""
    try:
        guidance = check_guidance(options.folder, options.live)
    except Problems as found:
        if options.format == "text":
            raise
        print(FORMATS[options.format](found.problems))
        return 1
    if options.format != "text":
        print(FORMATS[options.format](guidance.advice))
        return 0
    if guidance.advice:
        print(FORMATS["text"](guidance.advice), file=sys.stderr)
    print(f"{len(guidance.actions)} actions in {len(guidance.topics)} topics: no mistakes.")
    for language in sorted({text.language for text in guidance.translations}):
        counts = Counter(text.status for text in guidance.translations if text.language == language)
        counted = ", ".join(f"{counts[status]} {status}" for status in get_args(Status))
        print(f"Texts in {name_in_english(language)}: {counted}.")
    return 0


def check_guidance(folder: Path, live: str) -> Guidance:
    """Read the guidance, and check the records of editions and the addresses that readers know from the live site.

    `live` is a revision of git. Raises Problems with every mistake.
    """
    guidance = read_guidance(folder)
    problems = [*check_records(folder)]
    if live := live or find_live_revision(folder):
        with suppress(Problems, LookupError, OSError):  # no git, no such revision, or it has mistakes of its own
            if run_git(folder, ["diff", "--quiet"], live).returncode == 1:
                problems += guard_addresses(read_revision(live, folder), guidance)
    guidance.advice = sorted([*problems, *guidance.advice])
    if any(not problem.advice for problem in problems):
        raise Problems(guidance.advice)
    return guidance


def build_command(options: argparse.Namespace) -> int:
    """Build the site; until it is complete, the old one stays."""
    return build_site(options.site)


def offline_command(options: argparse.Namespace) -> int:
    """Write the documents, and a zip file with a copy of the site and them, all named after the edition or draft."""
    try:
        if status := handbook_command(options):
            return status
    except ImportError:
        print("The zip file is without PDFs, because typst is not installed.", file=sys.stderr)
    with tempfile.TemporaryDirectory() as there:
        site = Path(there) / "site"
        if status := build_site(site, DOWNLOADS=str(options.target.resolve()), OFFLINE_COPY="true"):
            return status
        version = read_version(options.folder, read_guidance(options.folder), read_site_settings()[0])
        made = make_zip(site, options.target, version.file_name, version.moment)
    print(f"Zipped: {made.as_posix()}")
    return 0


def handbook_command(options: argparse.Namespace) -> int:
    """Write the handbook, and a handout of each topic, as PDF."""
    options.target.mkdir(parents=True, exist_ok=True)  # if it can't be written, say so before everything is read
    site, address = read_site_settings()
    english = read_guidance(options.folder)
    version = read_version(options.folder, english, site)
    translated = [read_guidance(options.folder, guarded=False, language=language) for language in LANGUAGES]
    try:
        made = [
            make_papers(
                each,
                options.target,
                version.file_name,
                version.day,
                is_draft=version.is_draft,
                commit=version.commit,
                site=site,
                address=address,
            )
            for each in (english, *translated)
        ]
    except RuntimeError as error:
        print(f"The handbook cannot be made so that everyone can read it. {error}", file=sys.stderr)
        return 1
    for paper in chain(*made):
        write_checksum(paper)
        print(f"Made: {paper.as_posix()}")
    return 0


def read_site_settings() -> tuple[str, str]:
    """Return the site's name and its address, which is empty if it isn't known."""
    from generator.publish import read_site_name  # it loads MkDocs, which the other commands don't wait for

    return read_site_name(Path("mkdocs.yml"))


def read_version(folder: Path, guidance: Guidance, site: str) -> Version:
    """Return the version of the guidance in a folder. `site` is the site's name."""
    return find_version(folder, read_revisions(folder, guidance), read_moment().date(), make_id(site))


def new_command(options: argparse.Namespace) -> None:
    """Write the beginning of an entry into its file, with all fields that it can have."""
    if options.kind == TRANSLATION:
        guidance = read_guidance(options.folder)
        place = add_translation(options.folder, options.title, options.language, guidance.tops)
        print(f"Added: {place}. For what is not translated yet, see the page about/welsh.html.")
        return
    grade = Grade(options.grade) if options.grade else None
    kind = KINDS[options.kind]
    where = Where(grade, options.topic, options.journey, options.after)
    added, key = add_entry(options.folder, kind, options.title, where)
    print(f"Added: {added}. To see what to fill in, type: make check")
    print(NEXT[kind].format(id=key))


def diff_command(options: argparse.Namespace) -> None:
    """Say in plain words what changed, as Markdown."""
    print(describe_changes(compare_since(options.base, options.folder)))


def summary_command(options: argparse.Namespace) -> None:
    """Write the summary of a pull request, as Markdown. It is complete even if the guidance can't be compared."""
    changes, changes_editions = "", False
    try:
        changes = describe_since(options.base, options.folder)
    except Exception as error:  # whatever it is, the editor needs the rest
        print(f"The guidance was not compared: {error}", file=sys.stderr)
    with suppress(LookupError, OSError):  # no such revision, or no git
        done = run_git(options.folder, ["diff", "--quiet", "--merge-base"], options.base, EDITIONS)
        changes_editions = done.returncode == 1
    outcomes = {step: getattr(options, step) for step in ("check", "build", "test")}
    messages = read_messages(options.messages)
    print(write_summary(changes, messages, changes_editions=changes_editions, site=options.site, **outcomes))


def describe_since(base: str, folder: Path) -> str:
    """Return, as Markdown, what changed since a base, beginning with what someone should check. See `compare_since`."""
    changes = compare_since(base, folder)
    return "\n\n".join(filter(None, [describe_checks(changes), describe_changes(changes)]))


def compare_since(base: str, folder: Path) -> list[Change]:
    """Return what changed since a base: a folder, a revision of git or else the published edition.

    Raises Problems if one of the two has mistakes, LookupError if there is no such base.
    """
    after = read_guidance(folder, guarded=False)
    before = read_base(base, folder) if base else after.published
    if not before:
        raise LookupError("No edition has been published yet: name a folder or a revision of git.")
    return compare_guidance(before, after)


def read_base(base: str, folder: Path) -> Guidance:
    """Return the guidance of a folder or of a revision of git. Raises Problems if it has mistakes of its own."""
    try:
        return read_guidance(Path(base), guarded=False) if Path(base).is_dir() else read_revision(base, folder)
    except Problems:
        print(f"The guidance of {base} has mistakes, so nothing can be compared:", file=sys.stderr)
        raise


def read_revision(revision: str, folder: Path) -> Guidance:
    """Return the guidance of `folder` in a revision of git. Raises LookupError if there is no such revision."""
    done = run_git(folder, ["archive", "--format=zip"], revision)
    if done.returncode:
        raise LookupError(f'"{revision}" is neither a folder nor a git revision that contains {folder.as_posix()}.')
    with tempfile.TemporaryDirectory() as there, zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        archive.extractall(there)
        return read_guidance(Path(there), guarded=False)


def run_git(folder: Path, command: list[str], revision: str, path: str = ".") -> subprocess.CompletedProcess[bytes]:
    """Run a git command on a path in `folder` and a revision. Raises LookupError if git would read it as an option."""
    if revision.startswith("-"):
        raise LookupError(f'"{revision}" is not a git revision, because it begins with a hyphen.')
    return subprocess.run(["git", *command, revision, "--", path], cwd=folder, capture_output=True, check=False)


def release_command(options: argparse.Namespace) -> None:
    """Record the guidance as the published edition, if anything changed: from then on its addresses stay."""
    guidance = read_guidance(options.folder)
    changes = compare_guidance(guidance.published, guidance) if guidance.published else []
    if guidance.published and not changes:
        print("Nothing has changed since the published edition, so there is no new one.")
        return
    today = date.today()
    write_edition(options.folder, load_documents(options.folder, []), today)
    print(describe_changes(changes) if guidance.published else "This is the first edition.")
    date_changelog(options.folder.parent / CHANGELOG, today)
    print(REMAINING.format(day=today))
    schema_command(options)


def date_changelog(file: Path, day: date) -> None:
    """Put the heading of an edition above what the changelog lists as not yet released. Leave other files alone."""
    if not file.is_file():
        return
    text = file.read_text(encoding="utf-8")
    heading = EDITION_HEADING.format(day=format_day(day, ENGLISH))
    file.write_text(text.replace(f"{UNRELEASED}\n", f"{UNRELEASED}\n\n{heading}\n", 1), encoding="utf-8", newline="\n")


def schema_command(options: argparse.Namespace) -> None:
    """Write the schemas that text editors use to complete and explain fields."""
    guidance = read_guidance(options.folder)
    (options.folder / SCHEMAS).mkdir(exist_ok=True)
    for name, text in make_schemas(guidance):
        file = options.folder / SCHEMAS / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"Updated: {file.as_posix()}")


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):  # the words have ŵ and ŷ, and a file's name may be no text at all
        cast(io.TextIOWrapper, stream).reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main())
