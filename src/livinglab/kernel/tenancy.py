"""One transaction touches one tenant; PostgreSQL's row-level security enforces it.

The tenant is named to the database with a plain ``SET LOCAL app.organization`` as its own statement
(a bound parameter is not allowed there, so the value is a validated UUID literal). Row-level security
reads it; without it a tenant table shows no row and takes none. Every model says what it is:
`TenantModel` or `SharedModel`; a test refuses a table that says neither.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models, transaction

from livinglab.kernel.identifiers import new_id
from livinglab.kernel.personal import Personal

_ATTRIBUTE = "livinglab_organization"
_DEPTH = "livinglab_tenancy_depth"
_WHOLE = "livinglab_request_transaction"


class TenantChanged(Exception):
    """A transaction that already touches one organisation was asked to touch another."""


class _Whole:
    """The transaction of a request, which can be kept so far and gone on with as a new one."""

    def __init__(self) -> None:
        self._block: transaction.Atomic | None = None

    def __enter__(self) -> "_Whole":
        self._begin()
        return self

    def __exit__(self, *error: Any) -> None:
        block, self._block = self._block, None
        if block is not None:  # none is open after one that could not be kept
            block.__exit__(*error)

    def divide(self) -> None:
        """This function will keep what was done so far, whatever becomes of the rest, and begin anew."""
        self.__exit__(None, None, None)
        self._begin()

    def _begin(self) -> None:
        block = transaction.atomic()
        block.__enter__()
        self._block = block


class SharedModel(models.Model):
    """A table that every organisation reads: reference facts, projections, users."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    #: which fields say something about a person, and why; `impersonal` names the texts that do not
    personal_data: ClassVar[Mapping[str, Personal]] = {}
    impersonal: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class TenantModel(models.Model):
    """A table whose rows belong to one organisation and are seen only inside its transaction.

    Django's primary key is `id`; `livinglab.kernel.schema.tenant_table` makes the real one
    (organization_id, id), the composite foreign keys and the policy. Foreign keys from one tenant table
    to another carry ``db_constraint=False`` for that reason.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organization_id = models.UUIDField(editable=False)

    #: columns that point to other tenant tables: column -> table, made composite by `tenant_table`
    tenant_references: ClassVar[dict[str, str]] = {}

    #: which fields say something about a person, and why; `impersonal` names the texts that do not
    personal_data: ClassVar[Mapping[str, Personal]] = {}
    impersonal: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


def current_organization() -> UUID | None:
    """This function will return the organisation whose rows the present transaction may touch."""
    value: Any = getattr(connection, _ATTRIBUTE, None)
    return value if isinstance(value, UUID) else None


def enter(organization_id: UUID) -> None:
    """This function will let the present transaction touch one organisation's rows.

    Errors: `TenantChanged` when it already touches another one, RuntimeError outside a `tenancy` block
    (which is what forgets the organisation again).
    """
    present = current_organization()
    if present == organization_id:
        return
    if present is not None:
        raise TenantChanged(f"this transaction touches {present}; it cannot touch {organization_id} too")
    if not getattr(connection, _DEPTH, 0):
        raise RuntimeError("a tenant is entered inside a block: use tenancy(organization_id)")
    _tell_database(organization_id)


@contextmanager
def tenancy(organization_id: UUID | None) -> Iterator[None]:
    """This function will run a block in a transaction that touches one organisation, or none.

    What was set before is set again afterwards, since SET LOCAL outlives a released savepoint.
    Errors: `TenantChanged` when nested in a transaction of another organisation.
    """
    before, depth = current_organization(), getattr(connection, _DEPTH, 0)
    with _Whole() as whole:
        setattr(connection, _DEPTH, depth + 1)
        if not depth:  # one that names nobody is a request's; an operation's own is never divided
            setattr(connection, _WHOLE, whole if organization_id is None else None)
        try:
            if organization_id is not None:
                enter(organization_id)
            elif not depth and _is_nested():  # a transaction that just began names nobody
                _tell_database(None)
            yield
            if _is_nested() and not connection.needs_rollback and current_organization() != before:
                _tell_database(before)
        finally:  # after an error the rollback resets the database's side
            setattr(connection, _ATTRIBUTE, before)
            setattr(connection, _DEPTH, depth)


@contextmanager
def apart(organization_id: UUID) -> Iterator[None]:
    """This function will run a block in a transaction of its own, also within a request, whose transaction it divides.

    What was done before is kept, and so is the block, whatever becomes of the rest: for one of several things that do
    not belong together. Locks of one are never held while the next waits for others.
    Errors: RuntimeError inside an operation, which keeps all of its own or nothing.
    """
    depth = getattr(connection, _DEPTH, 0)
    whole = getattr(connection, _WHOLE, None) if depth else None
    if depth > 1 or (depth and whole is None):
        raise RuntimeError("an operation is one transaction: what is apart begins outside of it")
    if whole is not None:
        _divide(whole)
    with tenancy(organization_id):
        yield
    if whole is not None:
        _divide(whole)


def _divide(whole: _Whole) -> None:
    whole.divide()
    _tell_database(current_organization())


def _is_nested() -> bool:
    return len(connection.savepoint_ids) > 0


def _tell_database(organization_id: UUID | None) -> None:
    literal = "" if organization_id is None else str(UUID(str(organization_id)))
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL app.organization = '{literal}'")
    setattr(connection, _ATTRIBUTE, organization_id)
