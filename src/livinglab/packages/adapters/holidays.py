"""National holidays and joint leave, from reference/holidays.yaml."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, cast

import yaml
from django.conf import settings

#: how many years before and after those listed the fixed holidays are laid out for
_AROUND: Final = 20


@cache
def holidays() -> frozenset[date]:
    """This function will return every day on which offices are closed besides weekends, as far as it is known."""
    text = (Path(settings.REFERENCE_DIR) / "holidays.yaml").read_text(encoding="utf-8")
    said = cast("dict[str, object]", yaml.safe_load(text))
    years = cast("dict[int, dict[str, list[str]]]", said["years"])
    fixed = [one["day"] for one in cast("list[dict[str, str]]", said["every_year"])]
    found = {
        _day(year, day)
        for year in range(min(years) - _AROUND, max(years) + _AROUND + 1)
        if year not in years
        for day in fixed
    }
    found |= {
        _day(year, day)
        for year, one in years.items()
        for kind in ("holidays", "joint_leave")
        for day in one[kind]
    }
    return frozenset(found)


def _day(year: int, day: str) -> date:
    return date.fromisoformat(f"{year}-{day}")
