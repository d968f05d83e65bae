"""`package.yaml` as typed values."""

from __future__ import annotations

from typing import Final

from livinglab.packages.adapters.located import Located
from livinglab.packages.adapters.shapes import (
    Object,
    an_object,
    maybe_whole,
    maybe_words,
    objects,
    options,
    text,
    texts,
    whole,
    words,
)
from livinglab.packages.domain.life_events import LifeEvent
from livinglab.packages.domain.manifest import (
    STANDARD_COMPONENTS,
    Calendar,
    DataUse,
    IndicatorStep,
    Issued,
    Law,
    Manifest,
    Maturity,
    NationalApplication,
    Office,
    Origin,
    Parameter,
    ParameterType,
    Publisher,
    Role,
    RoleKind,
    Standard,
    Within,
)

#: whose signer a role is in versions of our packages from before that could be said; what is published stays as it is
_UNSAID: Final = {("sktm", "head"): Office.VILLAGE, ("posyandu", "midwife"): Office.VILLAGE}


def manifest_from(located: Located) -> Manifest:
    """This function will return what a `package.yaml` says that its schema has found sound."""
    found = an_object(located.value)
    publisher = an_object(found["publisher"])
    return Manifest(
        id=text(found["id"]),
        version=text(found["version"]),
        name=words(found["name"]),
        summary=words(found["summary"]),
        publisher=Publisher(text(publisher["code"]), text(publisher["name"])),
        licence=text(found["licence"]),
        maturity=Maturity(text(found["maturity"])),
        functions=texts(found["functions"]),
        sector=text(found.get("sector")),
        indicators=tuple(
            IndicatorStep(text(one["instrument"]), whole(one["indicator"]), whole(one["level"]))
            for one in objects(found.get("indicators"))
        ),
        derived_from=_origin(found["derived_from"]) if "derived_from" in found else None,
        law=tuple(_law(one) for one in objects(found["law"])),
        standard=_standard(an_object(found["standard"])),
        roles=tuple(
            Role(
                text(one["id"]),
                RoleKind(text(one["kind"])),
                words(one["name"]),
                Office(text(one.get("of", _UNSAID.get((text(found["id"]), text(one["id"])), Office.REGION)))),
            )
            for one in objects(found["roles"])
        ),
        parameters=tuple(_parameter(one) for one in objects(found["parameters"])),
        data=_data(an_object(found["data"])),
        documents=tuple(_issued(one) for one in objects(found["documents"])),
        has_survey=found.get("survey") is True,
        national=tuple(
            NationalApplication(text(one["id"]), text(one["application"]), words(one["link"]))
            for one in objects(found.get("national"))
        ),
        life_events=tuple(LifeEvent(one) for one in texts(found.get("life_events"))),
    )


def _origin(value: object) -> Origin:
    found = an_object(value)
    return Origin(*(text(found[key]) for key in ("publisher", "id", "version", "digest")))


def _law(found: Object) -> Law:
    return Law(
        text(found["id"]),
        text(found["cite"]),
        text(found["article"]),
        words(found["about"]),
        text(found["scope"]),
    )


def _standard(found: Object) -> Standard:
    within = an_object(an_object(found["duration"])["within"])
    fee = an_object(found["fee"])
    return Standard(
        {key: words(found[key]) for key in STANDARD_COMPONENTS},
        Within(whole(within["days"]), Calendar(text(within["calendar"])), text(within.get("parameter", ""))),
        fee.get("free") is True,
        (text(fee["rule"]), text(fee["output"])) if "rule" in fee else None,
    )


def _parameter(found: Object) -> Parameter:
    return Parameter(
        id=text(found["id"]),
        type=ParameterType(text(found["type"])),
        name=words(found["name"]),
        is_required=found["required"] is True,
        help=maybe_words(found.get("help")),
        hint=maybe_words(found.get("hint")),
        minimum=maybe_whole(found.get("minimum")),
        maximum=maybe_whole(found.get("maximum")),
        options=options(found.get("options")),
        per=text(found.get("per")),
        only_stricter=found.get("stricter") is True,
    )


def _data(found: Object) -> DataUse:
    return DataUse(
        words(found["purpose"]),
        text(found["ground"]),
        whole(an_object(found["keep"])["months"]),
        text(found.get("leaves")) == "aggregates",
    )


def _issued(found: Object) -> Issued:
    return Issued(
        text(found["id"]), words(found["name"]), text(found["series"]), text(found.get("signed_by"))
    )
