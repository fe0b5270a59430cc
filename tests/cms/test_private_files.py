"""Keys and passwords: whole, for one account, and the same for all processes."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cms import private_files


def test_only_the_owner_may_read_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "credentials.json"
    private_files.write(path, "secret")
    assert path.read_text() == "secret"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_others_could_read_is_closed_when_written_again(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_text("old")
    path.chmod(0o644)
    private_files.write(path, "new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_first_key_counts_for_all_who_make_one_at_once(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda number: private_files.read_or_make(path, f"key {number}"), range(8)))
    assert keys == {path.read_text()}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret_key"]
