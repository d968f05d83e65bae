"""Fields for the values of parameters: what was typed, what is kept, and the origin's value as a hint."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from livinglab.adoptions.domain.values import OFFICIAL_PARTS
from livinglab.packages.domain.manifest import Parameter, ParameterType
from livinglab.packages.domain.words import Words
from livinglab.ui.formats import count, day
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class Box:
    """A parameter on the page. `parts` hold the value of each field: one, or those of an official."""

    id: str
    type: str
    name: str
    help: str
    hint: str
    parts: Mapping[str, str]
    options: tuple[tuple[str, str], ...]
    is_missing: bool
    per: str


def boxes(
    parameters: Iterable[Parameter],
    values: Mapping[str, object],
    given: Mapping[str, str],
    missing: tuple[str, ...],
) -> list[Box]:
    """This function will return the fields of the parameters, with what was typed before what is kept."""
    return [
        Box(
            id=one.id,
            type=one.type.value,
            name=_said(one.name),
            help=_said(one.help),
            hint=_hint(one),
            parts={
                part: given.get(_name(one.id, part), text)
                for part, text in _parts(one, values.get(one.id)).items()
            },
            options=tuple((option.value, _said(option.name)) for option in one.options),
            is_missing=one.id in missing,
            per=one.per,
        )
        for one in parameters
    ]


def posted(parameters: Iterable[Parameter], given: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """This function will return what was typed for the parameters whose fields the form held, by part."""
    found: dict[str, dict[str, str]] = {}
    for one in parameters:
        parts = {part: given[_name(one.id, part)] for part in _names(one) if _name(one.id, part) in given}
        if parts:
            found[one.id] = parts
    return found


def shown(parameter: Parameter, value: object) -> str:
    """This function will return a kept value as people read it, on one line."""
    if isinstance(value, Mapping) and parameter.type is ParameterType.LETTERHEAD:
        return " / ".join(map(str, value.get("lines", ())))
    if isinstance(value, Mapping):
        return ", ".join(filter(None, (str(value.get(part, "")) for part in OFFICIAL_PARTS)))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if parameter.type is ParameterType.MONEY and isinstance(value, int):
        return f"Rp {count(value, language=language())}"
    if parameter.type is ParameterType.DATE:
        return day(date.fromisoformat(str(value)), language=language())
    names = {option.value: _said(option.name) for option in parameter.options}
    return names.get(str(value), str(value))


def _names(parameter: Parameter) -> tuple[str, ...]:
    return OFFICIAL_PARTS if parameter.type is ParameterType.OFFICIAL else ("",)


def _name(parameter: str, part: str) -> str:
    return f"value-{parameter}-{part}" if part else f"value-{parameter}"


def _parts(parameter: Parameter, value: object) -> Mapping[str, str]:
    if isinstance(value, Mapping) and parameter.type is ParameterType.LETTERHEAD:
        return {"": "\n".join(map(str, value.get("lines", ())))}
    if isinstance(value, Mapping):
        return {part: str(value.get(part, "")) for part in OFFICIAL_PARTS}
    if parameter.type is ParameterType.OFFICIAL:
        return dict.fromkeys(OFFICIAL_PARTS, "")
    if isinstance(value, bool):
        return {"": "yes" if value else "no"}
    return {"": "" if value is None else str(value)}


def _hint(parameter: Parameter) -> str:
    if parameter.type is ParameterType.YES_NO and parameter.hint is not None:
        return shown(parameter, parameter.hint.id == "true")
    return _said(parameter.hint)


def _said(words: Words | None) -> str:
    return words.in_language(language()) if words else ""
