"""The import contracts of pyproject.toml speak of every module."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
APPS = ("actors", "articles", "assertions", "cms")
# What Django itself looks for, and the two ways into the site.
WITHOUT_ROW = {"__init__", "__pycache__", "apps", "migrations", "settings", "static", "webserver", "wsgi"}


def test_every_module_of_the_apps_has_its_row() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    listed = set(re.findall(r"[\w.]+", " ".join(layers)))
    modules = {
        f"{app}.{path.stem}"
        for app in APPS
        for path in (ROOT / app).iterdir()
        if path.stem not in WITHOUT_ROW and (path.suffix == ".py" or path.is_dir())
    }
    assert sorted(modules - listed) == []
