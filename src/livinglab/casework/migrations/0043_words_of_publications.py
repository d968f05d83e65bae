"""Gives searches in publications an index, and what they read of the entries that stand already."""

from typing import Any

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
_SEARCHED = ("title", "description", "keeper", "document_type", "document_number")
_AT_ONCE = 500


def _what_stands(apps: Any, schema_editor: Any) -> None:
    """Fill it anew: in capitals as `operations.publishing` makes them, which PostgreSQL makes otherwise (ß, ligatures)."""
    alias = schema_editor.connection.alias
    texts = apps.get_model("casework", "PublishedText").objects.using(alias)
    texts.all().delete()
    standing = (
        apps.get_model("casework", "Publication").objects.using(alias).filter(withdrawn_at__isnull=True)
    )
    rows = standing.only("organization_id", "package", "published_at", *_SEARCHED)
    texts.bulk_create(
        (
            texts.model(
                id=one.id,
                publication_id=one.id,
                organization_id=one.organization_id,
                package=one.package,
                words=" ".join(getattr(one, name) for name in _SEARCHED).upper(),
                published_at=one.published_at,
            )
            for one in rows.iterator(chunk_size=_AT_ONCE)
        ),
        batch_size=_AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0042_published_text")]

    operations = [
        migrations.RunSQL(_ALIKE, "DROP INDEX IF EXISTS casework_published_text_words"),
        migrations.RunPython(_what_stands, migrations.RunPython.noop),
    ]
