"""GitHub's workflows have no more rights than they need, and the summary of a pull request says what happened."""

import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.__main__ import main

ROOT = Path(__file__).parents[2]
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
    """By a hash, which nobody can move; a comment gives the version, for people."""
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
        # Values reach a command by the environment alone, so not even `github.event` can become a part of it.
        assert "${{" not in step.get("run", "")
        assert "github.event" not in str(step.get("with", ""))
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


MISTAKE = 'journeys/a/simple.yml:3:1: An action has no field "titel". Did you mean "title"? $(id) `id`'


def write_summary(tmp_path: Path, printed: str | None, folder: Path | None = None, **outcomes: str) -> str:
    """Run the last step of a pull request's workflow in a folder, and return the summary that it writes.

    `printed` is what the check printed; None if it did not run. `outcomes` are those of the steps before.
    """
    (path,) = [path for path in WORKFLOWS if path.stem == "pull-request"]
    step = list_steps(path)[-1]
    assert set(step["env"]) == {"CHECK", "BUILD", "SITE", "TEST"}
    if printed is not None:
        (tmp_path / "check.txt").write_text(printed, encoding="utf-8")
    written = tmp_path / "summary.md"
    given = {"PATH": "/usr/bin:/bin", "RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(written)}
    subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=folder, env=given | outcomes, check=True)
    return written.read_text(encoding="utf-8")


def test_summary_of_a_good_pull_request(tmp_path: Path) -> None:
    text = write_summary(
        tmp_path, "57 actions.\n", CHECK="success", BUILD="success", SITE="https://a.org/1", TEST="success"
    )
    assert "**The guidance** has no mistakes." in text
    assert "[Download it](https://a.org/1), unzip it, and open `index.html`" in text
    assert "**The tests** passed" in text
    assert "57 actions." in text


def test_summary_of_mistakes(tmp_path: Path) -> None:
    text = write_summary(
        tmp_path, f"{MISTAKE}\n1 mistake.\n", CHECK="failure", BUILD="skipped", SITE="", TEST="skipped"
    )
    assert "**The guidance** has mistakes." in text
    assert f"~~~ text\n{MISTAKE}\n1 mistake.\n" in text
    assert "was not built" in text
    assert "were not run" in text
    assert "Download" not in text


def test_summary_of_a_failed_test(tmp_path: Path) -> None:
    text = write_summary(
        tmp_path, "57 actions.\n", CHECK="success", BUILD="success", SITE="https://a.org/1", TEST="failure"
    )
    assert "Download it" in text
    assert "**The tests** found a problem." in text


def test_summary_of_a_failed_set_up(tmp_path: Path) -> None:
    text = write_summary(tmp_path, None, CHECK="skipped", BUILD="skipped", SITE="", TEST="skipped")
    assert "not your mistake" in text
    assert "Messages of the check" not in text


def test_summary_of_an_edition(tmp_path: Path) -> None:
    """The reviewer sees that a pull request declares an edition, or changes the record of one."""
    repository = tmp_path / "repository"
    record = repository / "journeys" / "editions" / "2026-11-22.json"
    record.parent.mkdir(parents=True)
    record.write_text("{}", encoding="utf-8")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "A"], ["branch", "origin/main"]):
        subprocess.run(["git", *command], cwd=repository, check=True)
    given = {"CHECK": "success", "BUILD": "success", "SITE": "", "TEST": "success", "GITHUB_BASE_REF": "main"}
    assert "it adds an edition" not in write_summary(tmp_path, "", repository, **given)
    record.write_text("{} ", encoding="utf-8")
    assert "it adds an edition" in write_summary(tmp_path, "", repository, **given)

    record.write_text("{}", encoding="utf-8")
    record.with_name("2027-01-31.json").write_text("{}", encoding="utf-8")
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    assert "it adds an edition" in write_summary(tmp_path, "", repository, **given)


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
