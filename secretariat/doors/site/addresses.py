"""The public address of a page in each language, for search engines and for whoever quotes it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGE = "language"


@dataclass(frozen=True)
class Address:
    """Where a page stands: without a language the reader's own is used, with one it is fixed."""

    path: str
    language: str = ""

    @property
    def canonical(self) -> str:
        return self.in_language(self.language)

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Each language with the address in it."""
        return [(_tag(code), self.in_language(code)) for code, _name in settings.LANGUAGES]

    @property
    def plain(self) -> str:
        return self.in_language("")

    def in_language(self, code: str) -> str:
        asked = f"?{urlencode({LANGUAGE: code})}" if code else ""
        return f"{settings.SITE_URL.rstrip('/')}{self.path}{asked}"


def _tag(code: str) -> str:
    return "zh-Hans" if code == "zh-hans" else code


def language_asked(request: HttpRequest) -> str:
    """Return the language an address names; empty where it names none, or one we do not have."""
    code = request.GET.get(LANGUAGE, "")
    return code if code in dict(settings.LANGUAGES) else ""


def address_middleware(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Show a page in the language its address names, for this request alone."""

    def in_its_language(request: HttpRequest) -> HttpResponse:
        if code := language_asked(request):
            translation.activate(code)
            request.LANGUAGE_CODE = code
        return answer(request)

    return in_its_language
