"""`scenarios/ID.yaml` as typed values."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from livinglab.packages.adapters.located import Located, refused
from livinglab.packages.adapters.shapes import Object, an_object, objects, text, texts, words
from livinglab.packages.domain.contents import identifier
from livinglab.packages.domain.scenarios import Act, Do, Expect, Kind, Scenario

_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", re.ASCII)


def scenario_from(located: Located) -> Scenario:
    """This function will return a scenario that its schema has found sound. Errors: PackageRefused: no such day."""
    found = an_object(located.value)
    try:
        starts = datetime.fromisoformat(text(found["starts"]))
    except ValueError as error:
        said = {"where": "starts", "problem": "not_a_day", "found": text(found["starts"])}
        raise refused("P024", located.path, located.line("starts"), **said) from error
    return Scenario(
        id=identifier(located.path),
        path=located.path,
        title=words(found["title"]),
        kind=Kind(text(found["kind"])),
        starts=starts,
        parameters=an_object(found.get("parameters", {})),
        steps=tuple(
            _expect(an_object(one["expect"]), located.line("steps", place))
            if "expect" in one
            else _act(one, located.line("steps", place))
            for place, one in enumerate(objects(found["steps"]))
        ),
    )


def _act(found: Object, line: int) -> Act:
    match = _DURATION.fullmatch(text(found.get("for")))
    days, hours, minutes = (int(one or 0) for one in match.groups()) if match else (0, 0, 0)
    return Act(
        do=Do(text(found["do"])),
        role=text(found.get("as")),
        task=text(found.get("task")),
        answers=an_object(found.get("answers", {})),
        refused=texts(found.get("refused")),
        says=an_object(found["says"]) if "says" in found else None,
        wait=timedelta(days=days, hours=hours, minutes=minutes),
        line=line,
    )


def _expect(found: Object, line: int) -> Expect:
    return Expect(
        waiting=frozenset(texts(found["waiting"])) if "waiting" in found else None,
        breached=frozenset(texts(found["breached"])) if "breached" in found else None,
        messages=texts(found["messages"]) if "messages" in found else None,
        documents=texts(found["documents"]) if "documents" in found else None,
        outcome=text(found["outcome"]) if "outcome" in found else None,
        rules={key: an_object(one) for key, one in an_object(found.get("rules", {})).items()},
        line=line,
    )
