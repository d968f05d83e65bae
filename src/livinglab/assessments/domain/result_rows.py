"""Turns the rows of a results file, still text, into claims; a row that is wrong is refused with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from livinglab.assessments.domain.claims import (
    AverageClaim,
    RefusedRow,
    Reliability,
    ResultClaim,
    Scope,
    SourceStatement,
)
from livinglab.assessments.domain.instruments import Instrument

_Claim = TypeVar("_Claim")
InstrumentForYear = Callable[[int], Instrument | None]
PART = re.compile(r"[DA]\d{1,2}", re.ASCII)
RESULT_COLUMNS = (
    "year",
    "code",
    "institution",
    "index",
    "predicate",
    "source",
    "decision",
    "reliability",
    "note",
)
AVERAGE_COLUMNS = ("year", "scope", "index", "source", "decision", "reliability", "leads", "note")
_VALUE = re.compile(r"\d{1,2}(\.\d{1,2})?", re.ASCII)
_LONGEST = {"institution": 200, "source": 300, "decision": 80, "note": 500, "predicate": 40}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its line and its cells by column name."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """Return a cell without outer blanks; empty where the file does not have the column."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for every row that does not say otherwise."""

    year: int | None = None
    source: SourceStatement | None = None


class _RowRefused(ValueError):
    """Why a row cannot be taken."""


def read_result_rows(
    rows: Iterable[Row],
    *,
    defaults: Defaults,
    instrument_for_year: InstrumentForYear,
    organizations: Collection[str],
) -> tuple[list[ResultClaim], list[RefusedRow]]:
    """Return the claims of `rows`, and the rows that are refused, each with its reason."""

    def read(row: Row) -> ResultClaim:
        return _result_claim(row, defaults, instrument_for_year, organizations)

    rows = list(rows)
    if unreadable := _table_refused(rows):
        return [], [unreadable]
    claims, refused = _read_all(rows, read)
    seen: dict[tuple[str, int, SourceStatement], int] = {}
    for claim in list(claims):
        key = (claim.code, claim.year, claim.source)
        if key in seen:
            refused.append(
                RefusedRow(
                    claim.line, f"{claim.code} comes twice for {claim.year}; first in line {seen[key]}"
                )
            )
            claims.remove(claim)
        seen.setdefault(key, claim.line)
    return claims, sorted(refused, key=lambda each: each.line)


def _table_refused(rows: Sequence[Row]) -> RefusedRow | None:
    """Why the whole table cannot be taken: a misspelt column would otherwise be lost without a word."""
    if not rows:
        return RefusedRow(1, "there is no row below the header")
    unknown = [name for name in rows[0].cells if name not in RESULT_COLUMNS and not PART.fullmatch(name)]
    if not unknown:
        return None
    named = ", ".join(repr(name[:40]) for name in unknown[:5])
    known = ", ".join(RESULT_COLUMNS)
    return RefusedRow(1, f"unknown column {named}; known are {known}, and D1, D2, … or A1, A2, …")


def read_average_rows(
    rows: Iterable[Row], *, instrument_for_year: InstrumentForYear
) -> tuple[list[AverageClaim], list[RefusedRow]]:
    """Return the averages of `rows`, and the rows that are refused, each with its reason."""
    return _read_all(rows, lambda row: _average_claim(row, instrument_for_year))


def _read_all(rows: Iterable[Row], read: Callable[[Row], _Claim]) -> tuple[list[_Claim], list[RefusedRow]]:
    claims: list[_Claim] = []
    refused: list[RefusedRow] = []
    for row in rows:
        try:
            claims.append(read(row))
        except _RowRefused as reason:
            refused.append(RefusedRow(row.line, str(reason)))
    return claims, refused


