"""SQL that Django's migrations cannot say: the tenant tables' keys and policies, append-only tables."""

from collections.abc import Mapping

from django.db.migrations.operations import RunSQL

_TENANT = "nullif(current_setting('app.organization', true), '')::uuid"


def tenant_table(table: str, *, references: Mapping[str, str] | None = None) -> RunSQL:
    """This function will return the migration operation that makes `table` a tenant table.

    It creates PRIMARY KEY (organization_id, id), one composite foreign key per column in `references`
    (column -> tenant table), and the row-level policy, forced also for the owner of the table. Rows are
    seen and written only in a transaction that named their organisation.
    """
    forward = [
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey CASCADE",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (organization_id, id)",
        *(_same_organization(table, column, target) for column, target in (references or {}).items()),
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY own_organization_only ON {table} "
        f"USING (organization_id = {_TENANT}) WITH CHECK (organization_id = {_TENANT})",
    ]
    return RunSQL(sql=tuple(forward), reverse_sql=RunSQL.noop)


def tenant_reference(table: str, column: str, target: str) -> RunSQL:
    """This function will return the migration operation that ties a later column of a tenant table to another one.

    The row it names belongs to the same organisation.
    """
    drop = f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_same_organization"
    return RunSQL(sql=_same_organization(table, column, target), reverse_sql=drop)


def _same_organization(table: str, column: str, target: str) -> str:
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_same_organization "
        f"FOREIGN KEY (organization_id, {column}) REFERENCES {target} (organization_id, id)"
    )


def append_only(table: str) -> RunSQL:
    """This function will return the migration operation that lets rows be added to `table`, never changed."""
    return RunSQL(
        sql=[
            f"""CREATE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$""",
            f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()",
            f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_change()",
        ],
        reverse_sql=[f"DROP FUNCTION {table}_refuse_change() CASCADE"],
    )
