"""The rules of the house that a machine can check."""

import ast
import re

import pytest

from tests.architecture.product import (
    FUNCTIONS,
    PRODUCT,
    ROOT,
    apps_on_disk,
    functions,
    name,
    python_files,
    tracked_files,
    tree,
)

VAGUE = {"utils", "util", "helpers", "helper", "common", "services", "service", "misc"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES_OF_A_QUERY = {"update", "delete"}
SQL_WRITE = re.compile(r"\s*(?:INSERT INTO|UPDATE \S+ SET|DELETE FROM|TRUNCATE)\b")
PHYSICAL = re.compile(
    r"\b(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|(?<![-\w])(?:left|right)\s*:|\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
# What says more about whoever wrote it, or where, than about the product.
UNWANTED = {
    "unfinished work": re.compile(r"\b(?:TODO|FIXME|XXX)\b|raise NotImplementedError"),
    "the host of a package index": re.compile(r"--(?:extra-)?index-url|--find-links|https?://\S+/simple\b"),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:home|root|Users)/"),
    "American spelling": re.compile(
        r"\b(?:[Oo]rganiz(?:e|ed|er|ing|ation)s?|[Hh]onor(?:s|ed|ing)?|[Ff]avorites?)\b"
        r'(?!": "organisation)'  # the table of spellings that are made one
    ),
}
OPENS, LOCKS = (
    re.compile(r"\bact\(|\batomic\b"),
    re.compile(r"(?:^|\.)_?lock(?:ed)?(?:_\w+)?$|select_for_update$"),
)
PARTS_THAT_LOCK = {"pass_chair"}  # part of the acts of others, which have begun by then
# Parts of actions that have a file of their own: outside their app only actions call them.
PARTS_OF_ACTIONS = {
    "secretariat/registry/imports/progress.py": "how far a running import is, told beside its transaction",
    "secretariat/registry/identity/fills.py": "what a merge takes over, and how it is given back",
    "secretariat/registry/places/loading.py": "one statement for all rows of a table that a profile loads",
}
# A name that is spelt so by whoever bears it, or what this file and the tests look for.
ALLOWED = {"tests/architecture/test_houserules.py", "LICENSE"}
PROPER = ("profiles/", "docs/glossary.md", "docs/decisions/", "tests/conformance/", "requirements")


@pytest.mark.parametrize("kind", UNWANTED)
def test_nothing_unwanted_stands_in_the_repository(kind):
    found = set()
    for path in tracked_files():
        if name(path) in ALLOWED or (kind == "American spelling" and name(path).startswith(PROPER)):
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found |= {
            f"{name(path)}:{at} {hit[0]}"
            for at, line in enumerate(lines, 1)
            if (hit := UNWANTED[kind].search(line))
        }

    assert found == set()


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("unfinished work", "# TODO: think"),
        ("unfinished work", "    raise NotImplementedError"),
        ("the host of a package index", "--index-url https://example.org/simple"),
        ("a path of one machine", 'open("/home/somebody/file")'),
        ("American spelling", "an international organization"),
    ],
)
def test_what_is_unwanted_would_be_found(kind, line):
    assert UNWANTED[kind].search(line)


def test_no_module_has_a_name_that_says_nothing():
    parts = {part for path in python_files() for part in path.relative_to(PRODUCT).with_suffix("").parts}

    assert parts & VAGUE == set()


def test_every_app_says_what_it_is_for():
    readmes = {app: ROOT.joinpath(*app.split("."), "README.md") for app in apps_on_disk()}

    assert {app for app, readme in readmes.items() if not readme.exists()} == set()
    assert {
        app
        for app, readme in readmes.items()
        if readme.exists() and len(readme.read_text().splitlines()) > 15
    } == set()


