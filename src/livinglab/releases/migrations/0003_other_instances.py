"""Keys and releases of other instances; the signature of a release beside it, so that no list has to unpack a zip."""

import io
import json
import zipfile

from django.db import migrations, models

_COLUMNS = [
    "listing_id",
    "version",
    "version_parts",
    "digest",
    "content",
    "size",
    "words",
    "changes",
    "requires",
    "readiness",
    "derived_from_id",
    "key_id",
    "signature",
    "signed_at",
    "submitted_by",
    "fetched_from",
]
_FROZEN = f"""
CREATE OR REPLACE FUNCTION releases_release_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR ({", ".join(f"NEW.{one}" for one in _COLUMNS)}) IS DISTINCT FROM
     ({", ".join(f"OLD.{one}" for one in _COLUMNS)})
  THEN
    RAISE EXCEPTION 'a release never changes'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_release_never_changes';
  END IF;
  RETURN NEW;
END $$
"""


def read_signatures(apps, schema_editor):
    owner = schema_editor.connection.alias
    for row in apps.get_model("releases", "Release").objects.using(owner).iterator():
        with zipfile.ZipFile(io.BytesIO(bytes(row.content))) as archive:
            row.signature = json.loads(archive.read("signature.json"))["signature"]
        row.save(using=owner, update_fields=["signature"])


class Migration(migrations.Migration):
    dependencies = [("releases", "0002_rules")]

    operations = [
        migrations.AddField(
            "signingkey", "fetched_from", models.URLField(blank=True, max_length=300, default="")
        ),
        migrations.AlterField("signingkey", "fetched_from", models.URLField(blank=True, max_length=300)),
        migrations.RemoveConstraint("signingkey", "one_key_in_use_per_organization"),
        migrations.AddConstraint(
            "signingkey",
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(retired_at__isnull=True, revoked_at__isnull=True, fetched_from=""),
                name="one_key_in_use_per_organization",
            ),
        ),
        migrations.AddField("release", "signature", models.CharField(max_length=88, default="")),
        migrations.AlterField("release", "signature", models.CharField(max_length=88)),
        migrations.RunPython(read_signatures, migrations.RunPython.noop, elidable=False),
        migrations.RunSQL(_FROZEN, migrations.RunSQL.noop),
    ]
