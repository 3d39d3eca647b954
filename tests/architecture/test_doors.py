"""Door plates and descriptions: packages say what they are, and public things what they mean."""

import ast

from tests.support.sources import PRODUCT, name_of, parsed, python_files


def test_every_package_door_holds_a_sentence_and_nothing_else() -> None:
    wrong = [
        name_of(path)
        for path in python_files(*PRODUCT)
        if path.name == "__init__.py"
        and (len(parsed(path).body) != 1 or ast.get_docstring(parsed(path)) is None)
    ]
    assert wrong == []


def test_every_package_has_a_door() -> None:
    without = {
        name_of(path.parent)
        for path in python_files(*PRODUCT)
        if not (path.parent / "__init__.py").exists() and not _is_a_script(path.parent.parts)
    }
    assert without == set()


def test_every_public_thing_is_described() -> None:
    bare = [
        f"{name_of(path)}:{getattr(node, 'name', 'module')}"
        for path in python_files(*PRODUCT)
        for node in _public_things(parsed(path))
        if not (ast.get_docstring(node) or "").strip()
    ]
    assert bare == []


def test_tests_are_found_by_path_not_as_packages() -> None:
    assert [name_of(path) for path in python_files("tests") if path.name == "__init__.py"] == []


def _is_a_script(parts: tuple[str, ...]) -> bool:
    return bool({"static", "migrations", "locales"} & set(parts))


def _public_things(
    module: ast.Module,
) -> list[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    found: list[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef] = [module]
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(node)
        if isinstance(node, ast.ClassDef):
            found += [
                each
                for each in node.body
                if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
                and not _is_overload(each)
            ]
    return [node for node in found if isinstance(node, ast.Module) or not node.name.startswith("_")]


def _is_overload(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("overload" in ast.unparse(decorator) for decorator in function.decorator_list)
