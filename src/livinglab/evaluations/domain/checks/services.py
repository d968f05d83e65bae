"""What services and links to national systems must show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from livinglab.evaluations.domain.checks.kinds import (
    GUIDE,
    GUIDE_TEXTS,
    SPBE,
    SPBE_2020,
    Check,
    Found,
    Severity,
    View,
    found,
    gettext_noop,
)
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.rulebook import Subject

INTERACTION: Final = 2
COLLABORATION: Final = 4
_SEEN: Final = frozenset(
    {EvidenceType.SCREENSHOT, EvidenceType.VIDEO, EvidenceType.MANUAL, EvidenceType.LIVE_SERVICE}
)
_JOINED: Final = frozenset({EvidenceType.INTEGRATION, EvidenceType.ARCHITECTURE})
_APPLICATION: Final = re.compile(r"\b(aplikasi|application|sistem|system|portal|situs|website|laman)", re.I)
_SPLP: Final = re.compile(r"\bSPLP\b|sistem penghubung layanan (pemerintah|nasional)|national SPLP", re.I)
_NATIONAL_NETWORK: Final = re.compile(
    r"jaringan intra (pemerintah|nasional)|\bJIP\b|jaringan nasional|national (intra )?network", re.I
)
_ONE_DATA: Final = re.compile(r"satu data|\bSDI\b|one data", re.I)


def _words(view: View) -> str:
    evidence = (f"{item.title} {item.reference} {item.file_name}" for item in view.usable)
    return " ".join((view.line.facts, view.line.analysis, *evidence)).replace("_", " ")


def service_not_seen(view: View) -> Iterator[Found]:
    """This function will find a service from level 2 on without anything that lets the assessor see it."""
    is_service = view.rules.subject is Subject.SERVICE
    if is_service and view.level >= INTERACTION and not any(item.type in _SEEN for item in view.usable):
        yield found(of_level=view.level, level=view.level)


def service_without_application(view: View) -> Iterator[Found]:
    """This function will find a service from level 2 on whose Fakta names no application."""
    if view.rules.subject is not Subject.SERVICE or view.level < INTERACTION or not view.line.facts.strip():
        return
    if not _APPLICATION.search(view.line.facts):
        yield found(of_level=view.level, level=view.level)


def service_not_joined(view: View) -> Iterator[Found]:
    """This function will find a service from level 4 on without proof that it is joined with others."""
    is_service = view.rules.subject is Subject.SERVICE
    if is_service and view.level >= COLLABORATION and not any(item.type in _JOINED for item in view.usable):
        yield found(of_level=COLLABORATION, level=view.level)


def no_trial_account(view: View) -> Iterator[Found]:
    """This function will find a link to a live service that does not say how to sign in."""
    for item in view.line.evidence:
        if item.is_link and item.type is EvidenceType.LIVE_SERVICE and not item.reference.strip():
            yield found(of_level=item.level, letter=item.letter)


def national_exchange(view: View) -> Iterator[Found]:
    """This function will find indicator 18 at level 4 or 5 without a word on the national SPLP."""
    if view.line.indicator == "18" and view.level >= COLLABORATION and not _SPLP.search(_words(view)):
        yield found(of_level=view.level, level=view.level)


def national_network(view: View) -> Iterator[Found]:
    """This function will find indicator 17 at level 5 without a word on the national intra network."""
    if view.line.indicator == "17" and view.level == 5 and not _NATIONAL_NETWORK.search(_words(view)):
        yield found(of_level=5)


def one_data(view: View) -> Iterator[Found]:
    """This function will find indicator 23 at level 5 without a word on Satu Data Indonesia."""
    if view.line.indicator == "23" and view.level == 5 and not _ONE_DATA.search(_words(view)):
        yield found(of_level=5)


CHECKS: Final = (
    Check(
        id="A036",
        severity=Severity.ERROR,
        title=gettext_noop("Service cannot be seen"),
        message=gettext_noop(
            "Level %(level)s of a service needs screenshots, a manual, a video or a link to the application."
        ),
        source=GUIDE,
        instruments=SPBE,
        answer=service_not_seen,
    ),
    Check(
        id="A037",
        severity=Severity.WARNING,
        title=gettext_noop("Application not named"),
        message=gettext_noop("Name in Fakta the application with which the service is given."),
        source=GUIDE_TEXTS,
        instruments=SPBE,
        answer=service_without_application,
    ),
    Check(
        id="A038",
        severity=Severity.WARNING,
        title=gettext_noop("Integration not shown"),
        message=gettext_noop(
            "Level %(level)s of a service needs the application's architecture or a record of its integration."
        ),
        source=GUIDE,
        instruments=SPBE,
        answer=service_not_joined,
    ),
    Check(
        id="A039",
        severity=Severity.WARNING,
        title=gettext_noop("Link without a trial account"),
        message=gettext_noop(
            "Say at evidence %(letter)s how assessors sign in: a trial account, or that none is needed."
        ),
        source=GUIDE,
        answer=no_trial_account,
    ),
    Check(
        id="A040",
        severity=Severity.WARNING,
        title=gettext_noop("National SPLP not mentioned"),
        message=gettext_noop(
            "Since 2024 level %(level)s of this indicator asks for the link to the national SPLP. "
            "Show it in Fakta or in the evidence."
        ),
        source=GUIDE,
        instruments=SPBE_2020,
        answer=national_exchange,
    ),
    Check(
        id="A041",
        severity=Severity.WARNING,
        title=gettext_noop("National intra network not mentioned"),
        message=gettext_noop(
            "Since 2024 level 5 of this indicator asks for the link to the national intra government network. "
            "Show it in Fakta or in the evidence."
        ),
        source=GUIDE,
        instruments=SPBE_2020,
        answer=national_network,
    ),
    Check(
        id="A042",
        severity=Severity.WARNING,
        title=gettext_noop("Satu Data Indonesia not mentioned"),
        message=gettext_noop(
            "Since 2024 level 5 of this indicator asks for data management in line with Satu Data Indonesia. "
            "Show it in Fakta or in the evidence."
        ),
        source=GUIDE,
        instruments=SPBE_2020,
        answer=one_data,
    ),
)
