"""The source tree follows the design: packages don't import each other, and each library is used in one place."""

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
PACKAGES = {folder.parent.name for folder in GENERATOR.glob("*/__init__.py")}
CONNECTING = {"__init__", "__main__", "publish"}
"""Top-level modules that connect packages. The others hold shared types and import no package."""
LIBRARIES = {"yaml": "reading", "jinja2": "pages", "mkdocs": "publish"}
"""The only package or module that imports a library."""


def name_of(module: Path) -> str:
    """Return a module's dotted name inside `generator`, like `reading.load`."""
    return ".".join(module.relative_to(GENERATOR).with_suffix("").parts)


def imports_of(module: Path) -> set[str]:
    """Return the full name of everything that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: write the full name of the imported module."
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_packages_do_not_import_each_other(module: Path) -> None:
    home, *_ = name_of(module).split(".")
    if home not in CONNECTING:
        used = {name.split(".")[1] for name in imports_of(module) if name.startswith("generator.")}
        assert used & (PACKAGES | CONNECTING) <= {home}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_each_library_is_used_in_one_place(module: Path) -> None:
    home, *_ = name_of(module).split(".")
    libraries = {name.split(".")[0] for name in imports_of(module)}
    assert {library for library, only in LIBRARIES.items() if only != home} & libraries == set()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_function_has_the_name_of_a_module(module: Path) -> None:
    """A function imported into a package would hide the module of the same name."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert defined & {path.stem for path in MODULES} == set()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_modules_and_public_classes_have_docstrings(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
