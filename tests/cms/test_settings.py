"""What the environment may say, and what it is told when it says something else."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SHOW = """
import json
from cms import settings
found = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
print(json.dumps(found, default=str))
"""


def settings_with(tmp_path: Path, **environment: str) -> dict[str, Any]:
    """The settings under nothing but these variables."""
    shown = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env={"DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


def refusal_of(tmp_path: Path, **environment: str) -> str:
    """What `manage.py check` says, in one line, when it refuses these variables."""
    refused = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    return refused.stderr


def test_the_bare_site_is_safe_and_answers_on_this_machine_only(tmp_path: Path) -> None:
    settings = settings_with(tmp_path)
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert settings["SECRET_KEY"] == (tmp_path / "secret_key").read_text()
    assert settings_with(tmp_path)["SECRET_KEY"] == settings["SECRET_KEY"]


def test_no_part_of_the_policy_allows_inline_code_or_eval(tmp_path: Path) -> None:
    directives = settings_with(tmp_path)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert "unsafe" not in json.dumps(directives)


def test_a_site_with_a_public_name_speaks_https_only(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, ALLOWED_HOSTS="news.example.org")
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    unless_told = settings_with(tmp_path, ALLOWED_HOSTS="news.example.org", HTTPS="0")
    assert unless_told["SECURE_SSL_REDIRECT"] is False
    on_this_machine = settings_with(tmp_path, ALLOWED_HOSTS="127.0.0.1")
    assert on_this_machine["SECURE_SSL_REDIRECT"] is False


def test_a_database_that_is_named_is_used_instead_of_ours(tmp_path: Path) -> None:
    settings = settings_with(
        tmp_path,
        DATABASE_URL="postgresql://ann:secret@db.example.org:5433/news?sslmode=require",
        DATABASE_POOL="4",
    )
    database = settings["DATABASES"]["default"]
    assert settings["EMBEDDED_POSTGRES"] is None
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", 5433, "news")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] == 4
    assert database["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize("scheme", ["redis", "valkey"])
def test_caches_can_be_redis_or_valkey(tmp_path: Path, scheme: str) -> None:
    cache = settings_with(tmp_path, CACHE_URL=f"{scheme}://127.0.0.1:6379/1")["CACHES"]["default"]
    assert cache == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:6379/1",
    }


def test_the_relationship_is_a_setting(tmp_path: Path) -> None:
    assert settings_with(tmp_path, RELATIONSHIP="france,germany")["RELATIONSHIP"] == ["france", "germany"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("DEMO", "perhaps"),
        ("DATABASE_URL", "mysql://localhost/news"),
        ("DATABASE_URL", "localhost:5432"),
        ("RELATIONSHIP", "one"),
        ("RELATIONSHIP", "one,one"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("CACHE_URL", "carrier-pigeon://loft"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_name(tmp_path: Path, variable: str, value: str) -> None:
    assert variable in refusal_of(tmp_path, **{variable: value})


def test_a_data_folder_that_cannot_be_used_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert str(tmp_path / "file") in refusal_of(tmp_path / "file" / "data")
