"""A case as JSON and back: everything of it, nothing lost."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Final, cast

from livinglab.packages.domain.process import Outcome
from livinglab.packages.domain.running.state import (
    Arrival,
    Case,
    Check,
    Decision,
    Entry,
    Frame,
    Happened,
    Issue,
    Published,
    Sent,
    Text,
    Timer,
    Token,
)

#: raised when the shape of what is stored changes
VERSION: Final = 1

Stored = Mapping[str, object]


class StoredOtherwise(ValueError):
    """What was stored has another version than this code reads."""


def to_json(case: Case) -> dict[str, object]:
    """This function will return a case as what JSON can hold."""
    return {"version": VERSION, **cast("dict[str, object]", _plain(case))}


def from_json(stored: Stored) -> Case:
    """This function will return the case that was stored. Errors: `StoredOtherwise`."""
    if stored.get("version") != VERSION:
        raise StoredOtherwise(str(stored.get("version")))
    known = dict(stored)
    del known["version"]
    outcome = cast("str | None", known["outcome"])
    asked = cast("str | None", known["asked"])
    return Case(
        number=cast("str", known["number"]),
        started=_moment(known["started"]),
        now=_moment(known["now"]),
        due=_moment(known["due"]),
        parameters=cast("Stored", known["parameters"]),
        answers=cast("Stored", known["answers"]),
        tasks=cast("Mapping[str, Stored]", known["tasks"]),
        rules={
            rule: Decision(tuple(cast("list[str]", one["rows"])), cast("Stored", one["outputs"]))
            for rule, one in cast("Mapping[str, Stored]", known["rules"]).items()
        },
        checks={
            register: Check(
                _moment(one["at"]),
                cast("Stored", one["says"]),
                cast("str", one["source"]),
                cast("str", one["why"]),
            )
            # cases that were kept before registers were asked have none
            for register, one in cast("Mapping[str, Stored]", known.get("checks", {})).items()
        },
        # of cases that were kept before places were booked there is none
        bookings=cast("Mapping[str, Stored]", known.get("bookings", {})),
        tokens=tuple(_token(one) for one in _rows(known["tokens"])),
        frames=tuple(Frame(**cast("dict[str, object]", one)) for one in _rows(known["frames"])),  # type: ignore[arg-type]
        arrivals=tuple(Arrival(**cast("dict[str, object]", one)) for one in _rows(known["arrivals"])),  # type: ignore[arg-type]
        sent=tuple(_sent(one) for one in _rows(known["sent"])),
        issued=tuple(_issue(one) for one in _rows(known["issued"])),
        # cases that were kept before steps could publish have none
        published=tuple(_published(one) for one in _rows(known.get("published", []))),
        history=tuple(_entry(one) for one in _rows(known["history"])),
        outcome=Outcome(outcome) if outcome else None,
        asked=_moment(asked) if asked else None,
        passed=tuple(cast("list[str]", known["passed"])),
        last_id=cast("int", known["last_id"]),
    )


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _rows(value: object) -> list[Stored]:
    return cast("list[Stored]", value)


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(cast("str", value))


def _token(one: Stored) -> Token:
    return Token(
        id=cast("int", one["id"]),
        frame=cast("int", one["frame"]),
        node=cast("str", one["node"]),
        since=_moment(one["since"]),
        due=_moment(one["due"]) if one["due"] else None,
        timers=tuple(Timer(cast("str", each["node"]), _moment(each["at"])) for each in _rows(one["timers"])),
    )


def _sent(one: Stored) -> Sent:
    texts = cast("Mapping[str, Mapping[str, str]]", one["texts"])
    return Sent(
        cast("str", one["message"]),
        _moment(one["at"]),
        {language: Text(text["subject"], text["body"]) for language, text in texts.items()},
    )


def _issue(one: Stored) -> Issue:
    return Issue(
        cast("str", one["document"]),
        cast("str", one["number"]),
        _moment(one["at"]),
        cast("Mapping[str, str]", one["pages"]),
        cast("str", one["signed_by"]),
    )


def _published(one: Stored) -> Published:
    return Published(
        step=cast("str", one["step"]),
        kind=cast("str", one["kind"]),
        form=cast("str", one["form"]),
        number=cast("str", one["number"]),
        address=cast("str", one["address"]),
        at=_moment(one["at"]),
        edition=cast("int", one["edition"]),
    )


def _entry(one: Stored) -> Entry:
    return Entry(
        what=Happened(cast("str", one["what"])),
        at=_moment(one["at"]),
        on=cast("str", one["on"]),
        role=cast("str", one["role"]),
        by=cast("str", one["by"]),
    )
