"""`rules/ID.json` as typed values."""

from __future__ import annotations

from livinglab.packages.adapters.located import Located
from livinglab.packages.adapters.shapes import an_object, maybe_words, objects, text, words
from livinglab.packages.domain.tables import Hit, Input, Output, OutputType, Row, Table


def table_from(located: Located) -> Table:
    """This function will return a decision table that its schema has found sound."""
    found = an_object(located.value)
    return Table(
        id=text(found["id"]),
        path=located.path,
        title=words(found["title"]),
        hit=Hit(text(found["hit"])),
        inputs=tuple(
            Input(text(one["id"]), words(one["title"]), text(one["value"]))
            for one in objects(found["inputs"])
        ),
        outputs=tuple(
            Output(text(one["id"]), words(one["title"]), OutputType(text(one["type"])))
            for one in objects(found["outputs"])
        ),
        rows=tuple(
            Row(
                text(one["id"]),
                {key: text(cell) for key, cell in an_object(one["when"]).items()},
                {key: text(cell) for key, cell in an_object(one["then"]).items()},
                maybe_words(one.get("because")),
                located.line("rows", place, "id"),
            )
            for place, one in enumerate(objects(found["rows"]))
        ),
    )
