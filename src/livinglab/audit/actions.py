"""What each action of the audit trail, and each fact beside it, is called. A test finds actions without a name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "accounts.demo_person_added": _("Demo person added"),
        "accounts.email_changed": _("E-mail address changed"),
        "accounts.email_confirm": _("E-mail address confirmed"),
        "accounts.email_deleted": _("E-mail address removed"),
        "accounts.password_changed": _("Password changed"),
        "accounts.password_reset": _("Password reset"),
        "accounts.password_set": _("Password set"),
        "accounts.profile_updated": _("Name or language changed"),
        "accounts.recovery_codes_generated": _("Recovery codes generated"),
        "accounts.signed_in": _("Signed in"),
        "accounts.signed_up": _("Signed up"),
        "accounts.totp_activated": _("Authenticator app activated"),
        "accounts.totp_deactivated": _("Authenticator app deactivated"),
        "accounts.webauthn_added": _("Passkey or security key added"),
        "accounts.webauthn_removed": _("Passkey or security key removed"),
        "accounts.account_connected": _("Linked account added"),
        "accounts.account_disconnected": _("Linked account removed"),
        "actions.plan_accepted": _("Action plan accepted"),
        "actions.changed": _("Action changed"),
        "actions.started": _("Action begun"),
        "actions.blocked": _("Action held up"),
        "actions.unblocked": _("Action no longer held up"),
        "actions.finished": _("Action done"),
        "actions.reopened": _("Action opened again"),
        "actions.dropped": _("Action given up"),
        "actions.taken_up": _("Action taken up again"),
        "actions.confirmed": _("Actions confirmed by a decision"),
        "actions.commitment_linked": _("Action tied to a commitment"),
        "actions.commented": _("Action commented"),
        "actions.milestone_added": _("Milestone added"),
        "actions.milestone_changed": _("Milestone changed"),
        "actions.milestone_removed": _("Milestone removed"),
        "actions.evidence_named": _("Evidence of an action named"),
        "actions.evidence_unnamed": _("Evidence of an action taken back"),
        "actions.contribution_entered": _("Contribution entered"),
        "actions.contribution_papered": _("Paper of a contribution entered"),
        "actions.contribution_withdrawn": _("Contribution withdrawn"),
        "actions.reminded": _("People reminded of what is due"),
        "actions.calendar_address_made": _("Calendar address made"),
        "actions.calendar_address_revoked": _("Calendar address revoked"),
        "actions.workbook_uploaded": _("Workbook of an action plan uploaded"),
        "actions.workbook_imported": _("Workbook of an action plan taken over"),
        "actions.workbook_discarded": _("Uploaded workbook of an action plan discarded"),
        "assessments.averages_imported": _("Published averages imported"),
        "assessments.claims_corrected": _("Published figures replaced by their own source"),
        "assessments.results_imported": _("Published results imported"),
        "catalogue.own_service_recorded": _("Own service recorded"),
        "catalogue.own_service_withdrawn": _("Own service withdrawn"),
        "catalogue.register_loaded": _("Register of services loaded"),
        "comparisons.standings_rebuilt": _("Rankings computed anew"),
        "evaluations.answer_saved": _("Answer saved"),
        "evaluations.answer_handed_in": _("Answer handed in"),
        "evaluations.answer_taken_back": _("Answer taken back"),
        "evaluations.answer_accepted": _("Answer accepted"),
        "evaluations.answer_returned": _("Answer returned"),
        "evaluations.answer_validated": _("Answer validated"),
        "evaluations.indicators_assigned": _("Indicators assigned"),
        "evaluations.evidence_attached": _("Evidence attached to an indicator"),
        "evaluations.evidence_revised": _("Evidence of indicators replaced by its newer revision"),
        "evaluations.evidence_detached": _("Evidence taken from an indicator"),
        "evaluations.team_decree_entered": _("Decree on the assessor team entered"),
        "evaluations.team_member_added": _("Member added to the assessor team"),
        "evaluations.team_member_removed": _("Member removed from the assessor team"),
        "evaluations.approved": _("Self-assessment approved"),
        "evaluations.reopened": _("Self-assessment opened for work again"),
        "evaluations.signed": _("Minutes and consent signed"),
        "evaluations.sent": _("Self-assessment sent"),
        "evaluations.interview_opened": _("Interview stage opened"),
        "evaluations.visit_opened": _("Visit stage opened"),
        "evaluations.consolidated": _("Scores consolidated"),
        "evaluations.decided": _("Decision entered"),
        "evaluations.older_answers_taken_over": _("Older answers taken over as a start"),
        "evaluations.assessor_assigned": _("Assessor assigned"),
        "evaluations.assessor_unassigned": _("Assessor no longer assigned"),
        "evaluations.assessor_profile_set": _("Home and university of an assessor entered"),
        "evaluations.partner_declared": _("University declared as a partner"),
        "evaluations.partner_ended": _("Partnership with a university ended"),
        "evaluations.conflict_declared": _("Conflict of interest declared"),
        "evaluations.scored": _("Level scored by an assessor"),
        "evaluations.score_cleared": _("Score of a stage taken back"),
        "evaluations.score_reviewed": _("Validity of a score reviewed"),
        "evaluations.scores_shown": _("Scores shown to the region"),
        "evaluations.evidence_judged": _("Evidence judged by an assessor"),
        "evaluations.objection_raised": _("Objection raised"),
        "evaluations.objection_withdrawn": _("Objection withdrawn"),
        "evaluations.objection_settled": _("Objection settled"),
        "evaluations.finding_written": _("Finding on an aspect written"),
        "evaluations.recommendation_written": _("Recommendation written"),
        "evaluations.round_opened": _("Round of evaluation opened"),
        "evaluations.round_days_changed": _("Dates of the round changed"),
        "evaluations.participants_added": _("Participants added to the round"),
        "evaluations.participant_withdrawn": _("Participant taken out of the round"),
        "evaluations.report_asked": _("Report asked for"),
        "evaluations.workbook_discarded": _("Uploaded workbook discarded"),
        "evaluations.workbook_imported": _("Workbook taken over"),
        "evaluations.workbook_uploaded": _("Workbook uploaded"),
        "evidence.exempt_piece_opened": _("Exempt evidence opened"),
        "evidence.infected_file_refused": _("Infected file refused"),
        "evidence.orphans_forgotten": _("Leftover files deleted"),
        "evidence.piece_accepted": _("Evidence accepted"),
        "evidence.piece_added": _("Evidence added"),
        "evidence.piece_classified": _("Evidence put into a class"),
        "evidence.piece_described": _("Description of evidence changed"),
        "evidence.piece_refused": _("Evidence refused"),
        "evidence.piece_revised": _("Evidence revised"),
        "evidence.piece_withdrawn": _("Evidence withdrawn"),
        "organizations.agency_added": _("Agency added"),
        "organizations.agency_closed": _("Agency closed"),
        "organizations.agency_reopened": _("Agency opened again"),
        "organizations.areas_imported": _("Districts and villages imported"),
        "organizations.loaded": _("Reference data of organisations loaded"),
        "organizations.membership_ended": _("Role ended"),
        "organizations.membership_granted": _("Role granted"),
        "planning.effort_dropped": _("Own effort of a step dropped"),
        "planning.effort_set": _("Own effort of a step set"),
        "planning.efforts_imported": _("Own efforts of steps imported"),
        "visits.visit_requested": _("Study visit asked for"),
        "visits.guest_received": _("Study visit of a guest entered"),
        "visits.visit_agreed": _("Study visit agreed"),
        "visits.visit_declined": _("Study visit declined"),
        "visits.visit_withdrawn": _("Study visit withdrawn"),
        "visits.visit_held": _("Study visit held"),
        "visits.visit_minuted": _("Minutes of a study visit written"),
        "visits.visit_closed": _("Study visit ended without follow-up"),
        "visits.commitment_signed": _("Commitment signed"),
        "visits.commitment_withdrawn": _("Commitment withdrawn"),
        "visits.commitment_ended": _("Commitment came to its end"),
        "visits.commitment_rated": _("Commitment rated"),
        "visits.cohorts_loaded": _("Reference cohorts loaded"),
        "visits.cohort_made": _("Cohort made"),
        "visits.cohort_member_named": _("Member of a cohort named"),
    }
)

#: the facts that an organisation's own members see
FACTS: Final[Mapping[str, Promise | str]] = MappingProxyType(
    {
        "before": pgettext_lazy("audit", "before"),
        "class": pgettext_lazy("audit", "class"),
        "evidence": pgettext_lazy("audit", "evidence"),
        "fields": pgettext_lazy("audit", "fields"),
        "function": pgettext_lazy("audit", "function"),
        "kind": pgettext_lazy("audit", "kind"),
        "letter": pgettext_lazy("audit", "letter of article 17"),
        "name": pgettext_lazy("audit", "name"),
        "purpose": pgettext_lazy("audit", "purpose"),
        "revision": pgettext_lazy("audit", "revision"),
        "status": pgettext_lazy("audit", "status"),
    }
)
STATES: Final[Mapping[object, Promise | str]] = MappingProxyType(
    {
        "active": pgettext_lazy("audit", "active"),
        "inactive": pgettext_lazy("audit", "not active"),
        "none": pgettext_lazy("audit", "none"),
        "stated": pgettext_lazy("audit", "stated by one source"),
        "confirmed": pgettext_lazy("audit", "confirmed by two sources"),
        "disputed": pgettext_lazy("audit", "disputed"),
    }
)

_words_for: Final[dict[str, Callable[[str], str]]] = {}


def told_by(key: str, words: Callable[[str], str]) -> None:
    """This function will let `words` say the codes that a fact of this name holds; call it when the program starts.

    The context that records a fact knows its codes; the trail is shown by another one. Errors: `ValueError` for
    a fact that somebody else says already.
    """
    if _words_for.setdefault(key, words) is not words:
        raise ValueError(f"the fact {key!r} is told by {_words_for[key]!r} already")


def action_name(action: str) -> str:
    """This function will return what an action is called in the reader's language; its code when nobody named it."""
    return str(ACTIONS.get(action, action))


def fact_in_words(key: str, value: object) -> str:
    """This function will return a fact in the reader's language; what nobody named stands as it was recorded."""
    if key in _words_for and isinstance(value, str):
        said: object = _words_for[key](value)
    else:
        said = STATES.get(value, value) if key == "status" else value
    return f"{FACTS.get(key, key)}: {said}"
