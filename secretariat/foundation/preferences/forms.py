from django import forms
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from secretariat.foundation.preferences.models import SavedView


class ViewForm(forms.ModelForm):
    """A view as the form below a list sends it."""

    class Meta:
        model = SavedView
        fields = ["table", "path", "name", "query", "is_default"]

    def clean_path(self) -> str:
        path = self.cleaned_data["path"]
        if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
            raise forms.ValidationError(_("This is no address of ours."))
        return path

    def clean_query(self) -> str:
        """Keep what narrows, orders and shapes the list; where one stood in it is no part of a view."""
        query = QueryDict(self.cleaned_data["query"], mutable=True)
        for name in ("after", "before", "at", "export", "view"):
            query.pop(name, None)
        return query.urlencode(safe=",")
