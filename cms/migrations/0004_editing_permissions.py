"""What came with the workflow: everybody in the newsroom may read it; removing a version is for administrators."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = ["view_workflowstep", "view_withdrawal", "view_formeraddress"]


def grant(apps, schema_editor):
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    ours = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    for group in Group.objects.filter(name__in=["reporter", "editor", "reviewer"]):
        group.permissions.add(*ours.filter(codename__in=READ))
    for group in Group.objects.filter(name="administrator"):
        group.permissions.add(*ours)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_last_day"),
        ("articles", "0002_editing"),
        ("assertions", "0002_settled_anchors"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop, elidable=False)]
