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
