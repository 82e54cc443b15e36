"""The form of a call as an applicant gets it, empty, in the language she reads."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from secretariat.summit.calls import queries
from secretariat.summit.calls.choices import Choices
from secretariat.summit.calls.forms import DraftForm, data_of
from secretariat.summit.calls.models import Call
from secretariat.summit.calls.sections import sections_of


def form_in(language: str, call: Call) -> SafeString:
    """Return the form's sections as the page for writing shows them: the same form, sections and template."""
    specs = queries.field_specs(call)
    choices = Choices(specs)
    with translation.override(language):
        form = DraftForm(specs, call.languages, choices, data_of({}, specs, call.languages, 0), {})
        return render_to_string("calls/form_sections.html", {"sections": sections_of(form, choices, {})})
