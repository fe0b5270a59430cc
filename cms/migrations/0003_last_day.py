"""Refuse dates whose range could be stored, but not be read again."""

from django.db import migrations

from cms.dates import EDTF_RANGE_SQL


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_groups")]

    operations = [migrations.RunSQL(EDTF_RANGE_SQL, migrations.RunSQL.noop)]
