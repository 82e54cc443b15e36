"""Every act has words: a timeline never shows a verb of the code."""

import ast

from secretariat.foundation.audit.words import verbs
from tests.architecture.product import PRODUCT, name, python_files, tree


def verbs_in_code():
    """The literal verbs of every ``audit.act(…)``, with where they stand."""
    for path in python_files(PRODUCT):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "act"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield node.args[0].value, f"{name(path)}:{node.lineno}"


def test_every_verb_of_an_act_has_words():
    known = verbs()

    assert {f"{where} {verb}" for verb, where in verbs_in_code() if verb not in known} == set()


def test_the_verbs_were_found():
    assert {"call_opened", "task_set", "review_handed_in"} <= {verb for verb, _ in verbs_in_code()}


WORDS = {"gettext", "ngettext", "pgettext", "npgettext"}


def spoken_at_import(module):
    """Where words are put into a language while a module is read: whoever reads them later gets that one."""
    spoken = {
        alias.asname or alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in WORDS
    }
    later = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)

    def calls(node):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in spoken:
            yield node.lineno
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, later):
                yield from calls(child)

    return list(calls(module))


def test_no_words_are_spoken_at_import():
    found = {name(path): lines for path in python_files(PRODUCT) if (lines := spoken_at_import(tree(path)))}

    assert found == {}


def test_words_spoken_at_import_would_be_found():
    code = "from django.utils.translation import gettext as _\nA = _('a')\ndef b():\n    return _('b')\n"

    assert spoken_at_import(ast.parse(code)) == [2]
