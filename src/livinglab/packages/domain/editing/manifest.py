"""`package.yaml` edited: the boxes of each part that a region may change when it adapts a service.

Identity, publisher, version, licence and what the service evidences stay the origin's: they say where it comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.editing.boxes import Box, Kind
from livinglab.packages.domain.editing.places import put, standing_at
from livinglab.packages.domain.manifest import STANDARD_COMPONENTS, ParameterType

_CALENDARS: Final = ("working", "calendar")
_GROUNDS: Final = (
    "consent",
    "contract",
    "legal_obligation",
    "vital_interest",
    "public_task",
    "legitimate_interest",
)
_WHOLE: Final = frozenset({ParameterType.INTEGER, ParameterType.MONEY, ParameterType.DAYS})
_UNHINTED: Final = frozenset({ParameterType.OFFICIAL, ParameterType.LETTERHEAD})
#: how a fee is said when there is none
FREE: Final = "free"


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that belong together: `key` names the component or list, `id` the item in it ("" for a single one)."""

    key: str
    id: str
    boxes: tuple[Box, ...]


def groups_of(part: str, data: object) -> tuple[Group, ...]:
    """This function will return the boxes of a part: `standard`, `law`, `parameters` or `others`."""
    match part:
        case "standard":
            return _standard()
        case "law":
            return tuple(Group("law", name, _law(number)) for number, name in enumerate(ids_of(data, "law")))
        case "parameters":
            return tuple(
                Group("parameters", name, _parameter(data, number))
                for number, name in enumerate(ids_of(data, "parameters"))
            )
        case _:
            return _others(data)


def ids_of(data: object, key: str) -> list[str]:
    """This function will return the ids of a list's items, in order."""
    return [str(standing_at(one, ("id",))) for one in items_of(data, key)]


def items_of(data: object, key: str) -> list[object]:
    """This function will return the items of a list of the manifest; none where it is not there."""
    found = standing_at(data, (key,))
    return found if isinstance(found, list) else []


def blank_law(name: str) -> dict[str, object]:
    """This function will return a law of the region's own of which nothing was said yet."""
    return {"id": name, "cite": "", "article": "", "about": {"id": ""}, "scope": "local"}


def blank_parameter(name: str, kind: ParameterType) -> dict[str, object]:
    """This function will return a parameter of which only type and name in expressions were said."""
    found: dict[str, object] = {"id": name, "type": kind.value, "name": {"id": ""}, "required": True}
    if kind is ParameterType.CHOICE:
        yes: dict[str, object] = {"value": "a", "text": {"id": ""}}
        return {**found, "options": [yes, {"value": "b", "text": {"id": ""}}]}
    return found


def fee_of(data: object) -> str:
    """This function will return how the fee is set: `free`, or rule and output such as `tax.amount`."""
    fee = standing_at(data, ("standard", "fee"))
    if isinstance(fee, Mapping) and "rule" in fee:
        return f"{fee['rule']}.{fee.get('output', '')}"
    return FREE


def with_fee(data: object, chosen: str) -> object:
    """This function will return the manifest with the fee set by a rule and its output, or free; its texts stay."""
    if chosen == fee_of(data):
        return data
    fee = standing_at(data, ("standard", "fee"))
    texts = {key: fee[key] for key in ("id", "en") if key in fee} if isinstance(fee, Mapping) else {}
    rule, _, output = chosen.partition(".")
    how: dict[str, object] = {"free": True} if chosen == FREE else {"rule": rule, "output": output}
    return put(data, ("standard", "fee"), {**texts, **how})


def _standard() -> tuple[Group, ...]:
    head = (Box(("name",), Kind.WORDS, is_owed=True), Box(("summary",), Kind.LONG_WORDS, is_owed=True))
    found = [Group("service", "", head)]
    for key in STANDARD_COMPONENTS:
        boxes = [Box(("standard", key), Kind.LONG_WORDS, is_owed=True)]
        if key == "duration":
            boxes += [
                Box(("standard", key, "within", "days"), Kind.WHOLE),
                Box(("standard", key, "within", "calendar"), Kind.CHOICE, _CALENDARS),
            ]
        found.append(Group(key, "", tuple(boxes)))
    return tuple(found)


def _law(number: int) -> tuple[Box, ...]:
    place = ("law", number)
    return (
        Box((*place, "cite"), Kind.LINE, is_owed=True),
        Box((*place, "article"), Kind.LINE, is_owed=True),
        Box((*place, "about"), Kind.WORDS, is_owed=True),
        Box((*place, "scope"), Kind.CHOICE, ("national", "local")),
    )


def _parameter(data: object, number: int) -> tuple[Box, ...]:
    place = ("parameters", number)
    kind = ParameterType(str(standing_at(data, (*place, "type"))))
    found = [
        Box((*place, "name"), Kind.WORDS, is_owed=True),
        Box((*place, "help"), Kind.WORDS),
        Box((*place, "required"), Kind.YES_NO),
    ]
    if kind not in _UNHINTED:
        in_two = isinstance(standing_at(data, (*place, "hint")), Mapping)
        found.append(Box((*place, "hint"), Kind.WORDS if in_two else Kind.LINE))
    if kind in _WHOLE:
        found += [Box((*place, "minimum"), Kind.WHOLE), Box((*place, "maximum"), Kind.WHOLE)]
    options = standing_at(data, (*place, "options"))
    for each in range(len(options) if isinstance(options, list) else 0):
        found.append(Box((*place, "options", each, "text"), Kind.WORDS, is_owed=True))
    return tuple(found)


def _others(data: object) -> tuple[Group, ...]:
    roles = [
        Group("roles", name, (Box(("roles", number, "name"), Kind.WORDS, is_owed=True),))
        for number, name in enumerate(ids_of(data, "roles"))
    ]
    documents = [
        Group("documents", name, (Box(("documents", number, "name"), Kind.WORDS, is_owed=True),))
        for number, name in enumerate(ids_of(data, "documents"))
    ]
    use = (
        Box(("data", "purpose"), Kind.LONG_WORDS, is_owed=True),
        Box(("data", "ground"), Kind.CHOICE, _GROUNDS),
        Box(("data", "keep", "months"), Kind.WHOLE),
        Box(("survey",), Kind.YES_NO),
    )
    return (*roles, *documents, Group("data", "", use))
