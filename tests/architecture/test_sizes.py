"""Sizes that stay pleasant."""

import statistics
import warnings

import pytest

from tests.architecture.product import PRODUCT, ROOT, functions, name, python_files, tracked_files

FILE, FILE_WARNING, TEMPLATE, VIEW = 600, 400, 150, 25
FUNCTION, LONG_FUNCTION = 40, 60


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def length(function):
    return function.end_lineno - function.lineno + 1


def limit(path):
    """Mathematics and tests read from top to bottom and may be longer."""
    if path.is_relative_to(PRODUCT / "engines") or not path.is_relative_to(PRODUCT):
        return LONG_FUNCTION
    return VIEW if "views" in path.relative_to(PRODUCT).with_suffix("").parts else FUNCTION


@pytest.mark.filterwarnings("default:.*time to divide it")
def test_no_file_is_longer_than_600_lines():
    sizes = {name(path): lines(path) for path in python_files(ROOT)}
    for long in sorted(path for path, size in sizes.items() if FILE_WARNING < size <= FILE):
        warnings.warn(f"{long} has {sizes[long]} lines: time to divide it", stacklevel=1)

    assert {path: size for path, size in sizes.items() if size > FILE} == {}


def test_no_function_is_too_long():
    long = {
        f"{name(path)}:{function.lineno} {function.name}": length(function)
        for path in python_files(ROOT)
        for function in functions(path)
        if length(function) > limit(path)
    }

    assert long == {}


def test_no_template_is_longer_than_150_lines():
    templates = [path for path in tracked_files() if path.suffix == ".html" and path.is_relative_to(PRODUCT)]

    assert {name(path): lines(path) for path in templates if lines(path) > TEMPLATE} == {}


def test_the_median_file_is_short():
    written = [size for path in python_files() if (size := lines(path))]

    assert statistics.median(written) <= 90
