import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("short", max_examples=40, deadline=None, derandomize=True)
hypothesis_settings.register_profile("long", max_examples=1000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_configure(config):
    """Start one throw-away server for the whole run; workers inherit its address."""
    if hasattr(config, "workerinput") or os.environ.get("DATABASE_URL"):
        return
    from tests import server

    home = Path(tempfile.mkdtemp(prefix="secretariat-test-"))
    home.chmod(0o755)
    config.secretariat_home = home
    config.secretariat_cluster = server.start(home)
    os.environ["SECRETARIAT_TEST_SERVER"] = config.secretariat_cluster.url("owner", "postgres")
    os.environ["DATABASE_URL"] = config.secretariat_cluster.url("owner")
    os.environ["SECRETARIAT_VAR"] = str(home)
    # pytest-django has read the settings by now, without connecting.
    from django.conf import settings

    settings.DATABASES["default"].update(HOST=str(config.secretariat_cluster.socket_folder), USER="owner")
    settings.VAR = home
    settings.LOG_KEY = home / "keys" / "log.pem"
    settings.STORAGES["default"]["OPTIONS"]["location"] = str(home / "files")


def pytest_unconfigure(config):
    if cluster := getattr(config, "secretariat_cluster", None):
        import shutil

        cluster.destroy()
        shutil.rmtree(config.secretariat_home, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated(request, django_test_environment, django_db_blocker):
    """Give this process a database of its own: a copy of the kept one, or made by all migrations on a server told."""
    from django.conf import settings
    from django.db import connection

    from tests import server

    if "SECRETARIAT_TEST_SERVER" not in os.environ:
        request.getfixturevalue("made_by_migrations")
        return
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server.make_database(os.environ["SECRETARIAT_TEST_SERVER"], name)
    with django_db_blocker.unblock():
        connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def made_by_migrations(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(migrated, django_db_blocker):
    """Work in the database as the product does: with the rights of the app."""
    from django.db import connection
    from django.db.backends.signals import connection_created

    def become_app(connection, **_):
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE app")

    with django_db_blocker.unblock():
        become_app(connection)
        connection_created.connect(become_app, weak=False)
    yield
    connection_created.disconnect(become_app)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
