"""GitHub's workflows have no more rights than they need, and the summary of a pull request says what happened."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

from generator.__main__ import main

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
# Actions whose hash could not be read, as `owner/name@tag`.
PINNED_BY_TAG: set[str] = set()

each = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def load(path: Path) -> dict[Any, Any]:
    """Return a workflow. YAML reads its key `on` as True."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(workflow, dict)
    return workflow


def list_steps(path: Path) -> list[dict[str, Any]]:
    """Return every step of every job."""
    return [step for job in load(path)["jobs"].values() for step in job["steps"]]


def list_permissions(permissions: object) -> dict[str, str]:
    """Return permissions by name. One word for all of them, like `write-all`, is refused."""
    assert isinstance(permissions, dict)
    return permissions


def test_there_are_workflows() -> None:
    assert [path.stem for path in WORKFLOWS] == ["links", "publish", "pull-request", "release", "vulnerabilities"]


@each
def test_says_what_it_may_do(path: Path) -> None:
    assert set(list_permissions(load(path)["permissions"]).items()) <= {("contents", "read")}


@each
def test_only_deployment_writes(path: Path) -> None:
    for job in load(path)["jobs"].values():
        writes = {name for name, access in list_permissions(job.get("permissions", {})).items() if access == "write"}
        if job.get("environment", {}).get("name") == "github-pages":
            assert writes == {"pages", "id-token"}
            assert not any("run" in step or "checkout" in step["uses"] for step in job["steps"])
        elif path.stem == "release":  # only for tags, which no stranger can push
            assert writes == {"contents"}
            assert load(path)[True] == {"push": {"tags": ["edition-*"]}}
        else:
            assert not writes


