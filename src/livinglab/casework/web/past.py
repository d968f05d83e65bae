"""What happened to a case, as offices read it: by role, never by name; numbers of identity masked."""

import re
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from livinglab.casework.models import Case
from livinglab.casework.queries.papers import Listed, PaperState, listed_of
from livinglab.casework.queries.past import Past
from livinglab.casework.web.frame import language
from livinglab.kernel.clock import day_of
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.manifest import Manifest
from livinglab.packages.queries import case_words, cases
from livinglab.packages.queries.cases import Runner
from livinglab.ui import formats

#: all digits of a NIK but the last four, wherever a message has one
_NIK: Final = re.compile(r"(?<!\d)\d{12}(?=\d{4}(?!\d))")


def lines(runs: Runner, state: cases.Case, past: Past) -> list[tuple[str, str]]:
    """This function will return when what happened, the newest first. `state` knows the messages of `past`."""
    return [
        (case_words.moment(one.at, language()), _masked(case_words.happened(runs, state, one, language())))
        for one in reversed(past.history)
    ]


def told(past: Past) -> list[tuple[str, str, SafeString]]:
    """This function will return what the applicant was told: when, subject and body, the newest first."""
    return [
        (
            case_words.moment(one.at, language()),
            _masked(text.subject),
            mark_safe(_masked(text.body)),  # noqa: S308  CommonMark without HTML
        )
        for one in reversed(past.sent)
        if (text := one.texts.get(language()) or one.texts.get("id"))
    ]


def documents(
    organization: Organization, case: Case, runs: Runner, state: cases.Case, *, may_revoke: bool = False
) -> list[dict[str, object]]:
    """This function will return the documents of a case with their check, their revocation and no text.

    At most one query.
    """
    manifest = runs.package.manifest
    return [
        _document(organization, case, manifest, one, may_revoke=may_revoke)
        for one in listed_of(case, state, manifest, language=language())
    ]


def _document(
    organization: Organization, case: Case, manifest: Manifest, one: Listed, *, may_revoke: bool
) -> dict[str, object]:
    signed = [each for each in one.files if each.signed_at is not None]
    revoked = next((each for each in one.files if each.revoked_at), None)
    is_waiting = one.state is PaperState.WAITING and case.forgotten_at is None
    day = day_of(revoked.revoked_at, organization.zone) if revoked and revoked.revoked_at else None
    return {
        "name": one.name,
        "number": one.number,
        "at": case_words.moment(one.at, language()),
        "is_waiting": is_waiting,
        "waits_for": case_words.role_name(manifest, one.signer, language())
        if is_waiting and one.signer
        else "",
        "is_signed": one.state is PaperState.SIGNED,
        "revoked": formats.day(day, language=language()) if day else "",
        "reason": revoked.reason if revoked else "",
        "checks": [reverse("signatures:document", args=[each.code]) for each in signed],
        "revoke": reverse("casework:revoke", args=[organization.code, signed[0].subject_id])
        if may_revoke and signed and revoked is None
        else "",
    }


def _masked(text: str) -> str:
    return _NIK.sub("•" * 12, text)
