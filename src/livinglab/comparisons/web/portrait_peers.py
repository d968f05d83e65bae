"""The portrait's company: similar regions, and the regions inside a province."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.portrait_queries import Other, Portrait
from livinglab.comparisons.web import portrait_findings as findings
from livinglab.comparisons.web.labels import band_css
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import listing, signed
from livinglab.comparisons.web.portrait_words import (
    domain_names,
    on_scale,
    portrait_url,
    source_notes,
)
from livinglab.ui.charts import (
    RankBars,
    RankRow,
)
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table


def peers(portrait: Portrait, words: Words) -> Figure | None:
    """Return the similar regions in the order of their index; None where none can be chosen."""
    if not portrait.peers:
        return None
    assessed = [one for one in portrait.peers if one.mark is not None]
    without = [one.place.short_name for one in portrait.peers if one.mark is None]
    own = portrait.mark.index if portrait.mark and portrait.placings else None
    indices = {one.place.short_name: one.mark.index for one in assessed if one.mark}
    notes = [
        _(
            "Similar is what lies nearest in population, area and density among the same kind: "
            "what the place is, not how it performs."
        )
    ]
    if without:
        notes.append(_("No result: %(regions)s.") % {"regions": listing(without)})
    return Figure(
        key="peers",
        heading=findings.peers(own, indices, words),
        reading=_("Bars begin at 1, where the scale begins. Below each name: in what it is ahead."),
        chart=_peer_bars(portrait, assessed, words),
        table=_peer_table(portrait),
        sources=source_notes(portrait.claim)
        if portrait.claim
        else (SourceNote(text=_("published results")),),
        notes=tuple(notes),
        synthetic=portrait.place.is_synthetic,
    )


def _peer_bars(portrait: Portrait, assessed: Sequence[Other], words: Words) -> RankBars:
    listed = list(assessed)
    if portrait.mark is not None and portrait.placings:
        listed.append(Other(place=portrait.place, mark=portrait.mark))
    listed.sort(key=lambda one: (-(one.mark.index if one.mark else Decimal(0)), one.place.code))
    rows = []
    for one in listed:
        if one.mark is None or not on_scale(one.mark.index):
            continue
        above = sum(other.mark is not None and other.mark.index > one.mark.index for other in listed)
        is_own = one.place.code == portrait.place.code
        rows.append(
            RankRow(
                rank=above + 1,
                name=one.place.short_name,
                value=one.mark.index,
                css=band_css(one.mark.band),
                note="" if is_own else ahead_in(portrait, one, words),
                href=None if is_own else _href(portrait, one),
                chosen=is_own,
            )
        )
    return RankBars(
        label=_("%(region)s and similar regions by index") % {"region": words.region},
        value_label=_("Index"),
        rows=tuple(rows),
    )


def _href(portrait: Portrait, one: Other) -> str:
    year = "" if portrait.year == portrait.ranked_years[0] else f"?year={portrait.year}"
    return portrait_url(one.place) + year


def ahead_in(portrait: Portrait, one: Other, words: Words) -> str:
    """Return in which domains another one is ahead of the page's, by how much; empty where it cannot be told."""
    if portrait.mark is None or one.mark is None:
        return ""
    gaps = {
        code: value - portrait.mark.domains[code]
        for code, value in one.mark.domains.items()
        if code in portrait.mark.domains
    }
    ahead = sorted((code for code, gap in gaps.items() if gap > 0), key=lambda code: -gaps[code])
    if not ahead:
        return _("ahead in no domain") if gaps else ""
    listed = [f"{words.domains[code]} {signed(gaps[code])}" for code in ahead]
    return _("ahead in %(domains)s") % {"domains": listing(listed)}


def _peer_table(portrait: Portrait) -> Table:
    names = domain_names(portrait.instrument, inside=False)
    codes = [domain.code for domain in portrait.domains]
    return Table(
        caption=_("Similar regions, the most similar first"),
        columns=(
            Column(key="region", label=_("Region")),
            Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
            Column(key="distance", label=_("Distance (0 is alike)"), kind=ColumnKind.INDEX),
            Column(key="population", label=_("Population"), kind=ColumnKind.COUNT),
            Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
            *(Column(key=code.lower(), label=names[code], kind=ColumnKind.INDEX) for code in codes),
        ),
        rows=tuple(
            (
                one.place.name,
                one.place.code,
                half_up(one.why.apart) if one.why else None,
                one.place.population,
                one.mark.index if one.mark else None,
                *(one.mark.domains.get(code) if one.mark else None for code in codes),
            )
            for one in portrait.peers
        ),
        row_links=tuple(_href(portrait, one) for one in portrait.peers),
    )


def inside(portrait: Portrait, words: Words) -> Figure | None:
    """Return the regencies and cities of a province by index; None where there are none."""
    assessed = [one for one in portrait.inside if one.mark is not None and on_scale(one.mark.index)]
    if not assessed:
        return None
    without = [one.place.short_name for one in portrait.inside if one.mark is None]
    notes = []
    if without:
        notes.append(_("No result: %(regions)s.") % {"regions": listing(without)})
    return Figure(
        key="regions",
        heading=findings.inside({one.place.short_name: one.mark.index for one in assessed if one.mark}),
        reading=_(
            "Bars begin at 1, where the scale begins; the number at the left is the place in the country."
        ),
        chart=RankBars(
            label=_("Regencies and cities of %(province)s by index") % {"province": words.region},
            value_label=_("Index"),
            rows=tuple(
                RankRow(
                    rank=one.rank or 0,
                    name=one.place.short_name,
                    value=one.mark.index,
                    css=band_css(one.mark.band),
                    href=_href(portrait, one),
                )
                for one in assessed
                if one.mark
            ),
        ),
        table=_inside_table(portrait),
        sources=source_notes(portrait.claim)
        if portrait.claim
        else (SourceNote(text=_("published results")),),
        notes=tuple(notes),
        wide=True,
    )


def _inside_table(portrait: Portrait) -> Table:
    names = domain_names(portrait.instrument, inside=False)
    codes = [domain.code for domain in portrait.domains]
    return Table(
        caption=_("Regencies and cities of %(province)s, %(year)s")
        % {"province": portrait.place.short_name, "year": portrait.year},
        columns=(
            Column(key="region", label=_("Region")),
            Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
            Column(key="rank", label=_("Place in the country"), kind=ColumnKind.RANK),
            Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
            *(Column(key=code.lower(), label=names[code], kind=ColumnKind.INDEX) for code in codes),
        ),
        rows=tuple(
            (
                one.place.name,
                one.place.code,
                one.rank,
                one.mark.index if one.mark else None,
                *(one.mark.domains.get(code) if one.mark else None for code in codes),
            )
            for one in portrait.inside
        ),
        row_links=tuple(_href(portrait, one) for one in portrait.inside),
    )
