"""What can be found, with the database's own text search and, where it has it, similarity of names."""

from django.db import migrations, models

import livinglab.kernel.identifiers

# pg_trgm is a trusted extension: the owner of the database may create it. Elsewhere its absence only means that
# a mistyped name is not found.
_SIMILARITY = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not available: the search will not forgive typing errors';
END $$
"""
_COLUMNS = """
ALTER TABLE portal_search_entry
    ADD COLUMN names text GENERATED ALWAYS AS (lower(title_id || ' ' || title_en)) STORED,
    ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_id || ' ' || title_en || ' ' || code), 'A')
        || setweight(to_tsvector('indonesian', title_id), 'B')
        || setweight(to_tsvector('english', title_en), 'B')
        || setweight(to_tsvector('simple', detail_id || ' ' || detail_en), 'C')
        || setweight(to_tsvector('indonesian', detail_id), 'D')
        || setweight(to_tsvector('english', detail_en), 'D')
    ) STORED
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=livinglab.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("region", "region"),
                            ("institution", "institution"),
                            ("indicator", "indicator"),
                            ("service", "service"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(max_length=120)),
                ("title_id", models.CharField(max_length=300)),
                ("title_en", models.CharField(max_length=300)),
                ("detail_id", models.CharField(blank=True, max_length=600)),
                ("detail_en", models.CharField(blank=True, max_length=600)),
                ("path", models.CharField(max_length=300)),
            ],
            options={
                "db_table": "portal_search_entry",
                "ordering": ["kind", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "code"), name="a_thing_is_found_once")
                ],
            },
        ),
        migrations.RunSQL(_SIMILARITY, migrations.RunSQL.noop),
        migrations.RunSQL(_COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE INDEX portal_search_entry_words ON portal_search_entry USING gin (words)",
            migrations.RunSQL.noop,
        ),
    ]
