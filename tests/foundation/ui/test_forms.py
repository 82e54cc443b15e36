import re

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from secretariat.foundation.accounts.models import Account
from secretariat.foundation.ui.templatetags.forms import kind_of


class EveryForm(forms.Form):
    title_en = forms.CharField(max_length=200, help_text="As on the cover.")
    title_zh = forms.CharField(max_length=200, required=False)
    short = forms.CharField(max_length=20, required=False)
    text = forms.CharField(widget=forms.Textarea(attrs={"class": "own"}), max_length=500, required=False)
    kind = forms.ChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="One of them."
    )
    topics = forms.MultipleChoiceField(
        choices=[("x", "X")], widget=forms.CheckboxSelectMultiple, required=False
    )
    place = forms.ChoiceField(choices=[("se", "SE")], required=False)
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}), required=False)
    paper = forms.FileField(required=False)
    agreed = forms.BooleanField()
    version = forms.IntegerField(widget=forms.HiddenInput)


def shown(source, form=None, **context):
    template = engines["django"].from_string("{% load forms %}" + source)
    return re.sub(r"\s+", " ", template.render({"form": form or EveryForm(), **context}))


def refused(**data):
    return EveryForm({"title_en": "", "version": "x", "kind": "z", **data})


def ids_described(html):
    """The ids named as descriptions, and those among them that stand in the page."""
    named = {name for text in re.findall(r'aria-describedby="([^"]+)"', html) for name in text.split()}
    return named, set(re.findall(r'id="([^"]+)"', html)) & named


@pytest.mark.parametrize(
    ("name", "kind"),
    {
        "title_en": "line", "text": "area", "kind": "group", "topics": "group", "place": "choice", "code": "code",
        "paper": "file", "agreed": "check",
    }.items(),
)  # fmt: skip
def test_every_field_has_its_layout(name, kind):
    assert kind_of(EveryForm()[name]) == kind
    assert f"field--{kind}" in shown("{% field form." + name + " %}")


@pytest.mark.parametrize("form", [EveryForm(), refused()], ids=["fresh", "refused"])
@pytest.mark.parametrize("name", [name for name in EveryForm.base_fields if name != "version"])
def test_what_describes_a_field_is_there(form, name):
    named, there = ids_described(shown("{% field form." + name + " %}", form))

    assert named == there


def test_a_field_says_its_hint_its_error_and_its_limit():
    html = shown("{% field form.title_en %}", refused())

    assert 'aria-describedby="id_title_en-hint id_title_en-limit id_title_en-error"' in html
    assert 'aria-invalid="true"' in html
    assert "As on the cover." in html and "This field is required." in html
    assert "At most 200 characters" in html and "maxlength" not in html


def test_a_short_line_is_held_by_the_browser_and_a_class_of_ones_own_stays():
    assert 'maxlength="20"' in shown("{% field form.short %}")
    assert "data-counts" not in shown("{% field form.short %}")
    assert 'class="control control--area own"' in shown("{% field form.text %}")


def test_a_group_is_a_fieldset_that_says_its_hint_and_error():
    html = shown("{% field form.kind %}", refused())

    assert html.startswith(
        '<fieldset class="field field--group field--wrong" aria-describedby="id_kind-hint id_kind-error">'
    )
    assert '<legend class="field-label">Kind</legend>' in html


def test_optional_is_said_in_words_of_the_reader():
    assert "optional" in shown("{% field form.place %}")
    assert "optional" not in shown("{% field form.title_en %}")
    assert "needed to hand in" in shown("{% field form.place mark='needed to hand in' %}")
    with translation.override("zh-hans"):
        assert "选填" in shown("{% field form.place %}")


def test_a_pair_holds_both_languages_side_by_side():
    html = shown('{% pair form "title" label="Title" %}')

    assert re.findall(r'<label class="field-label" for="(\w+)">(\w+)', html) == [
        ("id_title_en", "English"),
        ("id_title_zh", "中文"),
    ]
    assert re.findall(r'lang="([\w-]+)"', html) == ["en", "zh-hans"]


def test_the_summary_leads_to_every_field_that_is_wrong():
    html = shown("{% form_errors form %}", refused())

    assert re.findall(r'<a href="#([\w-]+)">', html) == ["id_title_en", "id_kind_0", "id_agreed"]
    assert "<li>Enter a whole number.</li>" in html  # of a hidden field: nothing to lead to
    assert "data-focus autofocus" in html
    assert "autofocus" not in shown("{% form_errors form focus=False %}", refused())


def test_the_summary_says_what_is_wrong_with_the_whole_and_nothing_when_nothing_is():
    form = refused()
    form.add_error(None, "<b>Not now.</b>")

    assert "<li>&lt;b&gt;Not now.&lt;/b&gt;</li>" in shown("{% form_errors form %}", form)
    assert shown("{% form_errors form %}").strip() == ""


def test_hidden_fields_are_given_and_seen_by_nobody():
    assert shown("{% hidden_fields form %}").strip() == '<input type="hidden" name="version" id="id_version">'


def test_a_file_is_sent_in_pieces_where_an_address_takes_them():
    html = shown('{% field form.paper upload="/my/uploads/" %}')

    assert 'data-upload="/my/uploads/"' in html and 'name="paper_file"' in html
    assert "data-upload" not in shown("{% field form.paper %}")


def test_a_choice_among_rows_does_not_begin_with_dashes():
    class Choosing(forms.Form):
        plain = forms.ModelChoiceField(queryset=Account.objects.none())
        named = forms.ModelChoiceField(queryset=Account.objects.none(), empty_label="myself")

    text = shown("{% field form.plain %}{% field form.named %}", Choosing())
    assert re.findall(r"<option value=\"\"[^>]*>([^<]*)</option>", text) == ["—", "myself"]
