"""The four groups of the newsroom and what each may do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITING = [
    ("articles", ["article", "image", "source"], ["add", "change", "view"]),
    ("assertions", ["assertion", "evidence", "speaker", "participant", "relay", "rivaldate", "quantity"], ["add", "change", "delete", "view"]),
    ("assertions", ["link", "answer"], ["view"]),
]  # fmt: skip
# What bears on accepted claims is public at once, so it is not for reporters.
RELATING = [("assertions", ["link", "answer"], ["add", "change", "delete", "view"])]
KEEPING = [
    ("articles", ["article", "image", "source", "topic"], ["add", "change", "delete", "view"]),
    ("articles", ["mention"], ["change", "view"]),
    ("articles", ["correction"], ["add", "view"]),
    ("articles", ["errorreport"], ["change", "view"]),
    ("actors", ["actor", "actorname", "affiliation", "identityjudgement"], ["add", "change", "delete", "view"]),
    ("assertions", ["question", "measure"], ["add", "change", "delete", "view"]),
]  # fmt: skip
DECIDING = [
    ("assertions", ["review"], ["add", "view"]),
    ("assertions", ["question", "measure"], ["add", "change", "view"]),
]


def codenames(rules):
    return {(app, f"{verb}_{model}") for app, models, verbs in rules for model in models for verb in verbs}


GROUPS = {
    "reporter": codenames(WRITING),
    "editor": codenames(WRITING + RELATING + KEEPING) | {("articles", "publish_article"), ("actors", "publish_actor")},
    "reviewer": codenames([WRITING[1], *RELATING, *DECIDING]) | {("assertions", "decide_assertion")},
}


def create_groups(apps, schema_editor):
    for label in ["actors", "articles", "assertions", "auth", "cms"]:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ours = Permission.objects.filter(content_type__app_label__in=["actors", "articles", "assertions"])
    ours = ours.exclude(content_type__model__endswith="event")
    # Readers' reports hold addresses of readers: they are for those who answer them.
    seeing = list(ours.filter(codename__startswith="view_").exclude(codename="view_errorreport"))
    for name, allowed in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        granted = [p for p in ours if (p.content_type.app_label, p.codename) in allowed]
        group.permissions.set(granted + seeing)
    administrator, _ = Group.objects.get_or_create(name="administrator")
    accounts = Permission.objects.filter(content_type__app_label__in=["auth", "cms"])
    administrator.permissions.set([*ours, *accounts])


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=[*GROUPS, "administrator"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("actors", "0001_initial"),
        ("articles", "0001_initial"),
        ("assertions", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups, elidable=False)]
