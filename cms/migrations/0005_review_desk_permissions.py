"""What came with the review desk: editors merge actors, editors and reviewers settle what likeness proposes."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = {
    "actors": ["view_merge"],
    "articles": ["view_reprint", "view_unknownname", "view_passedname"],
    "assertions": ["view_suggestion", "view_proposedlink", "view_opinion"],
}
SETTLE = {"articles": ["change_reprint", "add_passedname"]}
MERGE = {"actors": ["merge_actor"]}


def grant(apps, schema_editor):
    for label in READ:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    new = ["merge", "reprint", "unknownname", "passedname", "suggestion", "proposedlink", "opinion", "lease", "savedfilter"]
    for names, granted in (
        (["reporter", "editor", "reviewer"], [READ]),
        (["editor", "reviewer"], [SETTLE]),
        (["editor"], [MERGE]),
    ):
        for group in Group.objects.filter(name__in=names):
            for allowed in granted:
                for label, codenames in allowed.items():
                    group.permissions.add(
                        *Permission.objects.filter(content_type__app_label=label, codename__in=codenames)
                    )
    for group in Group.objects.filter(name="administrator"):
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label__in=READ, content_type__model__in=new),
            *Permission.objects.filter(content_type__app_label="actors", codename="merge_actor"),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0004_editing_permissions"),
        ("actors", "0002_review_desk"),
        ("articles", "0003_review_desk"),
        ("assertions", "0003_review_desk"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop, elidable=False)]
