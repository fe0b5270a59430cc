"""Loading the demonstration coverage: twice is once, and files that do not hold together store nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from actors.models import Actor
from articles.models import Article
from assertions import actions
from assertions.models import Assertion
from demo.load import FOLDER, Coverage, CoverageError, read_coverage
from demo.store import store

Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the coverage."""
    for file in FOLDER.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    for part in ("articles", "assertions"):
        shutil.copytree(FOLDER / part, tmp_path / part)
    return tmp_path


@pytest.fixture
def change(folder: Path) -> Change:
    """Replace words in a file of the copy, or in a folder's first file that has them, where they stand first."""

    def change(file: str, old: str, new: str) -> None:
        texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob(file))}
        path, text = next((path, text) for path, text in texts.items() if old in text)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_a_second_run_changes_nothing() -> None:
    once = rows()
    call_command("load_demo", verbosity=0)
    assert rows() == once


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_everything_that_is_loaded_is_public_and_every_article_stands_on_its_day() -> None:
    coverage = read_coverage()
    assert Actor.objects.public().count() == len(coverage.actors)
    assert Article.objects.public().count() == len(coverage.articles)
    for item in coverage.articles:
        published = Article.objects.get(slug=item.slug).published_at
        assert published is not None
        assert item.dated in ("", published.date().isoformat())


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_what_an_editor_changed_stays_as_it_is() -> None:
    assertion = Assertion.objects.get(record_id="F108")
    assertion.claim = "The ambassador died."
    actions.save_assertion(assertion, None)
    Actor.objects.filter(slug="nato").update(name="Atlantic Alliance")
    assert not any(store(read_coverage()).values())
    assert Assertion.objects.get(record_id="F108").claim == "The ambassador died."
    assert Actor.objects.get(slug="nato").name == "Atlantic Alliance"


@pytest.mark.django_db
def test_actors_that_are_there_already_are_used() -> None:
    there = Actor.objects.create(slug="north", name="North", kind="state")
    envoy = {"slug": "envoy", "name": "The Envoy", "kind": "person", "country": "north"}
    new = store(
        Coverage([{"slug": "north", "name": "Northland", "kind": "state"}, envoy], [], [], [], [], [])
    )
    assert new["actors"] == 1
    assert Actor.objects.get(slug="envoy").country == there
    assert Actor.objects.get(slug="north").name == "North"


@pytest.mark.django_db
def test_what_a_rule_of_the_models_refuses_is_named_and_nothing_is_stored() -> None:
    before = rows()
    good, bad = ({"slug": slug, "name": slug.title(), "kind": "state"} for slug in ("northland", "southland"))
    with pytest.raises(CoverageError, match=r"actors\.yaml, southland: .*valid value"):
        store(Coverage([good, {**bad, "wikidata": "423"}], [], [], [], [], []))
    assert rows() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("actors.yaml", "- slug: russia\n", "- slug: ukraine\n", "actors.yaml, ukraine: stands there twice"),
        ("actors.yaml", "country: russia", "country: atlantis", "“atlantis” is no actor"),
        ("actors.yaml", "  kind: state", "  sort: state", "actors.yaml, north-korea: has no “kind”"),
        ("topics.yaml", "- name: Missiles", "- name: Rockets", "“Missiles” is no topic of topics.yaml"),
        ("assertions/*", "stance: affirms", "stance: agrees", "“agrees” is no stance; one of affirms, "),
        ("assertions/*", "question: arms-", "question: legs-", "is no question"),
        ("assertions/*", "act: alleges", "act: says", ": “says” is no act; one of"),
        ("assertions/*", "actor: g7,", "actor: g8,", "F027-a: “g8” is no actor"),
        ("assertions/*", 'happened: "2023-09-13"', 'happened: "2023-13-09"', "F007-a: “happened”"),
        ("assertions/*", 'said: "2022-09-22"', "said: 2022-09-22", "write it in quotation marks"),
        ("assertions/*", "to: F017-a,", "to: F0,", "seed-articles.yaml, S1-01-a: “F0” is no assertion"),
        ("assertions/*", "aspect: proof, to: F018-a", "to: F018-a", "F019-a: “” is no aspect"),
        ("assertions/*", "supersedes: F058-sent", "supersedes: F091-sent", "is no quantity further up"),
        ("assertions/*", "measure: containers-shipped", "measure: boxes", "“boxes” is no measure"),
        ("assertions/*", "He said that it was growing", "He said it was growing", "in blinken-two-way-"),
        ("assertions/*", "address: \"https", "adress: \"https", "“source” has “adress”, which is no field"),
        ("assertions/*", "speakers: []", "speakers: []\n  relays: [x]", "“relays” has “x”, which has to be fields"),
        ("articles/matsegora-dies.md", "2025-12-08", "2025-13-08", "matsegora-dies.md: “date”"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_named_with_its_file(
    folder: Path, change: Change, file: str, old: str, new: str, sentence: str
) -> None:
    change(file, old, new)
    with pytest.raises(CoverageError) as raised:
        read_coverage(folder)
    assert sentence in str(raised.value)


def test_a_missing_file_and_one_that_is_no_yaml_are_named(folder: Path) -> None:
    (folder / "topics.yaml").unlink()
    (folder / "measures.yaml").write_text("- [", encoding="utf-8")
    with pytest.raises(
        CoverageError, match=r"topics\.yaml: cannot be read(.|\n)*measures\.yaml: is not YAML"
    ):
        read_coverage(folder)


def test_no_quotation_is_longer_than_eight_words() -> None:
    for item in read_coverage().articles:
        for quoted in item.body_html.split("“")[1:]:
            assert len(quoted.partition("”")[0].split()) <= 8
