"""Makes the regions' own practices a tenant table; gives the shelf its text search and the words their neighbours."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table

# pg_trgm is a trusted extension: the owner of the database may create it. Elsewhere its absence only means that
# a mistyped word is not found.
_SIMILARITY = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX catalogue_shelf_word_alike ON catalogue_shelf_word USING gist (word gist_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: the catalogue will not forgive typing errors';
END $$
"""
# Part A is the name, B what it does, C whose it is, D the rest. Words stand as written beside their stems.
_WORDS = """
ALTER TABLE catalogue_shelf ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('indonesian', title), 'A')
    || setweight(to_tsvector('simple', topics), 'B') || setweight(to_tsvector('indonesian', topics), 'B')
    || setweight(to_tsvector('simple', agency || ' ' || region_name || ' ' || region_code), 'C')
    || setweight(to_tsvector('indonesian', agency), 'C')
    || setweight(to_tsvector('simple', summary_id || ' ' || summary_en || ' ' || body), 'D')
    || setweight(to_tsvector('indonesian', summary_id || ' ' || body), 'D')
    || setweight(to_tsvector('english', summary_en), 'D')
) STORED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_practices_and_shelf"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE catalogue_own_practice ADD CONSTRAINT own_practice_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("catalogue_own_practice"),
        migrations.RunSQL(_WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE INDEX catalogue_shelf_words ON catalogue_shelf USING gin (words)",
            "DROP INDEX catalogue_shelf_words",
        ),
        migrations.RunSQL(_SIMILARITY, migrations.RunSQL.noop),
    ]
