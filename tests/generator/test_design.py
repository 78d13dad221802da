"""The code reads like the design: stages do not know each other, and each library has one home."""

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
MODULES = sorted(GENERATOR.glob("*.py"))
STAGES = {"load", "validate", "link", "compare", "guard", "advise", "record"}
STAGES |= {"scaffold", "render", "export", "schema", "publish", "report"}
HOMES = {"yaml": "load", "jinja2": "render", "mkdocs": "publish"}


def imports(module: Path) -> set[str]:
    """Every module that a module imports, by its full name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_imports(module: Path) -> None:
    imported = imports(module)
    if module.stem in STAGES:
        assert imported.isdisjoint({f"generator.{stage}" for stage in STAGES})
    for library, home in HOMES.items():
        if module.stem != home:
            assert library not in {name.split(".")[0] for name in imported}


def test_each_stage_that_reads_has_its_own_to_explain_faults() -> None:
    assert [module.stem for module in MODULES if "generator.explain" in imports(module)] == ["load"]
    assert [module.stem for module in MODULES if "generator.fault" in imports(module)] == ["validate"]


def test_every_stage_is_a_module() -> None:
    assert {module.stem for module in MODULES} >= STAGES


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_says_what_it_is(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
