"""The source tree follows the design: packages have an order, and each library is used in one place."""

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
PACKAGES = ["reading", "editions", "editing", "exports", "pages"]
"""The packages in their order: each may import those before it. All may import the shared types at the top level."""
CONNECTING = ["__init__", "site", "preview", "publish", "__main__"]
"""The top-level modules that connect the packages, in their order. No package imports them."""
LIBRARIES = {"yaml": "reading", "jinja2": "pages", "docx": "pages", "mkdocs": "publish"}
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


def test_these_are_the_packages() -> None:
    assert {folder.parent.name for folder in GENERATOR.glob("*/__init__.py")} == set(PACKAGES)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_package_imports_only_those_below_it(module: Path) -> None:
    home, *_ = name_of(module).split(".")
    order = [*PACKAGES, *CONNECTING]
    used = {find_home(name) for name in imports_of(module) if name.startswith("generator")} & set(order)
    assert used <= set(order[: order.index(home) + 1] if home in order else [])


def find_home(name: str) -> str:
    """Return the package or top-level module of an imported name: what `generator` itself has is in its `__init__`."""
    part = name.split(".")[1]
    return part if (GENERATOR / part).is_dir() or (GENERATOR / f"{part}.py").is_file() else "__init__"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_module_changes_what_another_one_defines(module: Path) -> None:
    """Nothing is assigned into an imported module or class, and no function is replaced while the program runs."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [getattr(node, "target", None)]
        for target in targets:
            while isinstance(target, ast.Attribute | ast.Subscript):
                target = target.value
                assert not (isinstance(target, ast.Name) and target.id in imported), ast.unparse(node)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("setattr", "delattr"):
            assert not (isinstance(node.args[0], ast.Name) and node.args[0].id in imported), ast.unparse(node)


def test_no_name_of_a_journey_is_in_the_code() -> None:
    """What a site is called comes from mkdocs.yml, and what a goal is called from its files."""
    files = [GENERATOR, GENERATOR.parent / "overrides", GENERATOR.parent / "content" / "assets"]
    kinds = {".py", ".html", ".xml", ".typ", ".js", ".css", ".svg"}
    texts = {file: file.read_text("utf-8") for each in files for file in each.rglob("*") if file.suffix in kinds}
    assert len(texts) > 150
    assert [str(file) for file, text in texts.items() if "cohesive" in text.casefold()] == []


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
