"""Queries whose SQL is made once: for a few rows, Django takes longer to make the SQL than PostgreSQL to answer it.

For what every page asks, and for pages that promise a time. Row-level security holds as for any other query.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model, QuerySet

M = TypeVar("M", bound=Model)
#: all fields of a model's table
ALL: Final[tuple[str, ...]] = ()


class KeptQuery:
    """A query of rows that differs by its values alone.

    `make` builds it once, of marks that stand for the values: each has to become a parameter of its own. So give
    marks of the values' kinds that nothing else in the query equals, and no value that is None.
    """

    def __init__(self, make: Callable[..., "QuerySet[Any, Any]"], *marks: object) -> None:
        self._make = make
        self._marks = marks

    @cached_property
    def _made(self) -> tuple[str, list[Any], list[int | None]]:
        """The SQL, its parameters, and of each the number of the mark that it is."""
        sql, parameters = self._make(*self._marks).query.sql_with_params()
        if missing := [mark for mark in self._marks if mark not in parameters]:
            raise ValueError(f"no parameter of the query is {missing[0]!r}")
        marks = [self._marks.index(one) if one in self._marks else None for one in parameters]
        return str(sql), list(parameters), marks

    def rows(self, *values: object) -> list[tuple[Any, ...]]:
        """This function will return the rows for these values, in the order of the marks. One query.

        Errors: ValueError for a mark that the query does not hold, or another number of values.
        """
        sql, parameters, marks = self._made
        if len(values) != len(self._marks):
            raise ValueError(f"{len(values)} values for {len(self._marks)} marks")
        asked: list[Any] = [
            one if mark is None else values[mark] for one, mark in zip(parameters, marks, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class KeptModels(Generic[M]):
    """A kept query of models with what they point to, as `select_related` gives them.

    `make` builds a query of the model; `parts` names what is read: "" the model, "round" what its field points to,
    each with the fields wanted (`ALL` for all). `extra` names annotations, which become attributes.
    """

    def __init__(
        self,
        make: Callable[..., "QuerySet[M]"],
        *marks: object,
        model: type[M],
        parts: Mapping[str, tuple[str, ...]],
        extra: tuple[str, ...] = (),
    ) -> None:
        self._parts = [_Part(model, path, wanted) for path, wanted in parts.items()]
        self._extra = extra
        columns = [name for part in self._parts for name in part.columns]
        self._query = KeptQuery(lambda *given: make(*given).values_list(*columns, *extra), *marks)

    def read(self, *values: object) -> list[M]:
        """This function will return the models for these values. One query. Errors: as `KeptQuery.rows`."""
        return [self._filled(row) for row in self._query.rows(*values)]

    def first(self, *values: object) -> M | None:
        """This function will return the first model for these values, None without one. As `read` otherwise."""
        return next(iter(self.read(*values)), None)

    def _filled(self, row: tuple[Any, ...]) -> M:
        found: dict[str, Any] = {}
        start = 0
        for part in self._parts:
            end = start + len(part.columns)
            found[part.path] = made = part.filled(row[start:end])
            start = end
            if part.path and found[part.parent] is not None:
                setattr(found[part.parent], part.name, made)
        model: M = found[""]
        for name, value in zip(self._extra, row[start:], strict=True):
            setattr(model, name, value)
        return model


class _Part:
    """One model among those of a row; `path` leads to it."""

    def __init__(self, root: type[Model], path: str, wanted: tuple[str, ...]) -> None:
        self.path = path
        self.parent, _dunder, self.name = path.rpartition("__")
        self._model = _model_at(root, path)
        fields: list[Field[Any, Any]] = [
            field
            for field in self._model._meta.concrete_fields  # noqa: SLF001  Django documents it as public
            if not wanted or field.name in wanted or field.attname in wanted
        ]
        self._names = [field.attname for field in fields]
        self._key = next(place for place, field in enumerate(fields) if field.primary_key)
        #: of fields that Django reads in a way of their own
        self._readers: list[tuple[int, Any]] = [
            (place, reader)
            for place, field in enumerate(fields)
            if (reader := getattr(field, "from_db_value", None))
        ]
        self.columns = [f"{path}__{name}" if path else name for name in self._names]

    def filled(self, values: tuple[Any, ...]) -> Model | None:
        if values[self._key] is None:
            return None
        read: list[Any] = list(values)
        for place, reader in self._readers:
            read[place] = reader(read[place], None, connection)
        return self._model.from_db(connection.alias, self._names, read)


def _model_at(root: type[Model], path: str) -> type[Model]:
    model: Any = root
    for name in path.split("__") if path else ():
        model = model._meta.get_field(name).related_model  # noqa: SLF001  as above
    found: type[Model] = model
    return found
