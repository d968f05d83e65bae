"""Keeps where a package comes from as its first version said it: what came of what never loops.

A first version names a release that is there already, and a package has none before its first: so its origin is older.
"""

from django.db import migrations

_FROZEN = """
CREATE FUNCTION releases_listing_refuse_other_origin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.derived_from_id IS DISTINCT FROM OLD.derived_from_id THEN
    RAISE EXCEPTION 'the origin of a package never changes'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'the_origin_of_a_package_never_changes';
  END IF;
  RETURN NEW;
END $$
"""
_TRIGGER = """
CREATE TRIGGER releases_listing_keeps_its_origin BEFORE UPDATE ON releases_listing
FOR EACH ROW EXECUTE FUNCTION releases_listing_refuse_other_origin()
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0004_received_package")]
    operations = [
        migrations.RunSQL(
            sql=[_FROZEN, _TRIGGER],
            reverse_sql=["DROP FUNCTION releases_listing_refuse_other_origin() CASCADE"],
        ),
    ]
