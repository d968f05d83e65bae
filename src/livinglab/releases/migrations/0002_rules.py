"""Keeps secrets behind their tenant, review answers append-only, and what was published unchanged for ever."""

from django.db import migrations

from livinglab.kernel.schema import append_only, tenant_table

_FROZEN = """
CREATE FUNCTION releases_release_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR
     (NEW.listing_id, NEW.version, NEW.version_parts, NEW.digest, NEW.content, NEW.size, NEW.words, NEW.changes,
      NEW.requires, NEW.readiness, NEW.derived_from_id, NEW.key_id, NEW.signed_at, NEW.submitted_by,
      NEW.fetched_from) IS DISTINCT FROM
     (OLD.listing_id, OLD.version, OLD.version_parts, OLD.digest, OLD.content, OLD.size, OLD.words, OLD.changes,
      OLD.requires, OLD.readiness, OLD.derived_from_id, OLD.key_id, OLD.signed_at, OLD.submitted_by,
      OLD.fetched_from)
  THEN
    RAISE EXCEPTION 'a release never changes'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_release_never_changes';
  END IF;
  RETURN NEW;
END $$
"""
_TRIGGER = """
CREATE TRIGGER releases_release_never_changes BEFORE UPDATE OR DELETE ON releases_release
FOR EACH ROW EXECUTE FUNCTION releases_release_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial"), ("organizations", "0002_tenant")]
    operations = [
        migrations.RunSQL(
            sql=(
                "ALTER TABLE releases_signing_secret ADD CONSTRAINT a_secret_belongs_to_an_organization "
                "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)"
            ),
            reverse_sql=migrations.RunSQL.noop,
        ),
        tenant_table("releases_signing_secret"),
        append_only("releases_point_answer"),
        migrations.RunSQL(
            sql=[_FROZEN, _TRIGGER], reverse_sql=["DROP FUNCTION releases_release_refuse_change() CASCADE"]
        ),
    ]