@each
def test_actions_are_pinned(path: Path) -> None:
    """A hash can't be moved to another commit, as a tag can. A comment gives the version, for people."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"\s*(- )?uses:", line)]
    assert len(lines) == sum("uses" in step for step in list_steps(path))
    for line in lines:
        pin = line.split("uses:")[1].strip()
        assert pin in PINNED_BY_TAG or re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} +# v\d+(\.\d+)*", pin), pin


@each
def test_is_safe_for_forks(path: Path) -> None:
    """Strangers' code gets none of the repository's rights, and strangers' words never become part of a command."""
    on = load(path)[True]
    assert set([on] if isinstance(on, str) else on) <= {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert "secrets." not in path.read_text(encoding="utf-8")
    for step in list_steps(path):
        # Values reach a command only through `env`, so not even `github.event` can become a part of it.
        assert "${{" not in step.get("run", "")
        assert "github.event" not in str(step.get("with", ""))
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


MISTAKE = 'journeys/a/simple.yml:3:1: An action has no field "titel". Did you mean "title"? $(id) `id`'
GOOD = {"check": "success", "build": "success", "site": "https://a.org/1", "test": "success"}
Summarise = Callable[..., str]


@pytest.fixture
def summarise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Summarise:
    """Return a function that runs the command `summary` and returns what it prints.

    `printed` is what the check printed; None if it did not run. `outcomes` are those of the steps before. It runs in an
    empty folder, unless a test changes the current one.
    """
    monkeypatch.chdir(tmp_path)

    def run(printed: str | bytes | None, base: str = "origin/main", **outcomes: str) -> str:
        if printed is not None:
            content = printed if isinstance(printed, bytes) else printed.encode()
            (tmp_path / "check.txt").write_bytes(content)
        options = [f"--{name}={outcome}" for name, outcome in outcomes.items()]
        assert main(["summary", f"--messages={tmp_path / 'check.txt'}", *options, "--", base]) == 0
        return capsys.readouterr().out

    return run


def test_summary_of_a_good_pull_request(summarise: Summarise) -> None:
    text = summarise("57 actions.\n", **GOOD)
    assert "**The guidance** has no mistakes." in text
    assert "[Download it](https://a.org/1), unzip it, and open `index.html`" in text
    assert "**The tests** passed" in text
    assert "57 actions." in text


def test_summary_of_mistakes(summarise: Summarise) -> None:
    text = summarise(f"{MISTAKE}\n1 mistake.\n", check="failure", build="skipped", site="", test="skipped")
    assert "We can show this when the mistakes below are fixed." in text
    assert "**The guidance** has mistakes." in text
    assert f"~~~ text\n{MISTAKE}\n1 mistake.\n" in text
    assert "was not built" in text
    assert "were not run" in text
    assert "Download" not in text
    assert "The published site has not changed. Fix the lines below" in text


def test_summary_of_a_failed_test(summarise: Summarise) -> None:
    text = summarise("57 actions.\n", **GOOD | {"test": "failure"})
    assert "Download it" in text
    assert "**The tests** found a problem." in text


def test_summary_of_a_failed_set_up(summarise: Summarise) -> None:
    text = summarise(None, check="skipped", build="skipped", site="", test="skipped")
    assert "not your mistake" in text
    assert "Messages of the check" not in text


def test_summary_of_a_failed_build(summarise: Summarise) -> None:
    """The tests are not run then. GitHub gives no outcome for a step that it doesn't know."""
    text = summarise("57 actions.\n", check="success", build="failure", site="", test="")
    assert "**The site** could not be built. A developer will look at it." in text
    assert "**The tests** were not run" in text
    assert "The published site has not changed" not in text


def test_summary_of_changes(repository: Path, summarise: Summarise) -> None:
    themes = repository / "journeys" / "themes.yml"
    themes.write_text(themes.read_text(encoding="utf-8").replace("name: Housing and design", "name: Homes"), "utf-8")
    text = summarise("57 actions.\n", "HEAD", **GOOD)
    assert text.startswith("# What this changes\n\n## Our words\n\n- Theme *Homes*: the name changed: ")
    assert text.index("Homes") < text.index("## What was checked") < text.index("### Messages of the check")
    assert "it adds an edition" not in text


def test_summary_of_facts_in_doubt(repository: Path, summarise: Summarise) -> None:
    """They come first, because they are easily overlooked."""
    for name, old, new in (
        ("cohesive-communities/journey.yml", "statutory_marks: lost", "statutory_marks: complete"),
        ("case-studies/sara-in-southwick.yml", "summary: |\n", "summary: |\n  In 17 places.\n"),
        ("themes.yml", "name: Housing and design", "name: Homes"),
    ):
        file = repository / "journeys" / name
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")
    checks, *rest = summarise("57 actions.\n", "HEAD", **GOOD).split("\n## ")[1:]
    assert checks.startswith("Please check\n\nThese changes are about what we know")
    assert checks.count("\n- ") == 2
    assert "Homes" not in checks
    assert "the statutory marks changed: ~~lost~~ **complete**" in checks
    assert "**In 17 places.**" in checks
    assert any("Homes" in part for part in rest)


def test_summary_of_an_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, summarise: Summarise) -> None:
    """The reviewer sees that a pull request declares an edition, or changes the record of one."""
    repository = tmp_path / "repository"
    record = repository / "journeys" / "editions" / "2026-11-22.json"
    record.parent.mkdir(parents=True)
    monkeypatch.chdir(repository)
    assert "it adds an edition" not in summarise("", **GOOD)  # there is no git repository yet
    record.write_text("{}", encoding="utf-8")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "A"], ["branch", "origin/main"]):
        subprocess.run(["git", *command], check=True)
    assert "it adds an edition" not in summarise("", **GOOD)
    record.write_text("{} ", encoding="utf-8")
    assert "it adds an edition" in summarise("", **GOOD)

    record.write_text("{}", encoding="utf-8")
    record.with_name("2027-01-31.json").write_text("{}", encoding="utf-8")
    subprocess.run(["git", "add", "."], check=True)
    assert "it adds an edition" in summarise("", **GOOD)


def fail(*_: object) -> None:
    """Fail in a way that nobody expects."""
    raise RuntimeError("a mistake in the generator")


