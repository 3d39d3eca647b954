"""Modules and functions stay as small as a reader's attention."""

from tests.support.sources import PRODUCT, functions, name_of, python_files

LINES_OF_A_MODULE = 300
LINES_OF_A_FUNCTION = 40


def test_no_module_grows_beyond_the_stop() -> None:
    long = {
        name_of(path): lines
        for path in python_files(*PRODUCT)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES_OF_A_MODULE
    }
    assert long == {}, "split these by a word of the domain"


def test_no_function_grows_beyond_the_stop() -> None:
    long = {
        f"{name_of(path)}:{function.name}": lines
        for path in python_files(*PRODUCT)
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LINES_OF_A_FUNCTION
    }
    assert long == {}, "give the parts of these names"