def test_no_model_overrides_how_it_is_saved():
    overriding = {
        f"{name(path)}: {node.name}.{function.name}"
        for path in python_files()
        if "models" in path.relative_to(PRODUCT).with_suffix("").parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        for function in node.body
        if isinstance(function, FUNCTIONS) and function.name in {"save", "delete"}
    }

    assert overriding == set()


def test_only_actions_save():
    saving = {
        f"{name(path)}:{line}" for path in python_files() if not may_save(path) for line in writes(path)
    }

    assert saving == set()


def may_save(path):
    """Actions and their parts, the trail itself, and whoever makes a simulated world."""
    inside = path.relative_to(PRODUCT).with_suffix("").parts
    if name(path) in PARTS_OF_ACTIONS:
        return True
    return (
        "actions" in inside or inside[:2] == ("foundation", "audit") or inside[0] in {"simulation", "engines"}
    )


@pytest.mark.parametrize("part", PARTS_OF_ACTIONS)
def test_parts_of_actions_are_called_by_actions(part):
    module = part.removesuffix(".py").replace("/", ".")
    importers = {
        name(path)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        if node.module == module or module in {f"{node.module}.{alias.name}" for alias in node.names}
    }

    folder = part.rpartition("/")[0]
    assert importers
    assert {
        path for path in importers if path.rpartition("/")[0] != folder and "/actions" not in path
    } == set()


