import re
from collections.abc import Mapping

PLACEHOLDERS = ("name", "reference", "deadline")
_PLACE = re.compile(r"\{(\w*)\}")


def unknown_placeholders(*texts: str) -> list[str]:
    """Return what stands in braces and is no placeholder, each once, in its order."""
    found = [name for text in texts for name in _PLACE.findall(text)]
    return [name for name in dict.fromkeys(found) if name not in PLACEHOLDERS]


def uses(placeholder: str, *texts: str) -> bool:
    """Whether one of the texts has this placeholder."""
    return any(f"{{{placeholder}}}" in text for text in texts)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled; what is no placeholder stays, and nothing is filled twice."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def is_chinese(language: str) -> bool:
    return language.startswith("zh")
