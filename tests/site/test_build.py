"""Building: from good guidance a site, from a mistake a message and the last good site."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, mkdocs_build

SIMPLE = "journeys/cohesive-communities/people-active-in-their-communities/simple.yml"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with what it holds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def make(project: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run one of the project's commands in a copy, with the set-up that is there."""
    (project / ".venv").symlink_to(Path(sys.prefix))
    untouched = [f"--assume-old={target}" for target in (".venv/build", ".venv/test", "requirements.txt")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *untouched, command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def test_a_mistake_leaves_the_last_good_site(project: Path) -> None:
    """Both ways to build: the project's command, and the generator of the site by itself."""
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site")
    simple = project / SIMPLE
    wording = simple.read_text(encoding="utf-8")
    simple.write_text(wording.replace("title: Help a parkrun start", "titel: Help a parkrun start"), encoding="utf-8")
    line = wording[: wording.index("title: Help a parkrun start")].count("\n") + 1
    expected = f'{SIMPLE}:{line}:3: An action has no field "titel". Did you mean "title"?'

    for done in (mkdocs_build(project, project / "site"), make(project, "build")):
        assert done.returncode != 0
        assert expected in done.stderr
        assert "Traceback" not in done.stderr
        assert contents(project / "site") == {"index.html": b"the last good site"}


def test_a_broken_link_in_a_hand_written_page_leaves_the_last_good_site(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site")
    (project / "content" / "about" / "offline.md").write_text("# Offline\n\n[Gone](../topics/gone.md)\n")
    done = make(project, "build")
    assert done.returncode != 0
    assert "topics/gone.md" in done.stderr
    assert contents(project / "site") == {"index.html": b"the last good site"}


def test_exit_status_of_the_check(project: Path) -> None:
    check = [sys.executable, "-m", "generator", "check"]
    assert subprocess.run(check, cwd=project, capture_output=True, check=False).returncode == 0
    (project / SIMPLE).write_text("")
    done = subprocess.run(check, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{SIMPLE}:1:1: The file is empty." in done.stderr


def test_two_builds_are_the_same(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert mkdocs_build(ROOT, again, SITE_URL="", EDIT_URI="").returncode == 0
    assert contents(site) == contents(again)


def test_offline_copy(project: Path, tmp_path: Path) -> None:
    done = make(project, "offline")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(project / "dist" / "journey-to-cohesive-communities.zip") as archive:
        archive.extractall(tmp_path / "stick")
    copied = contents(tmp_path / "stick" / "journey-to-cohesive-communities")
    assert copied == contents(project / "site")


def test_make_alone_lists_the_commands() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in ("build", "serve", "check", "test", "offline"):
        assert f"make {command}" in " ".join(listed.split())


def test_edit_links_lead_to_the_line(tmp_path: Path) -> None:
    address = "https://code.example/our/guidance/edit/main/"
    assert mkdocs_build(ROOT, tmp_path / "site", EDIT_URI=address).returncode == 0
    page = (tmp_path / "site" / "actions" / "help-a-parkrun-start.html").read_text(encoding="utf-8")
    lines = (ROOT / SIMPLE).read_text(encoding="utf-8").splitlines()
    line = lines.index("- id: help-a-parkrun-start") + 1
    assert f'href="https://code.example/our/guidance/edit/main/{SIMPLE}#L{line}"' in page


def test_without_a_repository_no_edit_link(site: Path) -> None:
    assert 'rel="edit"' not in (site / "actions" / "help-a-parkrun-start.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("unused", ["assets/javascripts/lunr", ".map"])
def test_nothing_that_no_page_asks_for(site: Path, unused: str) -> None:
    assert [name for name in contents(site) if unused in name] == []
