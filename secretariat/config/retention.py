"""Writes docs/reference/retention.md from what the apps declare: with ``python -m secretariat.config.reference``."""

from pathlib import Path

from django.utils import translation

from secretariat.foundation.audit.holdings import ENDINGS
from secretariat.foundation.privacy.declarations import declared

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "retention.md"
HEAD = """# What is kept of people

Written by `python -m secretariat.config.reference`; a test keeps it true. Each app declares what it keeps in its
`privacy.py`. The same in words, in every language, stands at `/privacy/`; how it works, in
[privacy](../explanation/privacy.md). What has run out, `secretariat retention` says.

| at the end | what happens |
| --- | --- |
"""


def retention_page() -> str:
    """Return the page: each app's holdings, field by field."""
    with translation.override("en"):
        lines = [HEAD + "\n".join(f"| `{key}` | {words} |" for key, words in ENDINGS.items()), ""]
        for app, told in declared().items():
            lines += [
                f"## {app}\n",
                "| rows | of a person | what for | ground | kept | at the end | why something stays |",
                "| --- | --- | --- | --- | --- | --- | --- |",
                *(
                    f"| `{h.model}` | {', '.join(f'`{name}`' for name in h.fields)} | {h.purpose} | {h.ground} "
                    f"| {h.kept} | `{h.at_end}` | {h.why_kept} |"
                    for h in told.holdings
                ),
                "",
            ]
        return "\n".join(lines)
