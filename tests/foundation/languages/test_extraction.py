import pytest

from secretariat.foundation.languages.extraction import (
    Message,
    messages_below,
    python_messages,
    template_messages,
)

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext_lazy as several, pgettext
from django.utils import translation

label = gettext_lazy("organisation")
longer = _("one sentence "
           "in two pieces") % {}
count = several("%(n)d seat", "%(n)d seats", "n")
short = pgettext("month", "May")
again = translation.gettext("by its module")
f = other("not this"), _(label), _("")
"""


def test_python_strings_are_found_under_whatever_name_they_were_imported():
    assert set(python_messages(PYTHON)) == {
        Message("organisation"),
        Message("one sentence in two pieces"),
        Message("%(n)d seat", plural="%(n)d seats"),
        Message("May", context="month"),
        Message("by its module"),
    }


def test_an_underscore_that_is_not_gettext_is_left_alone():
    assert list(python_messages('_ = print\n_("not this")\n')) == []


TEMPLATES = [
    ('{% translate "Open calls" %}', {Message("Open calls")}),
    ("{% trans 'It\\'s open' as title %}", {Message("It's open")}),
    ('{% translate "May" context "month" %}', {Message("May", context="month")}),
    ('{% translate "100 % sure" %}', {Message("100 %% sure")}),
    ("{% translate name %}", set()),
    ('{{ _("Close") }} {{ value|default:_("none") }}', {Message("Close"), Message("none")}),
    ('{% include "a.html" with title=_("Seats") %}', {Message("Seats")}),
    (
        "{% blocktranslate with name=x %} {{ name }}: 5 % {% endblocktranslate %}",
        {Message(" %(name)s: 5 %% ")},
    ),
    (
        "{% blocktranslate trimmed %}\n  Two\n  lines\n{% endblocktranslate %}",
        {Message("Two lines")},
    ),
    (
        "{% blocktranslate trimmed count n=xs|length context 'list' %}\n{{ n }} item\n{% plural %}\n"
        "{{ n }} items\n{% endblocktranslate %}",
        {Message("%(n)s item", context="list", plural="%(n)s items")},
    ),
    ('{# {% translate "no" %} #}{% comment %}{% translate "no" %}{% endcomment %}', set()),
    ('{% verbatim %}{% translate "no" %}{% endverbatim %}', set()),
    ('<c-button label="{% translate "Send" %}" />', {Message("Send")}),
    ("{{ title|default:'translate \"no\"' }}", set()),
]


@pytest.mark.parametrize(("source", "messages"), TEMPLATES, ids=[source[:40] for source, _ in TEMPLATES])
def test_template_strings_are_found_as_django_looks_them_up(source, messages):
    assert set(template_messages(source)) == messages


def test_a_folder_is_read_with_the_places_of_its_strings(tmp_path):
    files = {
        "app/models.py": 'from django.utils.translation import gettext as _\n_("seat")\n',
        "app/views.py": 'from django.utils.translation import gettext as _\n_("seat")\n_("roll")\n',
        "app/migrations/0001.py": 'from django.utils.translation import gettext as _\n_("frozen")\n',
        "app/templates/app/page.html": '{% translate "roll" %}',
        "app/static/page.html": '{% translate "not a template" %}',
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)

    assert messages_below(tmp_path / "app") == {
        Message("seat"): {"app/models.py", "app/views.py"},
        Message("roll"): {"app/views.py", "app/templates/app/page.html"},
    }
