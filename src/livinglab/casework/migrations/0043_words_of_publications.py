"""Gives searches in publications an index, and what they read of the entries that stand already."""

from django.db import migrations

# pg_trgm is a trusted extension: the owner of the database may create it. Elsewhere a search reads every entry of the
# region, as it did before.
_ALIKE = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX casework_published_text_words ON casework_published_text USING gin (words gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: searches in publications will read every entry';
END $$
"""
_STANDING = """
INSERT INTO casework_published_text (id, publication_id, organization_id, package, words, published_at)
SELECT id, id, organization_id, package,
    upper(concat_ws(' ', title, description, keeper, document_type, document_number)), published_at
FROM casework_publication WHERE withdrawn_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0042_published_text")]

    operations = [
        migrations.RunSQL(_ALIKE, "DROP INDEX IF EXISTS casework_published_text_words"),
        migrations.RunSQL(_STANDING, migrations.RunSQL.noop),
    ]