def writes(path):
    """The lines of a file that write to the database, as far as their form tells."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Call(func=ast.Attribute(value=receiver, attr=attr)):
                asked = re.search(r"objects\b|\.(?:filter|exclude|all)\(", ast.unparse(receiver))
                if ast.unparse(receiver).startswith("segno."):
                    continue  # draws a picture
                if attr in WRITES or (attr in WRITES_OF_A_QUERY and asked):
                    yield node.lineno
            case ast.Constant(value=str(text)) if SQL_WRITE.match(text):
                yield node.lineno


def test_an_action_knows_who_acts_and_when():
    """Whatever opens an act is told the actor and the time, by name."""
    wrong = {
        f"{name(path)}: {function.name}"
        for path in python_files()
        if "actions" in path.relative_to(PRODUCT).with_suffix("").parts
        for function in tree(path).body
        if isinstance(function, FUNCTIONS) and not function.name.startswith("_") and opens_act(function)
        if not {"actor", "now"} <= {argument.arg for argument in function.args.kwonlyargs}
        or function.args.args
    }

    assert wrong == set()


def opens_act(function):
    return any(
        isinstance(node, ast.With) and ast.unparse(node.items[0].context_expr).startswith("audit.act(")
        for node in ast.walk(function)
    )


def test_only_views_see_a_request():
    seeing = {
        f"{name(path)}: {function.name}"
        for path in python_files()
        if {"actions", "queries", "rules", "models", "logic"}
        & set(path.relative_to(PRODUCT).with_suffix("").parts)
        for function in functions(path)
        if "request" in {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
    }

    assert seeing == set()


def public_functions():
    """The public functions of engines, queries and actions with the file of each."""
    for path in python_files():
        parts = path.relative_to(PRODUCT).with_suffix("").parts
        if parts[0] == "engines" or {"queries", "actions"} & set(parts):
            for function in tree(path).body:
                if isinstance(function, FUNCTIONS) and not function.name.startswith("_"):
                    yield path, function


def test_public_functions_say_what_they_mean():
    silent = {f"{name(path)}: {f.name}" for path, f in public_functions() if not ast.get_docstring(f)}

    assert silent == set()


def test_public_functions_say_what_they_take_and_return():
    bare = set()
    for path, function in public_functions():
        arguments = function.args
        every = [
            *arguments.posonlyargs,
            *arguments.args,
            *arguments.kwonlyargs,
            arguments.vararg,
            arguments.kwarg,
        ]
        if function.returns is None or any(argument and argument.annotation is None for argument in every):
            bare.add(f"{name(path)}: {function.name}")

    assert bare == set()


def test_style_sheets_know_no_left_and_right():
    physical = {
        f"{name(path)}:{at}"
        for path in tracked_files()
        if path.suffix in {".css", ".html", ".svg"} and path.is_relative_to(PRODUCT)
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PHYSICAL.search(line)
    }

    assert physical == set()


@pytest.mark.parametrize(
    "rule", ["margin-left: 1px", "left: 0", "text-align:right", "border-right-color: red"]
)
def test_a_physical_rule_would_be_found(rule):
    assert PHYSICAL.search(rule)
    assert not PHYSICAL.search("margin-inline-start: 1px; text-align: start; --left-over: 1; inset-inline: 0")


def test_templates_take_parts_only_from_their_own_app_and_the_common_look():
    foreign = set()
    for path in tracked_files():
        if path.suffix != ".html" or not path.is_relative_to(PRODUCT):
            continue
        folder = path.relative_to(PRODUCT).parts
        own = {folder[1], "ui", "cotton", *folder[folder.index("templates") + 1 : -1][:1]}
        taken = re.findall(
            r"""{%\s*(?:include|extends)\s+["']([^"'/#]+)/""", path.read_text(encoding="utf-8")
        )
        foreign |= {f"{name(path)}: {app}" for app in taken if app not in own}

    assert foreign == set()


# What a page holds that is no sentence: machine output, drawings, names of files, the classes of its layout.
NO_SENTENCE = re.compile(
    r"<(code|pre|script|style|svg|samp)\b.*?</\1>|\b\w+\.(?:txt|zip|json|pdf)\b", re.DOTALL
)
LAYOUT = re.compile(r"{% block (?:layout|body_class) %}.*?{% endblock")
SHOWN_ATTRIBUTE = re.compile(
    r"""\b(?:aria-label|title|alt|placeholder|label|heading)=(["'])(.*?)\1""", re.DOTALL
)


def bare_words(source):
    """The English words a template shows without asking the catalogue."""
    source = LAYOUT.sub("{%", source)
    text = re.sub(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|<!--.*?-->", " ", source, flags=re.DOTALL)
    text = re.sub(
        r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", " ", text, flags=re.DOTALL
    )
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    text = NO_SENTENCE.sub(" ", text)
    shown = " ".join(value for _quote, value in SHOWN_ATTRIBUTE.findall(text))
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>|&\w+;", " ", text) + " " + shown))


def test_templates_speak_through_the_catalogue():
    bare = {
        name(path): words
        for path in tracked_files()
        if path.suffix == ".html" and path.is_relative_to(PRODUCT)
        if (words := bare_words(path.read_text(encoding="utf-8")))
    }

    assert bare == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            '<p class="note">{% translate "Open calls" %} <code>sha256</code> {{ name|default:"x" }}</p>',
            set(),
        ),
        ("{% blocktranslate trimmed %}Two words{% endblocktranslate %}{# a comment #}", set()),
        ('<button aria-label="Close it">{% translate "Close" %}</button> and', {"Close", "it", "and"}),
    ],
)
def test_bare_words_of_a_template_are_found(source, words):
    assert bare_words(source) == words


def test_what_an_action_locks_it_locks_within_its_act():
    """A lock outside of a transaction is refused, and tests, which are one themselves, do not show it."""
    wrong = []
    for path in python_files():
        if path.stem != "actions" and path.parent.name != "actions":
            continue
        for function in functions(path):
            if function.name in PARTS_THAT_LOCK:
                continue
            blocks = [
                block
                for block in ast.walk(function)
                if isinstance(block, ast.With) and any(OPENS.search(ast.unparse(i)) for i in block.items)
            ]
            inside = {id(node) for block in blocks for node in ast.walk(block)}
            wrong += [
                f"{name(path)}:{call.lineno} {function.name}"
                for call in ast.walk(function)
                if blocks and isinstance(call, ast.Call) and id(call) not in inside
                and LOCKS.search(ast.unparse(call.func))
            ]  # fmt: skip
    assert wrong == []