@pytest.mark.parametrize("trouble", ["no base", "an option", "no git", "no guidance", "a mistake", "our mistake"])
def test_summary_whatever_happens(
    trouble: str, repository: Path, summarise: Summarise, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the changes can't be found out, the summary says so, and everything else is there."""
    base = {"no base": "origin/", "an option": "--output=stolen"}.get(trouble, "HEAD")
    if trouble == "no git":
        monkeypatch.setenv("PATH", "")
    if trouble == "no guidance":
        shutil.rmtree("journeys")
    if trouble == "a mistake":
        Path("journeys/themes.yml").write_bytes(b"\xff\n\0")
    if trouble == "our mistake":
        monkeypatch.setattr("generator.__main__.compare_guidance", fail)
    text = summarise("57 actions.\n", base, **GOOD)
    assert "# What this changes\n\nWe could not compare the guidance with the version before your change. " in text
    assert "**The guidance** has no mistakes." in text
    assert "57 actions." in text
    assert not list(repository.rglob("stolen"))


@pytest.mark.parametrize(
    "printed",
    [b"x\n" * 2_000_000, b"\xff\xfe" * 1_000_000, "ŵ".encode() * 1_000_000, b"~" * 2_000_000],
    ids=["long", "not UTF-8", "cut inside a letter", "a line of tildes"],
)
def test_summary_is_never_too_long(printed: bytes, summarise: Summarise) -> None:
    """GitHub shows no summary of more than a megabyte."""
    text = summarise(printed, **GOOD)
    assert len(text.encode()) < 1_000_000
    assert len(text.encode()) > 800_000 or printed.startswith(b"~")
    assert text.count("~" * 12) == 2
    assert text.rstrip().endswith("~" * 12)


def test_summary_of_many_changes(summarise: Summarise, monkeypatch: pytest.MonkeyPatch) -> None:
    """The messages come first, because the changes matter only when there are no mistakes."""
    monkeypatch.setattr("generator.__main__.describe_since", lambda *_: "- Topic *a*\n" * 200_000)
    for printed in (f"{MISTAKE}\n", f"{MISTAKE}\n" + "x" * 2_000_000):
        text = summarise(printed, **GOOD)
        assert 800_000 < len(text.encode()) < 1_000_000
        assert "The rest is too long to show here.\n\n## What was checked" in text
        assert MISTAKE in text


def run_step(folder: Path) -> str:
    """Run the last step of a pull request's workflow in a folder, as GitHub does, and return the summary it writes."""
    (path,) = [path for path in WORKFLOWS if path.stem == "pull-request"]
    step = list_steps(path)[-1]
    assert set(step["env"]) == {"CHECK", "BUILD", "SITE", "TEST"}
    given = dict.fromkeys(step["env"], "success") | {"SITE": "https://a.org/1", "GITHUB_BASE_REF": "main"}
    given |= {"PATH": "/usr/bin:/bin", "RUNNER_TEMP": str(folder), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    command = ["bash", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=folder, env=given, stderr=subprocess.PIPE, check=True)
    assert b"Traceback" not in done.stderr
    return (folder / "summary.md").read_text(encoding="utf-8")


def test_the_step_writes_the_summary(repository: Path) -> None:
    """It needs no locale, and a file may have any name."""
    python = repository / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (repository / "check.txt").write_text(MISTAKE, encoding="utf-8")
    subprocess.run(["git", "branch", "origin/main"], check=True)
    themes = repository / "journeys" / "themes.yml"
    themes.write_text(themes.read_text(encoding="utf-8").replace("name: Housing and design", "name: Tŷ"), "utf-8")
    text = run_step(repository)
    assert "Theme *Tŷ*: the name changed: " in text
    assert "[Download it](https://a.org/1)" in text
    assert "**The tests** passed" in text
    assert MISTAKE in text

    (repository / "journeys" / os.fsdecode(b"\xff.yml")).write_bytes(b"")
    assert "We could not compare the guidance" in run_step(repository)


def test_the_step_without_set_up(tmp_path: Path) -> None:
    assert "There is no summary, because one of our tools failed. This is not your mistake." in run_step(tmp_path)


@pytest.mark.parametrize("base", ["--output=stolen", "-ostolen"])
def test_a_revision_is_never_an_option_of_git(base: str, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--", base]) == 2
    assert capsys.readouterr().err == f'"{base}" is not a git revision, because it begins with a hyphen.\n'
    assert not list(repository.rglob("stolen"))


def test_each_edition_is_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    editions = [date.fromisoformat(file.stem) for file in (ROOT / "journeys" / "editions").glob("*.json")]
    assert editions
    for day in editions:
        assert f"\n## Edition of {day.day} {day:%B %Y}\n" in changelog
