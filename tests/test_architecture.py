"""The house keeps its order: imports go one way, and every file says what it is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("directory", "handover", "bot", "actions", "web_widget")

# package → what it may import of ours (docs/architecture.md)
MAY_IMPORT = {
    "directory": (),
    "handover": ("directory",),
    "bot/understanding": ("directory", "bot.understanding"),
    "bot/measuring": ("directory", "bot.understanding", "bot.measuring"),
    "bot/components": ("directory", "bot.understanding", "bot.components", "bot.launch"),
    "bot/launch": ("directory", "handover", "bot.launch"),
    "actions": ("directory", "handover", "bot.understanding", "actions"),
    "web_widget": ("directory", "handover", "bot.understanding", "web_widget"),
}
# library → the only place that may import it
ONLY_IN = {
    "rasa": "bot/components",
    "rasa_sdk": "actions",
    "flask": "web_widget",
    "onnxruntime": "directory",
    "faiss": "directory",
    "starlette": "directory",
    "torch": "directory",
}


def modules(place: str = "") -> list[Path]:
    return [file for package in OURS for file in (ROOT / package).rglob("*.py") if str(file.relative_to(ROOT)).startswith(place)]


def imports(file: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return found


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_lies_beneath_it(package: str) -> None:
    allowed = (*MAY_IMPORT[package], package.replace("/", "."))
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(f"{package}/")
        for name in imports(file)
        if name.split(".")[0] in OURS and not any(name == ok or name.startswith(f"{ok}.") for ok in allowed)
    ]
    assert not wrong, f"Against the direction of docs/architecture.md: {wrong}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_in_one_place_only(library: str) -> None:
    wrong = [
        str(file.relative_to(ROOT))
        for file in modules()
        if not str(file.relative_to(ROOT)).startswith(f"{ONLY_IN[library]}/")
        and any(name.split(".")[0] == library for name in imports(file))
    ]
    assert not wrong, f"{library} belongs in {ONLY_IN[library]} alone: {wrong}"


def test_every_module_opens_with_one_sentence_that_says_what_it_holds() -> None:
    wrong = []
    for file in modules():
        said = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").splitlines()
        if not said or not said[0].strip().endswith((".", ":")):
            wrong.append(str(file.relative_to(ROOT)))
    assert not wrong, f"Begin these with a docstring whose first line is one sentence: {wrong}"


def test_no_file_has_grown_to_two_subjects() -> None:
    long = [f"{file.relative_to(ROOT)}: {n}" for file in modules() if (n := len(file.read_text().splitlines())) > 350]
    assert not long, f"Split these: {long}"


def test_the_tree_names_no_package_registry_and_no_machine() -> None:
    wrong = []
    for file in [*ROOT.glob("*.txt"), *ROOT.glob("*.toml"), *ROOT.glob("*.md"), *(ROOT / "scripts").iterdir(), *modules()]:
        text = file.read_text(encoding="utf-8")
        if re.search(r"pypi\.org|files\.pythonhosted|registry\.npmjs|--index-url|/root/", text):
            wrong.append(str(file.relative_to(ROOT)))
    assert not wrong
