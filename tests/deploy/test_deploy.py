"""What is shipped for a server agrees with the product: units, proxies, container, and the wheel's contents."""

import configparser
import os
import re
import shutil
import subprocess
import tomllib
from fnmatch import fnmatch

import pytest
from django.core.management import get_commands

from tests.architecture.product import PRODUCT, ROOT, tracked_files

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SERVICES = [unit for unit in UNITS if "backup" not in unit.name]
HARDENED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "PrivateDevices": "yes", "ProtectKernelModules": "yes", "RestrictNamespaces": "yes", "LockPersonality": "yes",
}  # fmt: skip


def unit(path):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(path.read_text())
    return parser["Service"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_a_command_there_is_and_is_closed_in(path):
    service = unit(path)
    command = re.search(r"secretariat (\w+)", service["ExecStart"])

    assert {name: service[name] for name in HARDENED} == HARDENED
    if command:
        assert command[1] in get_commands()
    else:
        assert "secretariat.config.wsgi:application" in service["ExecStart"]


def test_only_the_sealer_reads_the_key_and_writes_the_log():
    text = {path.stem: path.read_text() for path in SERVICES}

    assert {name for name, unit in text.items() if "environment.sealer" in unit} == {"secretariat-sealer"}
    assert {name for name, unit in text.items() if "StateDirectory=secretariat-sealer" in unit} == {
        "secretariat-sealer"
    }
    assert not any("environment.owner" in unit for unit in text.values())


def test_the_target_wants_every_part():
    target = (DEPLOY / "systemd" / "secretariat.target").read_text()

    assert {path.name for path in SERVICES} <= set(re.findall(r"secretariat-\w+\.service", target))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_understands_the_units(tmp_path):
    for path in sorted((DEPLOY / "systemd").iterdir()):
        text = path.read_text()
        (tmp_path / path.name).write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text))
    told = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip

    wrong = [line for line in told.stderr.splitlines() if str(tmp_path) in line and "Unknown" in line]
    # Names an older systemd does not know yet are passed over by it, and wanted by a newer.
    assert [line for line in wrong if "RestartSteps" not in line and "RestartMaxDelaySec" not in line] == []


def test_the_settings_named_are_documented():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE))
    named = set()
    for path in [*DEPLOY.glob("environment*"), DEPLOY / "Containerfile"]:
        named |= set(re.findall(r"\b((?:SECRETARIAT|DATABASE)_[A-Z_]+)=", path.read_text()))

    assert named
    assert named <= documented


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_passes_events_on_as_they_come_and_keeps_no_address(name):
    text = (DEPLOY / "proxy" / name).read_text()

    assert "127.0.0.1:8001" in text.partition("/events")[2].partition("}")[0]
    assert "127.0.0.1:8000" in text
    assert re.search(r"flush_interval -1|proxy_buffering off", text)
    assert "$request " not in text
    assert "$request_uri'" not in text


def test_the_wheel_holds_everything_that_is_no_code():
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"][
        "secretariat"
    ]
    left = {
        path.relative_to(PRODUCT).as_posix()
        for path in tracked_files()
        if path.is_relative_to(PRODUCT) and path.suffix != ".py"
        if not any(fnmatch(path.name, pattern.rpartition("/")[2]) for pattern in patterns)
    }

    assert left == set()
    assert "**/*.mo" in patterns, "git does not keep the compiled catalogue, but the wheel must hold it"


def test_every_tool_is_a_program_that_bash_understands():
    for path in sorted((ROOT / "bin").iterdir()):
        assert os.access(path, os.X_OK), path.name
        assert subprocess.run(["bash", "-n", path]).returncode == 0, path.name


@pytest.mark.skipif(
    not (ROOT / ".venv" / "bin" / "cyclonedx-py").exists(), reason="cyclonedx-bom is not installed"
)
def test_the_bill_of_materials_lists_the_lock(tmp_path):
    import json

    subprocess.run([ROOT / "bin" / "sbom", tmp_path / "sbom.json"], check=True, capture_output=True)
    told = json.loads((tmp_path / "sbom.json").read_text())
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))

    assert told["bomFormat"] == "CycloneDX"
    assert {part["name"] for part in told["components"]} == locked
    assert all(part["purl"].startswith("pkg:pypi/") for part in told["components"])
    assert "serialNumber" not in told, "the same lock gives the same bill"
