"""The import contracts of pyproject.toml hold, and would be broken by what they forbid."""

import logging

import pytest
from importlinter.cli import EXIT_STATUS_ERROR, EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.product import ROOT, contracts


@pytest.fixture(autouse=True)
def _loggers_stay():
    """The linter sets up logging for itself and silences every logger there is; tests after it want them back."""
    found = [
        logger for logger in logging.root.manager.loggerDict.values() if isinstance(logger, logging.Logger)
    ]
    before = [(logger, logger.disabled) for logger in found]
    yield
    for logger, was in before:
        logger.disabled = was


def test_the_import_contracts_hold(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)

    status = lint_imports(no_cache=True, no_logo=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("secretariat.foundation.audit", "secretariat.engines.sealed"),
        ("secretariat.summit.honours", "secretariat.summit.review"),
    ],
)
def test_the_contracts_see_the_imports_that_are_there(importer, imported, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(ROOT)
    config = tmp_path / "contracts.ini"
    config.write_text(
        "[importlinter]\nroot_package = secretariat\n[importlinter:contract:1]\nname = planted\n"
        f"type = forbidden\nsource_modules = {importer}\nforbidden_modules = {imported}\n"
    )

    assert lint_imports(config_filename=str(config), no_cache=True, no_logo=True) == EXIT_STATUS_ERROR
    assert f"{importer}." in capsys.readouterr().out


def test_the_wings_are_all_told():
    wings = next(contract for contract in contracts() if contract["containers"] == ["secretariat"])

    assert wings["exhaustive"] is True
