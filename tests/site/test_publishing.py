"""However a build ends, readers see a complete site: the old one or the new one."""

import ctypes
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, copy_project, read_files

from generator.__main__ import main
from generator.exports.build import swap_folders

BUILD = [sys.executable, "-m", "generator", "build"]
KILLS = 20
SWAPS = f"""
import runpy, pathlib
swap_folders = runpy.run_path({str(ROOT / "generator" / "exports" / "build.py")!r})["swap_folders"]
print("ready", flush=True)
while True:
    swap_folders(pathlib.Path("new"), pathlib.Path("old"))
"""
"""A script that swaps two folders until it is killed. It starts faster without the rest of the generator."""


def start_build(project: Path, site: Path, address: str = "") -> subprocess.Popen[str]:
    """Start to build a project into `site`, in a session of its own, so that all of it can be killed."""
    return subprocess.Popen(
        [*BUILD, str(site)],
        cwd=project,
        env=os.environ
        | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", "SITE_URL": address, "DOWNLOADS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a copy of the project with its site in English only, which builds faster. No test changes it."""
    return copy_project(tmp_path_factory.mktemp("english") / "project")


def test_killed_builds_leave_a_complete_site(project: Path, tmp_path: Path) -> None:
    """Two builds run at a time and give pages with different addresses, so a mixture of two sites would show."""
    folder, versions = tmp_path / "site", []
    addresses = ("https://one.example/", "https://two.example/")
    for address in addresses:
        started = time.monotonic()
        output, _ = start_build(project, folder, address).communicate()
        duration = time.monotonic() - started
        versions.append(read_files(folder))
        assert len(versions[-1]) > 150, output
    assert versions[0] != versions[1]
    for _ in range(KILLS // 2):
        moments = sorted(random.uniform(0, duration * 1.5) for _ in addresses)
        started = time.monotonic()
        builds = [start_build(project, folder, address) for address in random.sample(addresses, 2)]
        for build, moment in zip(builds, moments, strict=True):
            time.sleep(max(0, started + moment - time.monotonic()))
            os.killpg(build.pid, signal.SIGKILL)
            build.communicate()
        assert read_files(folder) in versions, f"killed after {moments} seconds"


def test_a_kill_during_the_swap_leaves_a_complete_site(tmp_path: Path) -> None:
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        for number in range(100):
            (tmp_path / name / f"{number}.html").write_text(name)
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", SWAPS], cwd=tmp_path, stdout=subprocess.PIPE) as child:
            assert child.stdout
            assert child.stdout.readline() == b"ready\n"
            time.sleep(random.uniform(0, 0.01))
            child.kill()
        files = read_files(tmp_path / "old")
        assert len(files) == 100
        assert len(set(files.values())) == 1


def test_folders_are_swapped_where_the_system_cannot_exchange_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    old, new = tmp_path / "site", tmp_path / "folder" / "site"
    for text in ("first", "second"):
        new.mkdir(parents=True, exist_ok=True)
        (new / "index.html").write_text(text)
        swap_folders(new, old)
        assert read_files(old) == {"index.html": text.encode()}


def test_two_builds_at_once(tmp_path: Path, site: Path) -> None:
    builds = [start_build(ROOT, tmp_path / "site") for _ in range(2)]
    for build in builds:
        output, _ = build.communicate()
        assert build.returncode == 0, output
    assert read_files(tmp_path / "site") == read_files(site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_full_disk_leaves_the_old_site(project: Path, tmp_path: Path) -> None:
    """A limit on the size of a file gives the same kind of error as a full disk, without needing one."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("the last good site")
    build = start_build(project, tmp_path / "site")
    resource.prlimit(build.pid, resource.RLIMIT_FSIZE, (50_000, 50_000))
    output, _ = build.communicate()
    assert build.returncode == 1
    assert "File too large. The last good site is still there." in output
    assert "Traceback" not in output
    assert read_files(tmp_path / "site") == {"index.html": b"the last good site"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["build", str(tmp_path / "file" / "site")]) == 1
    assert "Not a directory" in capsys.readouterr().err


def test_what_killed_builds_left_is_deleted(project: Path, tmp_path: Path) -> None:
    for name, age in ((".site-killed", 7200), (".site-running", 60)):
        (tmp_path / name / "site").mkdir(parents=True)
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    build = start_build(project, tmp_path / "site")
    output, _ = build.communicate()
    assert build.returncode == 0, output
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site-running"}
