"""The API's documentation, made from its OpenAPI document: no CDN, no script, in both languages."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.portal.api.v1 import api
from livinglab.ui.figures import Column, ColumnKind, Table

Schema = Mapping[str, Any]
_JSON: Final = "application/json"
_FORM: Final = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What a status means, and its fields."""

    status: str
    meaning: str


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation as the page shows it."""

    key: str
    method: str
    path: str
    summary: str
    description: str
    parameters: Table | None
    body: Table | None
    fields: Table | None
    answers: tuple[AnswerView, ...]
    sample: str


@require_safe
@fresh_by()
def api_docs(request: HttpRequest) -> HttpResponse:
    """This function will document every operation of the API: address, parameters, answer, example."""
    document = api.get_openapi_schema()
    schemas = document["components"]["schemas"]
    site = request.build_absolute_uri("/").rstrip("/")
    context = {
        "operations": [
            _operation(site, path, method, operation, schemas)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ],
        "version": document["info"]["version"],
    }
    return render(request, "portal/api_docs.html", context)


def _operation(site: str, path: str, method: str, operation: Schema, schemas: Schema) -> OperationView:
    answer = operation["responses"].get(200, {}).get("content", {}).get(_JSON, {}).get("schema")
    body = _body(operation, _JSON) or _body(operation, _FORM)
    return OperationView(
        key=operation["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        summary=_translated(operation["summary"]),
        description=_translated(operation.get("description", "")),
        parameters=_parameters(operation["parameters"]),
        body=_fields(body, schemas, _("Body")) if body else None,
        fields=_fields(answer, schemas, _("Answer")) if answer else None,
        answers=tuple(
            AnswerView(str(status), _translated(one["description"]))
            for status, one in sorted(operation["responses"].items())
            if status != 200
        ),
        sample=_sample(site, path, method, operation, schemas),
    )


def _translated(text: str) -> str:
    """A text of the document in the reader's language; livinglab.portal.api.texts holds them for translation."""
    words = " ".join(text.split())
    return _(words) if words else ""


def _parameters(parameters: list[Schema]) -> Table | None:
    if not parameters:
        return None
    return Table(
        caption=_("Parameters"),
        columns=(
            Column(key="name", label=_("Name"), kind=ColumnKind.CODE),
            Column(key="kind", label=_("Type"), kind=ColumnKind.CODE),
            Column(key="meaning", label=_("Meaning")),
        ),
        rows=tuple((one["name"], _type(one["schema"]), _meaning(one)) for one in parameters),
    )


def _meaning(parameter: Schema) -> str:
    parts = [_translated(parameter.get("description", ""))]
    if parameter["required"]:
        parts.append(_("Required."))
    elif parameter["schema"].get("default") is not None:
        parts.append(_("Default: %(value)s.") % {"value": parameter["schema"]["default"]})
    return " ".join(filter(None, parts))


def _fields(schema: Schema, schemas: Schema, caption: str) -> Table | None:
    rows = tuple(_rows(schema, schemas, ""))
    if not rows:
        return None
    return Table(
        caption=caption,
        columns=(
            Column(key="field", label=_("Field"), kind=ColumnKind.CODE),
            Column(key="kind", label=_("Type"), kind=ColumnKind.CODE),
            Column(key="meaning", label=_("Meaning")),
        ),
        rows=rows,
    )


def _rows(schema: Schema, schemas: Schema, before: str) -> Iterator[tuple[str, str, str]]:
    """Every field with its dotted path; the parts of a list stand under `name[]`."""
    schema = _resolved(schema, schemas)
    if schema.get("type") == "array":
        yield from _rows(schema["items"], schemas, f"{before}[]")
        return
    for name, field in schema.get("properties", {}).items():
        path = f"{before}.{name}" if before else name
        yield path, _type(field, schemas), _translated(field.get("description", ""))
        inner = _resolved(_present(field), schemas)
        if inner.get("type") == "array" or "properties" in inner:
            yield from _rows(inner, schemas, path)


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    reference = schema.get("$ref")
    found: Schema = schemas[reference.rsplit("/", 1)[1]] if reference else schema
    return found


def _present(schema: Schema) -> Schema:
    """The schema of a value that is there, out of `value or null`."""
    for one in schema.get("anyOf", ()):
        if one.get("type") != "null":
            present: Schema = one
            return present
    return schema


def _type(schema: Schema, schemas: Schema | None = None) -> str:
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(one, schemas) for one in schema["anyOf"]))
    if "$ref" in schema:
        return str(_type(_resolved(schema, schemas), schemas)) if schemas else "object"
    if schema.get("type") == "array":
        return f"{_type(schema['items'], schemas)}[]"
    if "const" in schema:
        return str(schema["const"])
    return str(schema.get("type", "object"))


def _sample(site: str, path: str, method: str, operation: Schema, schemas: Schema) -> str:
    """A curl line that works, from the examples of the document."""
    for one in operation["parameters"]:
        example = _example(one["schema"])
        if one["in"] == "path" and example is not None:
            path = path.replace(f"{{{one['name']}}}", str(example))
    says_itself = method == "get" or (method == "post" and "requestBody" in operation)
    line = f"curl '{site}{path}'" if says_itself else f"curl -X {method.upper()} '{site}{path}'"
    if body := _body(operation, _FORM):
        fields = _resolved(body, schemas)["properties"]
        return line + "".join(
            f" -F '{name}={_part(name, field)}'" for name, field in fields.items() if _part(name, field)
        )
    body = _body(operation, _JSON)
    if body is None:
        return line
    fields = _resolved(body, schemas)["properties"]
    content = {name: value for name, field in fields.items() if (value := _example(field)) is not None}
    return f"{line} -H 'Content-Type: application/json' -d '{json.dumps(content)}'"


def _body(operation: Schema, kind: str) -> Schema | None:
    found: Schema | None = operation.get("requestBody", {}).get("content", {}).get(kind, {}).get("schema")
    return found


def _part(name: str, field: Schema) -> str:
    """A field of a multipart form: a file of this computer, or its example."""
    if _present(field).get("format") == "binary":
        return f"@{name}.pdf"
    return str(_example(field) or "")


def _example(schema: Schema) -> object:
    examples = schema.get("examples") or _present(schema).get("examples")
    return examples[0] if examples else None
