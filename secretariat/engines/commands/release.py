"""Which release of the product is running."""

import tomllib
from importlib import metadata
from pathlib import Path


def version() -> str:
    """The version, of the installed package or else of the source tree this file is in."""
    project = Path(__file__).resolve().parents[3] / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version("secretariat")
