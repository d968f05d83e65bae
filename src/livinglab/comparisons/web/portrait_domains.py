"""The portrait's domains, beside the means of the nation, the province, the kind and similar regions."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.domain.portrait import compare_domains
from livinglab.comparisons.portrait_queries import Mark, Mean, Portrait
from livinglab.comparisons.web import portrait_findings as findings
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import listing, percent, share_of, signed
from livinglab.comparisons.web.portrait_words import (
    domain_names,
    on_scale,
    source_notes,
)
from livinglab.organizations.queries import Kind
from livinglab.ui.charts import (
    Dot,
    DotRow,
    DotRows,
    Role,
)
from livinglab.ui.figures import Column, ColumnKind, Figure, Table


def domains(portrait: Portrait, words: Words) -> Figure | None:
    """Return the domains against the means; None where no domain was published."""
    mark = portrait.mark
    if mark is None or not mark.domains:
        return None
    means = _domain_means(portrait, words)
    against = portrait.means["kind"].domains if "kind" in portrait.means else {}
    return Figure(
        key="domains",
        heading=findings.domains(compare_domains(mark.domains, against), words)
        if against
        else _("Domain values of %(year)s") % {"year": portrait.year},
        reading=_("The figure at the end is the value, with its distance to the mean of %(kind)s below.")
        % {"kind": words.kind},
        chart=_domain_rows(portrait, mark, means, words),
        table=_domain_table(portrait, mark, means, words),
        sources=source_notes(portrait.claim, portrait.national_now),
        notes=tuple(_means_note(portrait, words)),
        synthetic=portrait.place.is_synthetic,
    )


def _domain_means(portrait: Portrait, words: Words) -> list[tuple[Role, str, str, dict[str, Decimal]]]:
    """Return what the domains are compared with: role, column key, name, and printed means by domain."""
    inside = _("Mean of its regencies and cities") if portrait.place.kind == Kind.PROVINCE else ""
    province = portrait.place.province.short_name if portrait.place.province else ""
    groups = (
        (Role.MEAN, "kind", _("Mean of %(kind)s") % {"kind": words.kind}),
        (Role.OTHERS, "peers", _("Mean of similar regions")),
        (Role.MUTED, "province", inside or _("Mean in %(province)s") % {"province": province}),
    )
    found = [
        (
            role,
            f"{key}_mean",
            name,
            {code: half_up(value) for code, value in portrait.means[key].domains.items()},
        )
        for role, key, name in groups
        if key in portrait.means
    ]
    if portrait.national_now is not None:
        found.append((Role.NATION, "national_mean", _("National mean"), dict(portrait.national_now.domains)))
    return found


def _domain_rows(
    portrait: Portrait,
    mark: Mark,
    means: Sequence[tuple[Role, str, str, dict[str, Decimal]]],
    words: Words,
) -> DotRows:
    names = domain_names(portrait.instrument, inside=False)
    rows = []
    for domain in portrait.domains:
        value = mark.domains.get(domain.code)
        if value is None or not on_scale(value):
            continue
        dots = [Dot(role=Role.FOCUS, value=value)]
        dots += [Dot(role=r, value=m[domain.code]) for r, _k, _n, m in means if domain.code in m]
        rows.append(
            DotRow(
                name=names[domain.code],
                note=_("weight %(share)s") % {"share": percent(domain.weight)},
                dots=tuple(dots),
                value=value,
                aside=_over(value, portrait.means.get("kind"), domain.code),
            )
        )
    return DotRows(
        label=_("Domains of %(region)s compared with the means") % {"region": words.region},
        rows=tuple(rows),
        key=((Role.FOCUS, words.region), *((role, name) for role, _key, name, _values in means)),
    )


def _over(value: Decimal, mean: Mean | None, code: str) -> str:
    if mean is None or code not in mean.domains:
        return ""
    return signed(value - half_up(mean.domains[code]))


def _domain_table(
    portrait: Portrait,
    mark: Mark,
    means: Sequence[tuple[Role, str, str, dict[str, Decimal]]],
    words: Words,
) -> Table:
    names = domain_names(portrait.instrument, inside=False)
    kind = portrait.means["kind"].domains if "kind" in portrait.means else {}
    return Table(
        caption=_("Domains of %(region)s, %(year)s") % {"region": words.region, "year": portrait.year},
        columns=(
            Column(key="domain", label=_("Domain")),
            Column(key="weight", label=_("Weight"), kind=ColumnKind.SHARE),
            Column(key="value", label=words.region, kind=ColumnKind.INDEX),
            *(Column(key=key, label=name, kind=ColumnKind.INDEX) for _r, key, name, _v in means),
            Column(key="over_kind", label=_("Above the mean of its kind"), kind=ColumnKind.CHANGE),
        ),
        rows=tuple(
            (
                names[domain.code],
                share_of(domain.weight),
                mark.domains.get(domain.code),
                *(values.get(domain.code) for _r, _k, _n, values in means),
                mark.domains[domain.code] - half_up(kind[domain.code])
                if domain.code in mark.domains and domain.code in kind
                else None,
            )
            for domain in portrait.domains
        ),
    )


def _means_note(portrait: Portrait, words: Words) -> Iterable[str]:
    """Yield how many are behind each mean: no average without its count."""
    counted = []
    if (kind := portrait.means.get("kind")) is not None:
        counted.append(f"{kind.count} {words.kind}")
    if (peers := portrait.means.get("peers")) is not None:
        num = {"num": peers.count}
        counted.append(ngettext("%(num)s similar region", "%(num)s similar regions", peers.count) % num)
    if (province := portrait.means.get("province")) is not None:
        place = portrait.place.province or portrait.place
        counted.append(_("%(num)s in %(province)s") % {"num": province.count, "province": place.short_name})
    if counted:
        said = listing(counted)
        yield _("Means are computed from the published results of %(groups)s.") % {"groups": said}
    if portrait.national_now is not None:
        yield _("The national mean is the ministry's own, over all kinds of institutions.")
