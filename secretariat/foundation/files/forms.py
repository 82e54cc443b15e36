from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import own_file


class PiecesInput(forms.FileInput):
    """A file input beside which a script may leave the id of a file that came in pieces."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) or data.get(f"{name}_file") or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and f"{name}_file" not in data


class HandedInField(forms.FileField):
    """A file sent with its form, or in pieces before it.

    Its clean value is an uploaded file, which ``store_file`` takes, or a ``File`` of the actor's own. The form sets
    ``actor``.
    """

    widget = PiecesInput

    def __init__(self, *, allowed_types: Collection[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self.allowed_types, self.actor = allowed_types, Actor()

    def to_python(self, data: Any) -> UploadedFile | File | None:
        if not isinstance(data, str):
            return super().to_python(data)
        try:
            file = own_file(self.actor, UUID(data))
        except ValueError:
            file = None
        if file is None:
            raise forms.ValidationError(_("The file did not arrive. Please choose it again."))
        if self.allowed_types and file.media_type not in self.allowed_types:
            allowed = ", ".join(sorted(self.allowed_types))
            raise forms.ValidationError(
                _("“%(name)s” is a file of the type %(type)s; these are accepted: %(allowed)s.")
                % {"name": file.name, "type": file.media_type, "allowed": allowed}
            )
        return file
