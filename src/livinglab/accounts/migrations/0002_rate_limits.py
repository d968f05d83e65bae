"""The table of Django's DatabaseCache, which counts the tries of signing in for every process alike."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [
                "CREATE TABLE accounts_rate_limit "
                "(cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)",
                "CREATE INDEX accounts_rate_limit_expires ON accounts_rate_limit (expires)",
            ],
            "DROP TABLE accounts_rate_limit",
        )
    ]
