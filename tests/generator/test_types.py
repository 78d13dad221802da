"""The types in all of the code agree, with the settings in pyproject.toml."""

import subprocess
import sys

from conftest import ROOT


def test_mypy_finds_nothing() -> None:
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
