"""What a plan calls things in the reader's language: numbers, indicators, where its levels are from."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument, Level, precedence, round_half_up
from livinglab.planning.queries.likelihoods import Share
from livinglab.planning.queries.requests import Asked, number_text
from livinglab.planning.queries.starts import Origin, Start, plannable
from livinglab.planning.remarks import rupiah as rupiah  # pages take their words from here
from livinglab.ui import formats
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as switches take it."""

    url: str
    label: str
    current: bool = False


def index(exact: Fraction, instrument: Instrument) -> str:
    """Return an index as its instrument rounds it: "3,60"."""
    return formats.decimal2(round_half_up(exact, instrument.places), language=language())


def effort(exact: Fraction) -> str:
    """Return an effort with one decimal: "29,3"."""
    return formats.decimal1(decimal_of(exact), language=language())


def points(exact: Fraction) -> str:
    """Return a gain in index points with three decimals and its sign: "+0,013"."""
    return f"+{formats.decimal3(decimal_of(exact), language=language())}"


def decimal_of(exact: Fraction) -> Decimal:
    """Return a fraction as a decimal of 28 digits, for formats and files."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def indicator_number(key: str) -> int:
    """Return the number of an indicator's key; a variant's scores ("35-2") share their indicator's."""
    return int(key.split("-")[0])


def indicator_name(instrument: Instrument, key: str) -> str:
    """Return the short name of an indicator, of a variant's score with its number."""
    name = _names(instrument, language())[indicator_number(key)]
    return f"{name} ({key})" if "-" in key else name


@lru_cache(maxsize=16)
def _names(instrument: Instrument, written_in: str) -> dict[int, str]:
    return {each.number: each.short.in_language(written_in) for each in instrument.indicators()}


def origin(start: Start, region: str) -> str:
    """Return with which levels a plan begins, and what they are worth."""
    values = {
        "region": region,
        "year": start.year,
        "instrument": start.instrument.short.in_language(language()),
    }
    match start.origin:
        case Origin.OWN:
            said = _(
                "It begins with the levels of %(region)s's own evaluation of %(year)s (%(instrument)s), which only "
                "its own people see. Whoever else opens this address sees a plan from published levels."
            )
        case Origin.PUBLISHED:
            said = _(
                "It begins with the levels that %(region)s lets everybody see of its evaluation of %(year)s "
                "(%(instrument)s)."
            )
        case Origin.SYNTHETIC:
            said = _(
                "Levels of single indicators were not published. It begins with made-up levels that give exactly "
                "the published result of %(region)s in %(year)s (%(instrument)s): the sums are right, the single "
                "levels are nobody's answers."
            )
        case Origin.CARRIED:
            said = _(
                "%(region)s has no levels of %(instrument)s yet. It begins with an estimate from its result of "
                "%(year)s under the older instrument: each indicator stands at the mean of the older ones that an "
                "unofficial crosswalk names, cut to a whole level; without a predecessor, and for another agency's "
                "index, at the "
                "lowest."
            )
    return said % values


def source(start: Start) -> str:
    """Return where the levels of a plan are from, as figures and files name it."""
    values = {"year": start.year, "instrument": start.instrument.short.in_language(language())}
    match start.origin:
        case Origin.OWN:
            return _("the region's own evaluation of %(year)s (%(instrument)s)") % values
        case Origin.PUBLISHED:
            return _("levels of %(year)s that the region lets everybody see (%(instrument)s)") % values
        case Origin.SYNTHETIC:
            return _("made-up levels that give the published result of %(year)s (%(instrument)s)") % values
        case Origin.CARRIED:
            return _("an estimate from the older instrument's result of %(year)s (%(instrument)s)") % values


def criteria_note(instrument: Instrument) -> str:
    """Return that the criteria of an instrument are a draft; empty where they are not."""
    if instrument.regulation.texts != "draft":
        return ""
    values = {"instrument": instrument.short.in_language(language())}
    return (
        _(
            "The criteria of %(instrument)s follow a draft: what they ask for may differ from the regulation. "
            "Where a level has no criterion, none was published."
        )
        % values
    )


def effort_note(*, has_own: bool) -> str:
    """Return what effort is counted in, and what it rests on."""
    if has_own:
        return _("Effort: the region's own figures where it gave any, else the documented default.")
    return _(
        "Effort 1 is a step that every region holds and takes; the default rests on how rare a level is and how "
        "seldom regions took the step from 2023 to 2024. It is relative: no working days, no rupiah."
    )


def share(found: Share) -> str:
    """Return a share in whole per cent with the ends of its interval: "34% (29% to 39%)"."""
    low, likely, high = (
        formats.percent(Decimal(f"{one:.2f}"), language=language())
        for one in (found.low, found.likely, found.high)
    )
    return _("%(likely)s (%(low)s to %(high)s)") % {"likely": likely, "low": low, "high": high}


def target(wanted: Fraction | None) -> str:
    """Return the target as the reader writes it; empty without one."""
    return "" if wanted is None else written(number_text(wanted))


def written(text: str) -> str:
    """Return a number with a point as the reader of this language writes it."""
    return text.replace(".", ",") if language() == "id" else text


def index_exactly(exact: Fraction, places: int) -> str:
    """Return an index cut, not rounded, to some places: it never looks as if it reached what it does not."""
    scaled = exact.numerator * 10**places // exact.denominator
    return written(str(Decimal(scaled).scaleb(-places)))


def with_target(asked: Asked, wanted: Decimal) -> str:
    """Return the query of the same wish with another target."""
    return replace(asked, target=Fraction(wanted)).query()


def wishes_written(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return the wished steps, and the instrument, as the parameters of an address."""
    return tuple(
        (name, value)
        for name, value in parse_qsl(asked.query())
        if name in ("instrument", "lock", "promise", "exclude")
    )


def instrument_links(start: Start, path: str, query: str = "") -> tuple[Link, ...]:
    """Return the instruments that a page can plan with, each with the address; `query` is what else it asks."""
    rest = f"&{query}" if query else ""
    return tuple(
        Link(
            url=f"{path}?instrument={each.code}{rest}",
            label=each.short.in_language(language()),
            current=each is start.instrument,
        )
        for each in plannable()
    )


def level(held: Level) -> str:
    """Return a level as the reader writes it: "3", of a scale with decimals "2,4"."""
    return written(str(held))


def precedence_source(instrument: Instrument) -> str | None:
    """Return who says which step must come before which; None where nothing is declared."""
    declared = precedence(instrument.code)
    return declared.source.in_language(language()) if declared else None


def money(exact: Fraction) -> str:
    """Return a sum as whole rupiah, rounded half up, as the reader writes them."""
    return rupiah(int(exact + Fraction(1, 2)))
