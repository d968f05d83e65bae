"""Which role may do what in the database, in SQL.

The *owner* migrates. It sees the rows of every tenant (BYPASSRLS), because a data migration that sees none
changes none and reports success. The *application* role serves requests and jobs. It is neither superuser nor
BYPASSRLS and owns no table, because row-level security does not hold for any of these.
"""

from dataclasses import dataclass

DATABASE = "livinglab"
OWNER = "livinglab_owner"
APPLICATION = "livinglab_app"


@dataclass(frozen=True, slots=True)
class Passwords:
    """The two roles' passwords; letters, digits, - and _ only, so that they need no quoting in SQL or URL."""

    owner: str
    application: str


def default_privileges(application: str, *, of: str = "") -> str:
    """This function will let a role use what the owner creates from now on, in the connected database."""
    granting = f"ALTER DEFAULT PRIVILEGES {of} GRANT"
    return f"""
        {granting} USAGE ON SCHEMAS TO {application};
        {granting} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application};
        {granting} USAGE, SELECT ON SEQUENCES TO {application};
        {granting} EXECUTE ON ROUTINES TO {application};
    """


def set_up(passwords: Passwords) -> str:
    """This function will give psql's script that makes both roles and the database, and prints its identity.

    The default privileges go into template1, so that test databases, which are copies of it, have them too.
    The database is made last: where it exists, all that comes before it has been done.
    """
    return f"""
        SELECT format('CREATE ROLE %I LOGIN', role)
          FROM (VALUES ('{OWNER}'), ('{APPLICATION}')) AS wanted (role)
         WHERE role NOT IN (SELECT rolname FROM pg_roles) \\gexec
        ALTER ROLE {OWNER} NOSUPERUSER BYPASSRLS CREATEDB NOCREATEROLE PASSWORD '{passwords.owner}';
        ALTER ROLE {APPLICATION} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE
              PASSWORD '{passwords.application}';
        SELECT NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') AS is_missing \\gset
        \\if :is_missing
            \\connect template1
            {default_privileges(APPLICATION, of=f"FOR ROLE {OWNER}")}
            \\connect postgres
            CREATE DATABASE {DATABASE} OWNER {OWNER};
        \\endif
        SELECT control.system_identifier || '/' || oid
          FROM pg_database, pg_control_system() AS control WHERE datname = '{DATABASE}';
    """  # noqa: S608 (our own names, and passwords of letters and digits)


def quoted(role: str) -> str:
    """This function will quote a role's name as SQL wants it."""
    return '"' + role.replace('"', '""') + '"'
