import os

import psycopg
import pytest

from secretariat.config.cluster import DATABASE, ROLES, SOCKET_PATH_LIMIT, Cluster, find_binaries


@pytest.fixture
def home(tmp_path_factory):
    """A folder that the server's own user may enter."""
    folder = tmp_path_factory.mktemp("cluster")
    for part in (folder, *folder.parents):
        if part.stat().st_uid == os.getuid() and part.name.startswith(("cluster", "pytest")):
            part.chmod(0o755)
    return folder


def ask(cluster, statement, role="app"):
    url = cluster.url(role).replace("postgres://", "postgresql://")
    with psycopg.connect(url) as connection:
        for part in statement.split(";"):
            cursor = connection.execute(part)
        return cursor.fetchall()


def test_a_server_of_the_version_needed_is_found():
    assert {name.name for name in find_binaries().iterdir()} >= {"initdb", "pg_ctl", "postgres"}


def test_a_long_path_keeps_its_socket_elsewhere(tmp_path):
    deep = Cluster(tmp_path / ("x" * 120))

    assert len(os.fsencode(deep.socket_folder)) <= SOCKET_PATH_LIMIT
    assert deep.socket_folder == Cluster(tmp_path / ("x" * 120)).socket_folder
    assert deep.socket_folder != Cluster(tmp_path / ("y" * 120)).socket_folder


def test_the_address_names_role_and_database(tmp_path):
    url = Cluster(tmp_path / "pg").url("sealer")

    assert url.startswith("postgres://sealer@") and url.endswith(f"/{DATABASE}")
    assert url.count("/") == 3  # the socket's folder is written %2F


def test_a_cluster_lives_from_nothing_to_nothing(home):
    cluster = Cluster(home / "pg", fast=True)
    assert not cluster.is_running()

    with cluster.in_use():
        assert cluster.is_running()
        assert {row[0] for row in ask(cluster, "SELECT rolname FROM pg_roles")} >= set(ROLES)
        assert ask(cluster, "SELECT current_user, current_database()") == [("app", DATABASE)]
        with Cluster(home / "pg", fast=True).in_use():
            pass
        assert cluster.is_running(), "another user's leaving must not stop it"
        ask(cluster, "CREATE TABLE kept (n integer); INSERT INTO kept VALUES (1) RETURNING n", role="owner")
    assert not cluster.is_running()

    with cluster.in_use():
        assert ask(cluster, "SELECT n FROM kept", role="owner") == [(1,)]
    cluster.destroy()
    assert not cluster.home.exists()


def test_app_and_sealer_do_not_own_and_the_owner_may_become_both(home):
    cluster = Cluster(home / "pg", fast=True)
    with cluster.in_use():
        rights = ask(
            cluster,
            "SELECT rolname, rolsuper, pg_has_role('owner', rolname, 'MEMBER') FROM pg_roles "
            "WHERE rolname IN ('app', 'owner', 'sealer') ORDER BY rolname",
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(cluster, "CREATE TABLE mine (n integer)", role="app")
    cluster.destroy()

    assert rights == [("app", False, True), ("owner", False, True), ("sealer", False, True)]
