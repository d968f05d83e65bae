"""What the tables of the package `posyandu` say of a child."""

import math
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Final

from django.conf import settings

from livinglab.packages.domain.package import Package
from livinglab.packages.queries.cases import Actor, runner
from livinglab.packages.queries.reading import read_package
from tests.packages.running.small import MONDAY

#: what is added to a length, by how the child was measured and how the standard measures at its age
MADE_UP_FOR: Final = {("standing", "lying"): Decimal("0.7"), ("lying", "standing"): Decimal("-0.7")}


@cache
def posyandu() -> Package:
    return read_package(settings.ROOT / "packages" / "posyandu")


def tables(sex: str, months: int, **measured: object) -> Mapping[str, Mapping[str, object]]:
    """What each table says of a child that is measured on the first day of a month of its age."""
    runs = runner(posyandu())
    weighed_on = date(2026, 11, 2)
    case = runs.start(
        number="1",
        answers={
            "child_name": "Anak Contoh",
            "sex": sex,
            "born_on": (weighed_on - timedelta(days=math.ceil(months * 30.4375))).isoformat(),
            "parent_name": "Warga Contoh",
            "village": "99.01.01.2001",
            "posyandu": "Posyandu Contoh",
            "measured_on": weighed_on.isoformat(),
            "weight": 8,
            "oedema": False,
            **measured,
        },
        parameters=runs.parameters({}),
        by=Actor("cadre", "kader"),
        at=MONDAY,
    )
    return {name: one.outputs for name, one in case.rules.items()}
