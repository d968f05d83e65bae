"""Reads reference/cohorts.yaml, and refuses what does not fit; every refusal names the cohort and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import yaml

from livinglab.visits.domain.kinds import MemberStatus

FILE: Final = "cohorts.yaml"


class CohortFileRefused(Exception):
    """The file says something it may not; nothing of it is loaded."""


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A region that a source counts to a cohort."""

    region_code: str
    status: MemberStatus
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCohort:
    """A cohort as the file states it, in both languages; `stated_size` is what its source says."""

    code: str
    name: str
    name_en: str
    about: str
    about_en: str
    stated_size: int | None
    source: str
    source_url: str
    starts_on: date | None
    members: tuple[ListedMember, ...]


def read_cohorts(folder: Path) -> tuple[ListedCohort, ...]:
    """This function will return the cohorts of the file in its order. Errors: `CohortFileRefused`."""
    try:
        content = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CohortFileRefused(f"{FILE}: {error}") from error
    entries = _Place("cohorts", content).entries("cohorts")
    found = tuple(_cohort(entry) for entry in entries)
    codes = [one.code for one in found]
    if len(set(codes)) != len(codes):
        raise CohortFileRefused(f"{FILE}: a code comes twice among {', '.join(codes)}")
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A mapping of the file, and what it is called in a refusal."""

    name: str
    content: object

    @property
    def values(self) -> Mapping[object, object]:
        if not isinstance(self.content, dict):
            raise CohortFileRefused(f"{FILE}: {self.name}: expected keys with values")
        return self.content

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise CohortFileRefused(f"{FILE}: {self.name}: {key!r} needs a text")
        return value.strip()

    def entries(self, key: str) -> list["_Place"]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise CohortFileRefused(f"{FILE}: {self.name}: {key!r} needs a list")
        return [_Place(f"{self.name}, {key} {number}", each) for number, each in enumerate(value, start=1)]


def _cohort(entry: _Place) -> ListedCohort:
    code, about = entry.text("code"), _Place(f"{entry.name}, about", entry.values.get("about"))
    name = _Place(f"{entry.name}, name", entry.values.get("name"))
    size, starts_on = entry.values.get("stated_size"), entry.values.get("starts_on")
    if size is not None and (not isinstance(size, int) or size < 1):
        raise CohortFileRefused(f"{FILE}: {code}: 'stated_size' needs a whole number")
    if starts_on is not None and not isinstance(starts_on, date):
        raise CohortFileRefused(f"{FILE}: {code}: 'starts_on' needs a day such as 2022-11-21")
    members = tuple(_member(each) for each in entry.entries("members"))
    if len({one.region_code for one in members}) != len(members):
        raise CohortFileRefused(f"{FILE}: {code}: a member comes twice")
    return ListedCohort(
        code=code,
        name=name.text("id"),
        name_en=name.text("en"),
        about=about.text("id"),
        about_en=about.text("en"),
        stated_size=size,
        source=entry.text("source"),
        source_url=entry.text("source_url", default=""),
        starts_on=starts_on,
        members=members,
    )


def _member(entry: _Place) -> ListedMember:
    status = entry.text("status")
    if status not in list(MemberStatus):
        known = ", ".join(MemberStatus)
        raise CohortFileRefused(f"{FILE}: {entry.name}: {status!r} is none of {known}")
    return ListedMember(
        entry.text("region"), MemberStatus(status), entry.text("reason"), entry.text("source")
    )
