import json
import os
import subprocess
import sys

SHOW = (
    "import json, secretariat.config.settings as s; "
    "print(json.dumps([s.MODE, s.SECRET_KEY, s.ALLOWED_HOSTS, s.DEBUG, s.SESSION_COOKIE_SECURE, "
    "sorted(s.DATABASES), {k: d['USER'] for k, d in s.DATABASES.items()}]))"
)
CLEAN = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("SECRETARIAT_", "DATABASE_", "DJANGO_"))
}
PRODUCTION = {
    "SECRETARIAT_MODE": "production",
    "SECRETARIAT_SECRET_KEY": "a secret of this test",
    "DATABASE_URL": "postgres://app@db.example.org/secretariat",
}


def load(**environment):
    return subprocess.run(
        [sys.executable, "-c", SHOW], capture_output=True, text=True, env={**CLEAN, **environment}
    )


def loaded(**environment):
    result = load(**environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_without_any_setting_it_is_the_demo_on_the_embedded_database(tmp_path):
    mode, _key, hosts, debug, secure, names, users = loaded(SECRETARIAT_VAR=str(tmp_path))

    assert (mode, debug, secure, names) == ("demo", False, False, ["default", "owner", "sealer"])
    assert "localhost" in hosts
    assert users == {"default": "app", "owner": "owner", "sealer": "sealer"}


def test_production_takes_its_secrets_from_the_environment():
    mode, key, hosts, debug, secure, _names, users = loaded(
        **PRODUCTION, DATABASE_URL_SEALER="postgres://seal@db.example.org/secretariat"
    )

    assert (mode, key, hosts, debug, secure) == ("production", "a secret of this test", [], False, True)
    assert users == {"default": "app", "owner": "app", "sealer": "seal"}


def test_production_without_a_secret_or_a_database_does_not_start():
    for missing in ("SECRETARIAT_SECRET_KEY", "DATABASE_URL"):
        result = load(**{key: value for key, value in PRODUCTION.items() if key != missing})

        assert result.returncode != 0
        assert missing in result.stderr.splitlines()[-1]


def test_an_unknown_mode_is_refused():
    result = load(SECRETARIAT_MODE="staging")

    assert result.stderr.splitlines()[-1].endswith(
        "SECRETARIAT_MODE is 'staging'; it must be demo, test or production."
    )
