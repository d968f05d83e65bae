"""Small packages built in code: a drawing in one line per arrow, and a form with one question."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from livinglab.packages.domain.form import Field, FieldType, Form, Page
from livinglab.packages.domain.manifest import (
    Calendar,
    DataUse,
    Issued,
    Manifest,
    Maturity,
    Parameter,
    ParameterType,
    Publisher,
    Role,
    RoleKind,
    Standard,
    Within,
)
from livinglab.packages.domain.package import Package, Template
from livinglab.packages.domain.process import Diagram, Flow, Node, NodeKind, Process, Silence
from livinglab.packages.domain.running.days import Days
from livinglab.packages.domain.tables import Table
from livinglab.packages.domain.words import Words

#: a Monday, eight in the morning
MONDAY: Final = datetime(2026, 11, 2, 8, tzinfo=UTC)
PLAIN: Final = Days(UTC)


def node(node_id: str, is_a: NodeKind, /, lane: str = "desk", **more: object) -> Node:
    """Return an element; what is not a part of `Node` becomes one of its `ll:` attributes, `_` for `-`."""
    parts = {"timer", "attached_to", "interrupts", "default_flow", "calls"}
    own = {key: value for key, value in more.items() if key in parts}
    said = {key.replace("_", "-"): str(value) for key, value in more.items() if key not in parts}
    return Node(id=node_id, kind=is_a, name=node_id, lane=lane, said=said, **own)  # type: ignore[arg-type]


def process(
    nodes: list[Node], arrows: str, silence: Silence | None = None, process_id: str = "main"
) -> Process:
    """Return a process; `arrows` has a line `a > b` or `a > b ? condition` per flow, whose id is `a-b`."""
    flows: dict[str, Flow] = {}
    for line in arrows.split("\n"):
        if not line.strip():
            continue
        ends, _, condition = line.partition("?")
        source, target = (end.strip() for end in ends.split(">"))
        flows[f"{source}-{target}"] = Flow(f"{source}-{target}", source, target, condition.strip())
    return Process(process_id, {one.id: one for one in nodes}, flows, ("me", "desk", "head"), silence)


def package(
    main: Process,
    called: tuple[Process, ...] = (),
    rules: Mapping[str, Table] | None = None,
    messages: Mapping[str, str] | None = None,
    documents: Mapping[str, str] | None = None,
    tasks: Mapping[str, Form] | None = None,
    fields: tuple[Field, ...] = (),
    within: int = 5,
) -> Package:
    """Return a package of this process, with roles me (citizen), desk (village) and head (signer)."""
    text = Words("teks")
    return Package(
        files={},
        manifest=Manifest(
            id="kecil",
            version="1.0.0",
            name=text,
            summary=text,
            publisher=Publisher("99.71", "Kota Teladan (fiktif)"),
            licence="CC-BY-4.0",
            maturity=Maturity.DRAFTED,
            functions=(),
            sector="",
            indicators=(),
            derived_from=None,
            law=(),
            standard=Standard({}, Within(within, Calendar.WORKING), is_free=True, fee_rule=None),
            roles=(
                Role("me", RoleKind.CITIZEN, text),
                Role("desk", RoleKind.VILLAGE, text),
                Role("head", RoleKind.SIGNER, text),
            ),
            parameters=(
                Parameter(id="days", type=ParameterType.DAYS, name=text, is_required=True, hint=Words("3")),
                Parameter(
                    id="name",
                    type=ParameterType.TEXT,
                    name=text,
                    is_required=True,
                    hint=Words("Kantor Contoh"),
                ),
            ),
            data=DataUse(text, "public_task", 24),
            documents=tuple(Issued(one, text, "SK", "head") for one in documents or {}),
            has_survey=False,
        ),
        form=form(fields),
        tasks=tasks or {},
        diagram=Diagram(main, {one.id: one for one in called}, ""),
        rules=rules or {},
        documents={
            (key, "id"): Template(key, f"documents/{key}.html", "id", text)
            for key, text in (documents or {}).items()
        },
        messages={
            (key, "id"): Template(key, f"messages/{key}.id.md", "id", text)
            for key, text in (messages or {}).items()
        },
        scenarios={},
    )


def form(fields: tuple[Field, ...], per_page: int = 5) -> Form:
    """Return a form of these fields, so many on a page."""
    pages = tuple(
        Page(
            f"page{place}",
            Words(f"Halaman {place}"),
            tuple(one.id for one in fields[place : place + per_page]),
        )
        for place in range(0, len(fields), per_page)
    )
    return Form("form.schema.json", Words("Formulir"), pages, {one.id: one for one in fields}, {})


def question(
    field_id: str, kind: FieldType = FieldType.TEXT, *, is_required: bool = False, **more: object
) -> Field:
    """Return a question; a keyword of JSON Schema goes into its schema."""
    types = {
        FieldType.INTEGER: "integer",
        FieldType.MONEY: "integer",
        FieldType.NUMBER: "number",
        FieldType.YES_NO: "boolean",
        FieldType.CHOICES: "array",
        FieldType.LIST: "array",
        FieldType.FILE: "object",
    }
    parts = {"show_if", "options", "accept", "max_kib", "place_level", "not_before", "not_after", "fields"}
    schema = {
        "type": types.get(kind, "string"),
        **{key: value for key, value in more.items() if key not in parts},
    }
    own = {key: value for key, value in more.items() if key in parts}
    return Field(id=field_id, type=kind, title=Words(field_id), is_required=is_required, schema=schema, **own)  # type: ignore[arg-type]
