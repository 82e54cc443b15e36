"""Every kind this installation declares can be told: words, values, addresses, both languages."""

import ast
from datetime import date
from uuid import UUID

import pytest
from django.urls import resolve
from django.utils.translation import override

from secretariat.foundation.notices import brand, kinds
from secretariat.foundation.notices.rendering import digest_of, letter_of, sample_letter, say
from tests.architecture.product import python_files, tree
from tests.factories.notices import declare_kinds

pytestmark = pytest.mark.django_db  # whose mail it is stands in the registry
declare_kinds()
OURS = [kind for kind in kinds.all_kinds() if kind.group not in ("tests", "duty")]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.key)
def test_a_kind_speaks_both_languages_with_its_sample(kind):
    letters = {}
    for language in ("en", "zh-hans"):
        with override(language):
            letters[language] = sample_letter(kind)

    assert kind.placeholders() <= set(kind.sample)
    assert letters["en"].subject != letters["zh-hans"].subject
    for letter in letters.values():
        assert "%(" not in letter.text + letter.html
        assert len(letter.subject) <= 150


@pytest.mark.parametrize("kind", [kind for kind in OURS if kind.path], ids=lambda kind: kind.key)
def test_a_kind_leads_to_a_page_there_is(kind):
    assert resolve(say(kind, kind.sample, UUID(int=1), "UTC").path.partition("?")[0])
    assert kind.action


def test_whatever_is_told_is_declared():
    """A literal ``kind=`` in a call of ``tell`` names a kind; it would fail only when it happens otherwise."""
    told = {
        keyword.value.value
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "tell"
        for keyword in node.keywords
        if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant)
    }

    assert told
    assert told <= {kind.key for kind in kinds.all_kinds()}


def test_a_kind_and_a_group_are_declared_once():
    with pytest.raises(ValueError, match="'plain' is registered twice"):
        kinds.register_kind(kinds.find_kind("plain"))
    with pytest.raises(ValueError, match="'tests' is registered twice"):
        kinds.register_group(next(group for group in kinds.all_groups() if group.key == "tests"))


def test_what_is_said_is_safe_in_html_and_one_line_in_the_subject():
    kind = kinds.find_kind("opened")
    said = say(
        kind,
        {"call": "<b>A</b>\r\nBcc: x@example.org", "until": "2022-07-01T16:00:00+00:00"},
        UUID(int=1),
        "UTC",
    )

    letter = letter_of(said, said.path, "why", kind)

    assert "\n" not in letter.subject
    assert "<b>A</b>" not in letter.html
    assert "&lt;b&gt;A&lt;/b&gt;" in letter.html


def test_what_is_simulated_says_so_in_every_mail(monkeypatch):
    monkeypatch.setattr(brand, "_PROVIDERS", [lambda: brand.Brand("The Organisation", "Simulated")])
    said = say(kinds.find_kind("plain"), {}, UUID(int=1), "UTC")
    for letter in (letter_of(said, "/my/", "why"), digest_of([(said, "/my/")], date(2022, 6, 2), "/my/")):
        assert letter.subject.startswith("[Simulated] ")
        for part in (letter.text, letter.html):
            assert "The Organisation" in part
            assert "Simulated" in part
