"""The three instruments as the product reads them, and the published cases."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from livinglab.assessments.adapters.instrument_files import load_instrument
from livinglab.assessments.domain.instruments import Instrument

ROOT = Path(__file__).parents[2]
INSTRUMENTS = ROOT / "instruments"
CODES = ("spbe-2018", "spbe-2020", "pemdi-2026")
BY_CODE: Mapping[str, Instrument] = {code: load_instrument(INSTRUMENTS / f"{code}.yaml") for code in CODES}


@dataclass(frozen=True)
class Case:
    """An evaluation published with its levels."""

    instrument: str
    year: int
    name: str
    levels: Mapping[str, int]
    index: Decimal
    index_exact: str
    predicate: str
    domains: Mapping[str, str]
    aspects: Mapping[str, str]


def published_cases() -> list[Case]:
    content: dict[str, Any] = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
    return [
        Case(
            instrument=each["instrument"],
            year=each["year"],
            name=f"{each['institution']} {each['year']}",
            levels=each["levels"],
            index=Decimal(each["published"]["index"]),
            index_exact=each["index_exact"],
            predicate=each["published"]["predicate"],
            domains=each["published"]["domains"],
            aspects=each["published"]["aspects"],
        )
        for each in content["cases"]
    ]
