"""The values of a package's parameters: what an adopter set, else what the origin hints at."""

from collections.abc import Mapping

from livinglab.packages.domain.manifest import Parameter, ParameterType

_WHOLE = {ParameterType.INTEGER, ParameterType.MONEY, ParameterType.DAYS}


def with_hints(parameters: tuple[Parameter, ...], given: Mapping[str, object]) -> dict[str, object]:
    """This function will return the value of each parameter: the given one, else the hint, else none."""
    return {one.id: given.get(one.id, _hint(one)) for one in parameters}


def _hint(one: Parameter) -> object:
    if one.hint is None:
        return None
    text = one.hint.id
    if one.type in _WHOLE:
        return int(text)
    if one.type is ParameterType.YES_NO:
        return text == "true"
    return text
