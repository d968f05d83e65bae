"""Writes many areas at once: COPY into a temporary table, then one INSERT … ON CONFLICT."""

from collections.abc import Iterable

from django.db import connection

from livinglab.kernel.identifiers import new_id
from livinglab.organizations.domain.areas import AreaRow

_COLUMNS = "id, code, name, kind, parent_code, region_code"


def store(rows: Iterable[AreaRow]) -> tuple[int, int]:
    """This function will add new areas and rename known ones, in the caller's transaction; return how many of each."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.area_import")
        cursor.execute(
            "CREATE TEMPORARY TABLE area_import (id uuid, code text, name text, kind text, parent_code text, "
            "region_code text) ON COMMIT DROP"
        )
        with cursor.copy(f"COPY area_import ({_COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    (new_id(), row.code, row.name, row.kind.value, row.parent_code, row.region_code)
                )
        cursor.execute(
            f"INSERT INTO organizations_area AS known ({_COLUMNS}) "  # noqa: S608  names of columns, no input
            f"SELECT {_COLUMNS} FROM area_import ORDER BY code "
            "ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind "
            "WHERE (known.name, known.kind) IS DISTINCT FROM (excluded.name, excluded.kind) "
            "RETURNING xmax = 0"
        )
        added = [is_new for (is_new,) in cursor.fetchall()]
        cursor.execute("DROP TABLE pg_temp.area_import")
    return added.count(True), added.count(False)
