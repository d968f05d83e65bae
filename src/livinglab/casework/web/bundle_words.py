"""What a bundle says of a service, in the language in force: features, links, use, satisfaction, levels."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.casework.queries.bundles import Ground, IndicatorProof, ServiceProof, Verdict
from livinglab.casework.web import words
from livinglab.packages.domain.package import Package
from livinglab.packages.queries.process_words import SERVICES
from livinglab.ui import formats
from livinglab.ui.figures import Column, ColumnKind, Table


def standing(proof: ServiceProof) -> str:
    """This function will return in one sentence what data prove of the levels."""
    if not proof.indicators:
        return _("The package of this service names no indicator.")
    met = proof.verdicts(Verdict.MET)
    said = ngettext("Data prove %(num)s level criterion", "Data prove %(num)s level criteria", met)
    return _("%(proved)s; %(missing)s not yet met, %(judged)s to be judged.") % {
        "proved": said % {"num": met},
        "missing": proof.verdicts(Verdict.NOT_YET),
        "judged": proof.verdicts(Verdict.TO_BE_JUDGED),
    }


def title(proof: ServiceProof, language: str) -> str:
    """This function will return what the piece is called in the library."""
    name = words.name_of(proof.service, language)
    if proof.service.is_synthetic:
        return _("%(service)s: use and levels (made-up data)") % {"service": name}
    return _("%(service)s: use and levels") % {"service": name}


def features(package: Package, language: str) -> tuple[str, ...]:
    """This function will return what the service does, read off its package."""
    manifest, form = package.manifest, package.form
    pages = ngettext("a form of %(num)s page", "a form of %(num)s pages", len(form.pages))
    asked = ngettext("%(num)s question", "%(num)s questions", len(form.fields)) % {"num": len(form.fields)}
    found = [
        _("Asks with %(pages)s and %(questions)s; what is typed is kept as one goes on.")
        % {"pages": pages % {"num": len(form.pages)}, "questions": asked}
    ]
    found += [
        _("Decides by the table “%(rule)s”.") % {"rule": table.title.in_language(language)}
        for table in package.rules.values()
    ]
    found += [
        _("Issues: %(document)s.") % {"document": one.name.in_language(language)}
        for one in manifest.documents
    ]
    if told := len({ident for ident, _spoken in package.messages}):
        found.append(
            ngettext(
                "Tells the applicant on %(num)s occasion.", "Tells the applicant on %(num)s occasions.", told
            )
            % {"num": told}
        )
    offices = formats.listing((one.name.in_language(language) for one in manifest.roles), language=language)
    found.append(_("Takes part: %(roles)s.") % {"roles": offices})
    if manifest.has_survey:
        found.append(_("Asks applicants at the end how satisfied they are."))
    return tuple(found)


def links(proof: ServiceProof, language: str) -> tuple[str, ...]:
    """This function will return the systems of others with which the package works, as it declares them."""
    national = [
        f"{one.application}: {one.link.in_language(language)}" for one in proof.package.manifest.national
    ]
    return (*(str(SERVICES[one]) for one in proof.links), *national)


def use(proof: ServiceProof) -> Table | None:
    """This function will return the figures of use by year, None before anybody applied."""
    rows = []
    for year, one in proof.years.items():
        took = one.whole.durations
        rows.append(
            (
                str(year),
                one.whole.arrived,
                one.whole.done,
                one.whole.kept,
                took.days if took else None,
                took.days_of_most if took else None,
            )
        )
    if not rows:
        return None
    return Table(
        caption=_("Applications by year"),
        columns=(
            Column(key="year", label=_("Year"), kind=ColumnKind.CODE),
            Column(key="arrived", label=_("Arrived"), kind=ColumnKind.COUNT),
            Column(key="done", label=_("Done"), kind=ColumnKind.COUNT),
            Column(key="kept", label=_("Standard kept"), kind=ColumnKind.SHARE),
            Column(key="days_p50", label=_("Half took at most, days"), kind=ColumnKind.COUNT),
            Column(key="days_p95", label=_("95 of 100 took at most, days"), kind=ColumnKind.COUNT),
        ),
        rows=tuple(rows),
    )


def satisfaction(proof: ServiceProof) -> Table | None:
    """This function will return what applicants say by year, None before anybody was asked."""
    rows: list[tuple[str, int, int, Decimal | None, str | None]] = [
        (
            str(year),
            one.asked,
            one.n,
            one.score.index if one.score else None,
            one.score.band.value if one.score else None,
        )
        for year, one in proof.satisfaction.items()
    ]
    if not rows:
        return None
    return Table(
        caption=_("Satisfaction by year"),
        columns=(
            Column(key="year", label=_("Year"), kind=ColumnKind.CODE),
            Column(key="asked", label=_("Asked"), kind=ColumnKind.COUNT),
            Column(key="answered", label=_("Answered"), kind=ColumnKind.COUNT),
            Column(key="index", label=_("Index of 100"), kind=ColumnKind.INDEX),
            Column(key="band", label=_("Quality mark")),
        ),
        rows=tuple(rows),
    )


def levels(one: IndicatorProof, language: str) -> tuple[tuple[int, str, str, str], ...]:
    """This function will return level, criterion, verdict and ground of an indicator's levels."""
    return tuple(
        (
            proof.level,
            text.in_language(language) if text else _("No criterion was published."),
            verdict(proof.verdict),
            ground(proof.ground),
        )
        for text, proof in one.criteria
    )


def verdict(one: Verdict) -> str:
    """This function will return whether a criterion is met."""
    return {
        Verdict.MET: _("met"),
        Verdict.NOT_YET: _("not yet met"),
        Verdict.TO_BE_JUDGED: _("to be judged"),
    }[one]


def ground(one: Ground) -> str:
    """This function will return what a verdict rests on."""
    return {
        Ground.PAGE: _("Everybody reads what the service asks and promises."),
        Ground.CLOSED: _("The service is closed."),
        Ground.EXCHANGE: _(
            "People find the service by search, send forms, with files where they are asked for, and fetch documents."
        ),
        Ground.HANDLED: _("Applications were checked, decided and counted here."),
        Ground.TOO_FEW: _("Fewer than five applications were handled to their end."),
        Ground.LINKS: _(
            "The package declares links to other systems; whether data flows does not stand in the data."
        ),
        Ground.AGENCIES: _(
            "Agencies take part in the process; whether they share data does not stand in the data."
        ),
        Ground.ALONE: _("The package names neither another system nor an agency that takes part."),
        Ground.REVIEW: _("A review and what followed from it do not stand in the data."),
        Ground.INSTITUTION: _("The criterion asks about more than one service."),
    }[one]
