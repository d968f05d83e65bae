"""Which index steps a service that runs was shown for as evidence, and which of them assessors confirmed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse

from livinglab.casework.queries.services import PutToWork, put_to_work_by
from livinglab.evaluations.queries.decided_links import DecidedLink, decided_links
from livinglab.kernel.clock import day_of
from livinglab.organizations.queries import Organization

#: publisher, identifier of the package, version
Version = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Steps:
    """Index steps for which a version was shown in a decided evaluation, and those of them that were confirmed."""

    shown: int = 0
    confirmed: int = 0


def steps_of(organization: Organization) -> Mapping[Version, Steps]:
    """This function will count an organisation's index steps by the version that ran on the day of the decision.

    A step is an indicator of an instrument: of several years its newest decision counts, of several levels the highest
    that was shown. A package shown before it went to work counts for nothing. Call it inside the organisation.
    """
    versions = put_to_work_by(organization.id)
    if not versions:
        return {}
    paths = {_path(one): (one.publisher, one.package) for one in versions}
    newest: dict[tuple[str, str, str, str], tuple[DecidedLink, str]] = {}
    for link in decided_links(organization.id, "/packages/"):
        named = paths.get(urlsplit(link.url).path.removeprefix("/en"))
        version = _ran_on(organization, versions, named, link) if named else ""
        if named is None or not version:
            continue
        key = (*named, link.instrument, link.indicator)
        known = newest.get(key)
        if known is None or (link.decided_on, link.level) > (known[0].decided_on, known[0].level):
            newest[key] = (link, version)
    shown, confirmed = Counter[Version](), Counter[Version]()
    for (publisher, package, *_indicator), (link, version) in newest.items():
        shown[publisher, package, version] += 1
        confirmed[publisher, package, version] += link.is_confirmed
    return {one: Steps(shown[one], confirmed[one]) for one in shown}


def _path(one: PutToWork) -> str:
    """Return the page that is shown as evidence for a package: the public list of who runs it, without a language."""
    return reverse("adoptions:adopters", args=[one.publisher, one.package]).removeprefix("/en")


def _ran_on(
    organization: Organization, versions: tuple[PutToWork, ...], named: tuple[str, str], link: DecidedLink
) -> str:
    """Return the version of a package that was at work on the day of a decision, "" where none was."""
    ran = [
        one.version
        for one in versions
        if (one.publisher, one.package) == named and day_of(one.at, organization.zone) <= link.decided_on
    ]
    return ran[-1] if ran else ""