def _result_claim(
    row: Row, defaults: Defaults, instrument_for_year: InstrumentForYear, organizations: Collection[str]
) -> ResultClaim:
    year = _year(row, defaults.year)
    instrument = _instrument(year, instrument_for_year)
    code = row.cell("code")
    if code not in organizations:
        raise _RowRefused(f"code: no organisation {code[:40]!r}")
    index = _value(row, "index", instrument)
    domains = _domains(row, instrument)
    if index is None and not domains:
        raise _RowRefused("index: a row without an index needs at least one domain")
    predicate = row.cell("predicate")
    names = [band.name.id for band in instrument.bands]
    if predicate and predicate not in names:
        raise _RowRefused(f"predicate: {predicate[:40]!r} is unknown; known: {', '.join(names)}")
    return ResultClaim(
        line=row.line,
        code=code,
        year=year,
        instrument=instrument.code,
        index=index,
        predicate=predicate,
        domains=domains,
        source=_source(row, defaults.source),
        note=_text(row, "note"),
    )


def _average_claim(row: Row, instrument_for_year: InstrumentForYear) -> AverageClaim:
    year = _year(row, None)
    instrument = _instrument(year, instrument_for_year)
    index = _value(row, "index", instrument)
    if index is None:
        raise _RowRefused("index: missing")
    leads = row.cell("leads")
    if leads not in ("yes", "no"):
        raise _RowRefused("leads: expected yes or no")
    scope = row.cell("scope")
    if scope not in set(Scope):
        raise _RowRefused(f"scope: {scope[:40]!r} is unknown; known: {', '.join(Scope)}")
    domains, source = _domains(row, instrument), _source(row, None)
    return AverageClaim(
        row.line,
        Scope(scope),
        year,
        instrument.code,
        index,
        domains,
        source,
        leads == "yes",
        _text(row, "note"),
    )


def _year(row: Row, default: int | None) -> int:
    text = row.cell("year")
    if not text and default is not None:
        return default
    if not re.fullmatch(r"20\d\d", text, re.ASCII):
        raise _RowRefused(f"year: expected a year such as 2024, found {text[:20]!r}")
    if default is not None and int(text) != default:
        raise _RowRefused(f"year: {text}, but this import is for {default}")
    return int(text)


def _instrument(year: int, instrument_for_year: InstrumentForYear) -> Instrument:
    instrument = instrument_for_year(year)
    if instrument is None:
        raise _RowRefused(f"year: no instrument was used in {year}")
    return instrument


def _value(row: Row, column: str, instrument: Instrument) -> Decimal | None:
    text = row.cell(column)
    if not text:
        return None
    if not _VALUE.fullmatch(text):
        raise _RowRefused(
            f"{column}: expected at most two decimals with a point such as 3.54, found {text[:20]!r}"
        )
    value = Decimal(text).quantize(Decimal("0.01"))
    if (
        not 0 <= value <= instrument.scale.maximum
    ):  # a printed value below the scale is kept: the checker names it
        raise _RowRefused(f"{column}: {text} is outside 0 to {instrument.scale.maximum}")
    return value


def _domains(row: Row, instrument: Instrument) -> dict[str, Decimal]:
    known = [part.code for part in instrument.domains or instrument.aspects]
    values: dict[str, Decimal] = {}
    for column in row.cells:
        value = _value(row, column, instrument) if PART.fullmatch(column) else None
        if value is None:
            continue
        if column not in known:
            raise _RowRefused(f"{column}: {instrument.code} has {', '.join(known)}")
        values[column] = value
    return values


def _source(row: Row, default: SourceStatement | None) -> SourceStatement:
    title, decision, reliability = (row.cell(name) for name in ("source", "decision", "reliability"))
    if not (title or decision or reliability) and default is not None:
        return default
    if not title:
        raise _RowRefused("source: missing")
    if reliability not in set(Reliability):
        raise _RowRefused(f"reliability: {reliability[:40]!r} is unknown; known: {', '.join(Reliability)}")
    return SourceStatement(_text(row, "source"), _text(row, "decision"), Reliability(reliability))


def _text(row: Row, column: str) -> str:
    text = row.cell(column)
    problem = text_problem(column, text)
    if problem:
        raise _RowRefused(problem)
    return text


def text_problem(column: str, text: str) -> str | None:
    """Return what is wrong with a free text of this column, None when it can be taken."""
    if len(text) > _LONGEST[column]:
        return f"{column}: longer than {_LONGEST[column]} characters"
    if any(unicodedata.category(sign).startswith("C") for sign in text):
        return f"{column}: holds a control character"
    return None
