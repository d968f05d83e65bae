"""Lists of the public API: the same paging, the same CSV, the same words in the OpenAPI document."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_origin

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import AfterValidator, BaseModel, Field

from livinglab.ui.exports import neutral
from livinglab.ui.formats import exact

Row = TypeVar("Row")
Item = TypeVar("Item", bound=BaseModel)
T = TypeVar("T")

MOST_ITEMS = 1000


def _storable(text: str) -> str:
    if "\x00" in text:  # PostgreSQL stores no NUL, so nothing can be found by one
        raise ValueError("must not contain the character U+0000")
    return text


#: text from outside that is looked up in the database
PlainText = Annotated[str, Field(max_length=200), AfterValidator(_storable)]

#: an index, a domain value or a weight: a decimal in a string, with a point
DecimalText = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", examples=["4.51"])]


def decimal_text(value: Decimal | None) -> str | None:
    """This function will return a published decimal as the API writes it ("4.51"), None for no result."""
    return None if value is None else exact(value)


class PageRequest(Schema):
    """Which part of a list is asked for, and how it is written."""

    limit: int = Field(100, ge=1, le=MOST_ITEMS, description="How many items at most (JSON only).")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many items to leave out first (JSON only).")
    format: Literal["json", "csv"] = Field("json", description="`csv` gives the whole list as one file.")


PageQuery = Annotated[PageRequest, Query()]


class Listing(Schema, Generic[T]):
    """One page of a list."""

    total: int = Field(
        description="How many items the whole list has. Some lists count up to a limit; `next` leads on behind it.",
        examples=[514],
    )
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page; null on the last.")
    previous: str | None = Field(description="Address of the page before; null on the first.")
    items: list[T]


#: for `openapi_extra=`: this operation also answers CSV
_CSV = {"text/csv": {"schema": {"type": "string", "description": "UTF-8, comma, header row."}}}
AS_CSV: dict[str, Any] = {"responses": {200: {"content": _CSV}}}


def list_answer(
    request: HttpRequest,
    page: PageRequest,
    rows: "QuerySet[Any] | Sequence[Row]",
    item: Callable[[Any], Item],
    *,
    schema: type[Item],
    name: str,
    most_counted: int | None = None,
) -> dict[str, Any] | HttpResponse:
    """This function will return one page of `rows` as `Listing`, or all of them as the CSV file `name`.csv.

    `item` turns a row into its schema. A QuerySet costs two queries, its count and its page. With `most_counted` it is
    counted up to one more than that, and the list goes on behind it all the same.
    """
    if page.format == "csv":
        return csv_answer(schema, map(item, rows), name=name)
    following, before = page.offset + page.limit, page.offset - page.limit
    total = _count(rows, most_counted)
    is_counted = most_counted is None or total <= most_counted
    found = () if is_counted and page.offset >= total else tuple(rows[page.offset : following + 1])
    return {
        "total": total,
        "limit": page.limit,
        "offset": page.offset,
        "next": _address(request, following) if len(found) > page.limit else None,
        "previous": _address(request, max(before, 0)) if page.offset > 0 else None,
        "items": [item(row) for row in found[: page.limit]],
    }


def _count(rows: "QuerySet[Any] | Sequence[Any]", most: int | None) -> int:
    if not isinstance(rows, QuerySet):
        return len(rows)
    return rows.count() if most is None else rows.order_by()[: most + 1].count()


def _address(request: HttpRequest, offset: int) -> str:
    query = request.GET.copy()
    query["offset"] = str(offset)
    return f"{request.path}?{query.urlencode()}"


def csv_answer(schema: type[BaseModel], items: Iterable[BaseModel], *, name: str) -> HttpResponse:
    """This function will return items as CSV: a column per field (`field_part` for parts), lists joined by ";"."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    columns = list(_columns(schema))
    writer.writerow(["_".join(path) for path in columns])
    for one in items:
        writer.writerow([_cell(_reach(one, path)) for path in columns])
    response = HttpResponse(buffer.getvalue().encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _columns(schema: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    for name, field in schema.model_fields.items():
        part = _model_in(field.annotation)
        if part is None:
            yield (name,)
        else:
            yield from ((name, *rest) for rest in _columns(part))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The schema inside `Schema` or `Schema | None`; lists stay one column."""
    if get_origin(annotation) is list:
        return None
    candidates = (annotation, *get_args(annotation))
    return next((one for one in candidates if isinstance(one, type) and issubclass(one, BaseModel)), None)


def _reach(item: BaseModel | None, path: tuple[str, ...]) -> object:
    value: Any = item
    for name in path:
        value = None if value is None else getattr(value, name)
    return value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ";".join(_cell(one) for one in value)
    if isinstance(value, Decimal):
        return exact(value)
    text = str(value)
    return text if isinstance(value, int) or _is_number(text) else neutral(text)


def _is_number(text: str) -> bool:
    """Published decimals are texts already, and a negative one is no formula."""
    return text.lstrip("-").replace(".", "", 1).isdecimal()
