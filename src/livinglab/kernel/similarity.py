"""Whether the database compares spellings (pg_trgm); without it a mistyped word is not found, nothing else."""

from functools import lru_cache

from django.db import connection


@lru_cache
def has_similarity() -> bool:
    """This function will tell whether the database has pg_trgm. One query per process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')")
        row = cursor.fetchone()
    return bool(row and row[0])
