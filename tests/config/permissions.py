"""Who may do what: one row for each address of the platform. `test_permission_matrix.py` holds the platform to it.

A row says what a reader gets (GET) and what comes of sending an empty form (POST): for visitors, for people who
signed in, and for those who hold one of the named roles in the organisation that the address names. An address
that is not here, a row without its address, and any cell that differs from its row fail the test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from livinglab.actions.access import READERS as ACTION_READERS
from livinglab.catalogue.policies import RECORDERS
from livinglab.evaluations.access import READERS
from livinglab.evidence.policies import READERS as EVIDENCE_READERS
from livinglab.evidence.policies import REVIEWERS, WRITERS
from livinglab.organizations.domain.roles import AGENCY_KEEPERS, AUDIT_READERS, MEMBERSHIP_KEEPERS, Role
from livinglab.planning.policies import EFFORT_SETTERS
from livinglab.visits.domain.parties import ACTS as VISIT_ACTORS
from livinglab.visits.domain.parties import READS as VISIT_READERS


class Outcome(StrEnum):
    """What an answer means."""

    OPEN = "open"  # 2xx
    SIGN_IN = "sign in first"  # to the sign-in page, then back
    CONFIRM = "confirm who you are"  # to the page that asks for the password or second factor once more
    ELSEWHERE = "elsewhere"  # another redirect
    REFUSED = "refused"  # 400 or 422: the input
    UNAUTHORISED = "unauthorised"  # 401
    FORBIDDEN = "forbidden"  # 403
    NOT_FOUND = "not found"  # 404
    NO_METHOD = "no such method"  # 405
    TOO_MANY = "too many"  # 429
    BROKEN = "broken"  # 5xx: never expected


O = Outcome  # noqa: E741  the table reads better


@dataclass(frozen=True, slots=True)
class Access:
    """Outcomes for visitors, for people who signed in, and for the roles of the organisation in the address.

    `anywhere`: roles that count for every organisation, wherever they are held (the ministry's); they get `outside`.
    """

    visitor: Outcome
    person: Outcome
    roles: frozenset[Role] = frozenset()
    member: Outcome = O.OPEN
    anywhere: frozenset[Role] = frozenset()
    outside: Outcome = O.OPEN

    def outcome(self, *, signed_in: bool, role: Role | None, own: bool) -> Outcome:
        """This function will return what somebody gets who holds `role` in the addressed organisation if `own`."""
        if not signed_in:
            return self.visitor
        if role in self.anywhere:
            return self.outside
        return self.member if own and role in self.roles else self.person


@dataclass(frozen=True, slots=True)
class Row:
    """One address: what reading gives, what an empty form gives, and values that complete the address."""

    get: Access
    post: Access
    #: values of the address's parts; `code` of a member's page is the organisation under test and is not here
    values: Mapping[str, str] = field(default_factory=dict)
    #: a whole address, for routes that are regular expressions
    at: str = ""
    #: drawing it takes seconds, and other tests do it; here even visitors ask only whether it is there
    is_slow: bool = False


def _same(outcome: Outcome) -> Access:
    return Access(outcome, outcome)


def public(at: str = "", post: Outcome = O.NO_METHOD, get: Outcome = O.OPEN, **values: str) -> Row:
    """This function will return the row of a page for everybody."""
    return Row(_same(get), _same(post), values, at)


def own_account(get: Outcome = O.OPEN, post: Outcome = O.OPEN, **values: str) -> Row:
    """This function will return the row of a page about oneself."""
    return Row(Access(O.SIGN_IN, get), Access(O.SIGN_IN, post), values)


def visitors(get: Outcome = O.OPEN, post: Outcome = O.OPEN, *, signed_in: Outcome = O.ELSEWHERE) -> Row:
    """This function will return the row of a page for those who have not signed in."""
    return Row(Access(get, signed_in), Access(post, signed_in))


def api_evaluation(post: Outcome, get: Outcome = O.OPEN, **values: str) -> Row:
    """This function will return the row of an API address of one evaluation: as its pages, but 401 for visitors."""

    def access(outcome: Outcome) -> Access:
        if outcome is O.NO_METHOD:
            return _same(O.NO_METHOD)
        return Access(O.UNAUTHORISED, O.FORBIDDEN, READERS, outcome)

    return Row(access(get), access(post), values)


def followers(post: Outcome = O.NO_METHOD) -> Row:
    """This function will return the row of a page about all regions: for ministries, and provinces for their own."""
    reading = Access(O.SIGN_IN, O.FORBIDDEN, frozenset({Role.MINISTRY, Role.PROVINCE}))
    return Row(reading, _same(post))


def ministries(post: Outcome, get: Outcome = O.OPEN) -> Row:
    """This function will return the row of a page for ministries only, whichever region its address names."""
    who = frozenset({Role.MINISTRY})
    return Row(
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=who, outside=get),
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=who, outside=post),
    )


def members(roles: frozenset[Role], post: Outcome, get: Outcome = O.OPEN) -> Row:
    """This function will return the row of a page for these roles of the organisation in the address."""
    reading = Access(O.SIGN_IN, O.FORBIDDEN, roles, get)
    no_method = post is O.NO_METHOD
    return Row(reading, _same(O.NO_METHOD) if no_method else Access(O.SIGN_IN, O.FORBIDDEN, roles, post))


def evaluation(post: Outcome, get: Outcome = O.OPEN, **values: str) -> Row:
    """This function will return the row of a page of one evaluation: for its readers, while they work on it.

    Assessors and the ministry come in once it was sent; the tests of evaluations ask about that.
    """

    def access(outcome: Outcome) -> Access:
        if outcome is O.NO_METHOD:
            return _same(O.NO_METHOD)
        return Access(O.SIGN_IN, O.FORBIDDEN, READERS, outcome)

    return Row(access(get), access(post), values)


def assessing(post: Outcome, get: Outcome = O.OPEN, **values: str) -> Row:
    """This function will return the row of a page about assessors, for the ministry, whatever its address names."""

    def access(outcome: Outcome) -> Access:
        if outcome is O.NO_METHOD:
            return _same(O.NO_METHOD)
        return Access(O.SIGN_IN, O.FORBIDDEN, anywhere=frozenset({Role.MINISTRY}), outside=outcome)

    return Row(access(get), access(post), values)


def once_sent(post: Outcome, get: Outcome = O.OPEN, **values: str) -> Row:
    """This function will return the row of a page for assessors and the ministry, closed until the region sent.

    What opens then, and to whom, is asked by the tests of evaluations.
    """

    def access(outcome: Outcome) -> Access:
        return _same(O.NO_METHOD) if outcome is O.NO_METHOD else Access(O.SIGN_IN, O.FORBIDDEN)

    return Row(access(get), access(post), values)


def matching(**values: str) -> Row:
    """This function will return the row of a page that only ministries read, whatever organisation they are of."""
    reading = Access(O.SIGN_IN, O.FORBIDDEN, anywhere=frozenset({Role.MINISTRY}))
    return Row(reading, _same(O.NO_METHOD), values)


def an_action_plan(post: Outcome, get: Outcome = O.NOT_FOUND, **values: str) -> Row:
    """This function will return the row of a page of one action plan, for a plan that nobody accepted."""
    reading = (
        _same(O.NO_METHOD) if get is O.NO_METHOD else Access(O.SIGN_IN, O.FORBIDDEN, ACTION_READERS, get)
    )
    writing = (
        _same(O.NO_METHOD) if post is O.NO_METHOD else Access(O.SIGN_IN, O.FORBIDDEN, ACTION_READERS, post)
    )
    return Row(reading, writing, {"plan_id": _ENTRY, "action_id": _ENTRY, **values})


ANY_ROLE: Final = frozenset(Role)
STAFF: Final = ANY_ROLE - {Role.CITIZEN}
LEADERS: Final = frozenset({Role.HEAD_OF_REGION, Role.COORDINATOR})
_VISIT_ACTORS: Final = frozenset(Role(role) for role in VISIT_ACTORS)
_FILE = {"file_format": "csv"}
_ENTRY = "01930000-0000-7000-8000-000000000001"  # an entry that nobody made
PERMISSIONS: Final[dict[str, Row]] = {
    # --- for machines ---------------------------------------------------------------------------------
    "api/v1/": public(get=O.ELSEWHERE, post=O.ELSEWHERE),  # to the documentation
    "api/v1/openapi.json": public(),
    "api/v1/docs": public(),
    "api/v1/instruments": public(),
    "api/v1/instruments/<code>": public(code="spbe-2020"),
    "api/v1/results": public(),
    "api/v1/rounds": public(),
    "api/v1/follow-through": public(),
    "api/v1/regions/<code>/plan": public(code="14.08"),
    "api/v1/regions/<code>/evaluations": public(code="14.08"),
    "api/v1/regions/<code>/evaluations/<year>": api_evaluation(O.NO_METHOD),
    "api/v1/regions/<code>/evaluations/<year>/steps": api_evaluation(O.REFUSED, O.NO_METHOD),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>": api_evaluation(
        O.NO_METHOD, indicator="21"
    ),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/steps": api_evaluation(
        O.REFUSED, O.NO_METHOD, indicator="21"
    ),
    "api/v1/regions/<code>/evaluations/<year>/checks": api_evaluation(O.NO_METHOD),
    "api/v1/regions/<code>/evaluations/<year>/evidence": api_evaluation(O.NO_METHOD),
    "api/v1/regions/<code>/evaluations/<year>/scores/<indicator>": api_evaluation(
        O.NO_METHOD, indicator="21"
    ),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/evidence": api_evaluation(
        O.REFUSED, O.NO_METHOD, indicator="21"
    ),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/evidence/<letter>": api_evaluation(
        O.NO_METHOD, O.NO_METHOD, indicator="21", letter="a"
    ),
    "api/v1/regions/<code>/evaluations/<year>/objections": api_evaluation(O.REFUSED),
    "api/v1/regions/<code>/evaluations/<year>/objections/<objection_id>/settlement": api_evaluation(
        O.REFUSED, O.NO_METHOD, objection_id=_ENTRY
    ),
    "api/v1/regions/<code>/evaluations/<year>/objections/<objection_id>/withdrawal": api_evaluation(
        O.REFUSED, O.NO_METHOD, objection_id=_ENTRY
    ),
    "api/v1/regions/<code>/evidence": Row(
        Access(O.UNAUTHORISED, O.FORBIDDEN, EVIDENCE_READERS),
        Access(O.UNAUTHORISED, O.FORBIDDEN, WRITERS, O.REFUSED),
    ),
    "api/v1/regions/<code>/evidence/<piece_id>": Row(
        Access(O.UNAUTHORISED, O.FORBIDDEN, EVIDENCE_READERS), _same(O.NO_METHOD)
    ),
    "api/v1/regions": public(),
    "api/v1/regions/<code>": public(code="32.11"),
    "api/v1/score": public(get=O.NO_METHOD, post=O.REFUSED),
    "api/v1/service-functions": public(),
    "api/v1/services": public(),
    "api/v1/services/<key>": public(key="kota-denpasar-atcs-denpasar"),
    "api/3/action/package_list": public(),
    "api/3/action/package_search": public(),
    "api/3/action/package_show": public(get=O.NOT_FOUND),  # without ?id=
    "data/catalog.jsonld": public(),
    "^data/(?P<dataset>[a-z]+(?:-[a-z]+)*)(?:-(?P<year>\\d{4}))?\\.(?P<ending>[a-z0-9]{1,8})$": public(
        at="/data/regions.csv"
    ),
    "sitemap.xml": public(),
    "robots.txt": public(),
    ".well-known/security.txt": public(),
    "favicon.ico": public(),
    "manifest.webmanifest": public(),
    # --- for everybody --------------------------------------------------------------------------------
    "": public(at="/"),
    "country/figures/<slug:key>.<slug:file_format>": public(key="ranking", **_FILE),
    "regions/": public(),
    "regions/ranking.<slug:file_format>": public(**_FILE),
    "regions/<str:code>/": public(code="32.11"),
    "regions/<str:code>/portrait.pdf": replace(public(code="32.11"), is_slow=True),
    "regions/<str:code>/figures/<str:key>.<str:file_format>": public(code="32.11", key="history", **_FILE),
    "regions/<str:code>/areas/": public(code="32.11"),
    "planning/matching/": matching(),
    "planning/matching/<slug:key>.<slug:file_format>": matching(key="hosts", **_FILE),
    "regions/<str:code>/plan/teachers/<slug:indicator>/<int:level>/": public(
        code="32.11", indicator="20", level="3"
    ),
    "regions/<str:code>/plan/teachers/<slug:indicator>/<int:level>/teachers.<slug:file_format>": public(
        code="32.11", indicator="20", level="3", **_FILE
    ),
    "regions/<str:code>/plan/": public(code="32.11"),
    "regions/<str:code>/simulate/": public(code="32.11"),
    "regions/<str:code>/efforts/": members(EFFORT_SETTERS, O.REFUSED),
    "regions/<str:code>/efforts.csv": members(EFFORT_SETTERS, O.NO_METHOD),
    "regions/<str:code>/plan/brief.pdf": replace(public(code="32.11"), is_slow=True),
    "regions/<str:code>/plan/figures/<slug:key>.<slug:file_format>": public(
        code="32.11", key="price", **_FILE
    ),
    "institutions/<str:code>/": public(code="kementerian-panrb"),
    "institutions/<str:code>/portrait.pdf": replace(public(code="kementerian-panrb"), is_slow=True),
    "institutions/<str:code>/figures/<str:key>.<str:file_format>": public(
        code="kementerian-panrb", key="history", **_FILE
    ),
    "provinces/": public(),
    "provinces/provinces.<slug:file_format>": public(**_FILE),
    "provinces/<str:code>/": public(code="32"),
    "world/": public(),
    "world/figures/<slug:key>.<slug:file_format>": public(key="egdi-2024", **_FILE),
    "compare/": public(),
    "compare/figures/<str:key>.<str:file_format>": public(
        get=O.NOT_FOUND, key="domains", **_FILE
    ),  # no regions
    "services/": public(),
    "services/compare/": public(),
    "services/compare/services-compared.<str:file_format>": public(get=O.REFUSED, **_FILE),  # without regions
    "services/<slug:key>/": public(key="kota-denpasar-atcs-denpasar"),
    "instruments/": public(),
    "instruments/<slug:code>/": public(code="spbe-2020"),
    "instruments/<slug:code>/indicators/<int:number>/": public(code="spbe-2020", number="1"),
    "data/": public(),
    "data/checks/": public(),
    "search/": public(),
    "about/": public(),
    "about/method/": public(),
    "about/accessibility/": public(),
    "about/privacy/": public(),
    "ui/": public(),
    # --- for members of the organisation in the address ----------------------------------------------
    "regions/<str:code>/actions/calendar/": members(ACTION_READERS, O.OPEN),
    "regions/<str:code>/actions/calendar.ics": members(ACTION_READERS, O.NO_METHOD),
    "regions/<str:code>/actions/calendar/<str:token>.ics": public(
        get=O.NOT_FOUND, code="14.08", token="a-secret-of-nobody"
    ),
    "regions/<str:code>/actions/reminders/": members(ACTION_READERS, O.NO_METHOD),
    "regions/<str:code>/actions/scorecard/": members(LEADERS, O.NO_METHOD),
    "regions/<str:code>/actions/scorecard.<str:file_format>": replace(
        members(LEADERS, O.NO_METHOD), values=_FILE
    ),
    "regions/<str:code>/actions/<uuid:plan_id>/forecast/": an_action_plan(O.NO_METHOD),
    "regions/<str:code>/actions/<uuid:plan_id>/forecast.<str:file_format>": an_action_plan(
        O.NO_METHOD, file_format="csv"
    ),
    "regions/<str:code>/actions/<uuid:plan_id>/budget/": an_action_plan(O.NO_METHOD),
    "regions/<str:code>/actions/<uuid:plan_id>/workbook/": an_action_plan(O.NOT_FOUND),
    "regions/<str:code>/actions/<uuid:plan_id>/workbook/actions.xlsx": an_action_plan(O.NO_METHOD),
    "regions/<str:code>/actions/<uuid:plan_id>/workbook/<uuid:workbook_id>/": an_action_plan(
        O.NOT_FOUND, workbook_id=_ENTRY
    ),
    "regions/<str:code>/actions/": members(ACTION_READERS, O.NO_METHOD),
    "regions/<str:code>/actions/accept/": members(ACTION_READERS, O.REFUSED),
    "regions/<str:code>/actions/<uuid:plan_id>/": an_action_plan(O.NOT_FOUND),
    "regions/<str:code>/actions/<uuid:plan_id>/board/": an_action_plan(O.NO_METHOD),
    "regions/<str:code>/actions/<uuid:plan_id>/timeline/": an_action_plan(O.NO_METHOD),
    "regions/<str:code>/actions/<uuid:plan_id>/ledger/": an_action_plan(O.NO_METHOD),
    "regions/<str:code>/actions/<uuid:plan_id>/<uuid:action_id>/": an_action_plan(O.NOT_FOUND),
    "regions/<str:code>/actions/<uuid:plan_id>/<uuid:action_id>/step/": an_action_plan(
        O.NOT_FOUND, O.NO_METHOD
    ),
    "regions/<str:code>/actions/<uuid:plan_id>/<uuid:action_id>/act/": an_action_plan(
        O.NOT_FOUND, O.NO_METHOD
    ),
    "organizations/<str:code>/": members(ANY_ROLE, O.NO_METHOD),
    "organizations/<str:code>/members/": members(MEMBERSHIP_KEEPERS, O.REFUSED),
    "organizations/<str:code>/members/<uuid:membership_id>/end/": members(MEMBERSHIP_KEEPERS, O.ELSEWHERE),
    "organizations/<str:code>/agencies/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, STAFF, O.OPEN),
        Access(O.SIGN_IN, O.FORBIDDEN, AGENCY_KEEPERS, O.REFUSED),
    ),
    "organizations/<str:code>/agencies/<uuid:agency_id>/close/": members(AGENCY_KEEPERS, O.ELSEWHERE),
    "organizations/<str:code>/agencies/<uuid:agency_id>/reopen/": Row(
        _same(O.NO_METHOD), Access(O.SIGN_IN, O.FORBIDDEN, AGENCY_KEEPERS, O.ELSEWHERE)
    ),
    "organizations/<str:code>/audit/": members(AUDIT_READERS, O.NO_METHOD),
    "regions/<str:code>/evidence/": members(EVIDENCE_READERS, O.NO_METHOD),
    "regions/<str:code>/evidence/new/": members(WRITERS, O.REFUSED),
    "regions/<str:code>/evidence/<uuid:piece_id>/": members(EVIDENCE_READERS, O.NO_METHOD),
    "regions/<str:code>/evidence/<uuid:piece_id>/file/": members(
        EVIDENCE_READERS, O.NOT_FOUND, get=O.NOT_FOUND
    ),  # the piece is a link; tests of evidence open files
    "regions/<str:code>/evidence/<uuid:piece_id>/preview/": members(
        EVIDENCE_READERS, O.NO_METHOD, get=O.NOT_FOUND
    ),
    "regions/<str:code>/evidence/<uuid:piece_id>/revise/": members(WRITERS, O.REFUSED),
    "regions/<str:code>/evidence/<uuid:piece_id>/describe/": members(WRITERS, O.REFUSED),
    "regions/<str:code>/evidence/<uuid:piece_id>/classify/": members(WRITERS, O.REFUSED),
    "regions/<str:code>/evidence/<uuid:piece_id>/review/": members(REVIEWERS, O.REFUSED),
    "regions/<str:code>/evidence/<uuid:piece_id>/withdraw/": members(WRITERS, O.ELSEWHERE),
    "regions/<str:code>/evaluations/": members(READERS, O.NO_METHOD),
    "regions/<str:code>/evaluations/<int:year>/": evaluation(O.NO_METHOD),
    "regions/<str:code>/evaluations/<int:year>/assign/": evaluation(O.REFUSED),
    "regions/<str:code>/evaluations/<int:year>/team/": evaluation(O.REFUSED),
    "regions/<str:code>/evaluations/<int:year>/minutes/": evaluation(O.REFUSED),
    "regions/<str:code>/evaluations/<int:year>/crosswalk/": evaluation(O.NOT_FOUND, O.NOT_FOUND),
    "regions/<str:code>/evaluations/<int:year>/minutes.pdf": replace(evaluation(O.NO_METHOD), is_slow=True),
    "regions/<str:code>/evaluations/<int:year>/workbook/": evaluation(O.REFUSED),
    "regions/<str:code>/evaluations/<int:year>/workbook/sheet.xlsx": evaluation(O.NO_METHOD),
    "regions/<str:code>/evaluations/<int:year>/workbook/<uuid:draft_id>/": evaluation(
        O.NOT_FOUND, O.NOT_FOUND, draft_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/evidence.zip": evaluation(O.REFUSED, O.NO_METHOD),
    "regions/<str:code>/evaluations/<int:year>/report/": evaluation(O.REFUSED),
    "regions/<str:code>/evaluations/<int:year>/report/<uuid:job_id>/file": evaluation(
        O.NO_METHOD, O.NOT_FOUND, job_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/": evaluation(O.REFUSED, indicator="21"),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/step/": evaluation(
        O.REFUSED, O.NO_METHOD, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/evidence/": evaluation(
        O.REFUSED, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/evidence/<uuid:use_id>/detach/": evaluation(
        O.NOT_FOUND, O.NO_METHOD, indicator="21", use_id=_ENTRY
    ),
    "regions/<str:code>/services/": members(RECORDERS, O.NO_METHOD),
    "regions/<str:code>/services/new/": members(RECORDERS, O.REFUSED),
    "regions/<str:code>/services/<uuid:entry_id>/withdraw/": Row(
        _same(O.NO_METHOD), Access(O.SIGN_IN, O.FORBIDDEN, RECORDERS, O.NOT_FOUND), {"entry_id": _ENTRY}
    ),
    # --- rounds of evaluation: for ministries, and for provinces their own regions ---------------------
    "evaluations/assigned/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, frozenset({Role.EXTERNAL_ASSESSOR})), _same(O.NO_METHOD)
    ),
    "evaluations/assessors/": assessing(O.NO_METHOD),
    "evaluations/assessors/partners/": assessing(O.REFUSED),
    "evaluations/assessors/partners/<uuid:partner_id>/end/": assessing(
        O.NOT_FOUND, O.NO_METHOD, partner_id=_ENTRY
    ),
    "evaluations/assessors/<uuid:assessor_id>/": assessing(O.NO_METHOD, O.NOT_FOUND, assessor_id=_ENTRY),
    "evaluations/assessors/<uuid:assessor_id>/assign/": assessing(
        O.NOT_FOUND, O.NO_METHOD, assessor_id=_ENTRY
    ),
    "evaluations/assessors/<uuid:assessor_id>/profile/": assessing(
        O.NOT_FOUND, O.NO_METHOD, assessor_id=_ENTRY
    ),
    "evaluations/assessors/<uuid:assessor_id>/conflict/": assessing(
        O.NOT_FOUND, O.NO_METHOD, assessor_id=_ENTRY
    ),
    "evaluations/assessors/<uuid:assessor_id>/assignments/<uuid:assignment_id>/end/": assessing(
        O.NOT_FOUND, O.NO_METHOD, assessor_id=_ENTRY, assignment_id=_ENTRY
    ),
    "evaluations/bias/": assessing(O.NO_METHOD),
    # nothing was sent yet: nobody outside reads a draft
    "regions/<str:code>/evaluations/<int:year>/score/": evaluation(O.NO_METHOD),
    "regions/<str:code>/evaluations/<int:year>/advance/": once_sent(O.REFUSED, O.NO_METHOD),
    "regions/<str:code>/evaluations/<int:year>/show/": once_sent(O.REFUSED, O.NO_METHOD),
    "regions/<str:code>/evaluations/<int:year>/decide/": once_sent(O.REFUSED),
    "regions/<str:code>/evaluations/<int:year>/objections/": evaluation(O.NO_METHOD),
    "regions/<str:code>/evaluations/<int:year>/objections/<uuid:objection_id>/settle/": once_sent(
        O.NOT_FOUND, O.NOT_FOUND, objection_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/objections/<uuid:objection_id>/withdraw/": evaluation(
        O.NOT_FOUND, O.NO_METHOD, objection_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/findings/": once_sent(O.NO_METHOD, O.NOT_FOUND),
    "regions/<str:code>/evaluations/<int:year>/findings/<slug:aspect>/": once_sent(
        O.NOT_FOUND, O.NOT_FOUND, aspect="A1"
    ),
    "regions/<str:code>/evaluations/<int:year>/recommendation/": once_sent(O.NOT_FOUND, O.NOT_FOUND),
    "regions/<str:code>/evaluations/<int:year>/evidence/<uuid:piece_id>/file/": once_sent(
        O.NOT_FOUND, O.NOT_FOUND, piece_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/score/": once_sent(
        O.NOT_FOUND, O.NOT_FOUND, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/score/clear/": once_sent(
        O.NOT_FOUND, O.NO_METHOD, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/validity/": once_sent(
        O.NOT_FOUND, O.NO_METHOD, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/evidence/<uuid:piece_id>/verdict/": once_sent(
        O.NOT_FOUND, O.NO_METHOD, indicator="21", piece_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/objection/": evaluation(
        O.NOT_FOUND, O.NOT_FOUND, indicator="21"
    ),
    "evaluations/rounds/": followers(),
    "evaluations/rounds/new/": ministries(O.REFUSED),
    "evaluations/rounds/<uuid:round_id>/": followers(),
    "evaluations/rounds/<uuid:round_id>/participants.<slug:file_format>": replace(followers(), values=_FILE),
    "evaluations/rounds/<uuid:round_id>/change/": ministries(O.REFUSED),
    "evaluations/rounds/<uuid:round_id>/participants/<str:code>/withdraw/": ministries(O.ELSEWHERE),
    "regions/<str:code>/evaluations/new/": members(
        frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER}), O.REFUSED
    ),
    # --- study visits: those that took place for everybody, the rest for the two parties ----------------
    "visits/": public(),
    "regions/<str:code>/visits/": Row(
        Access(
            O.SIGN_IN,
            O.FORBIDDEN,
            frozenset(Role(role) for role in VISIT_READERS),
            anywhere=frozenset({Role.MINISTRY}),
        ),
        _same(O.NO_METHOD),
    ),
    "regions/<str:code>/visits/ask/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=_VISIT_ACTORS),
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=_VISIT_ACTORS, outside=O.REFUSED),
    ),
    "regions/<str:code>/visits/receive/": members(_VISIT_ACTORS, O.REFUSED),
    "visits/<uuid:visit_id>/": public(get=O.NOT_FOUND, visit_id=_ENTRY),
    "visits/<uuid:visit_id>/step/": public(get=O.NO_METHOD, post=O.NOT_FOUND, visit_id=_ENTRY),
    "visits/<uuid:visit_id>/minutes/": public(get=O.NOT_FOUND, post=O.NOT_FOUND, visit_id=_ENTRY),
    "visits/<uuid:visit_id>/commit/": public(get=O.NOT_FOUND, post=O.NOT_FOUND, visit_id=_ENTRY),
    "commitments/<uuid:commitment_id>/": public(get=O.NOT_FOUND, commitment_id=_ENTRY),
    "commitments/<uuid:commitment_id>/withdraw/": public(
        get=O.NO_METHOD, post=O.NOT_FOUND, commitment_id=_ENTRY
    ),
    "commitments/<uuid:commitment_id>/actions/": public(
        get=O.NO_METHOD, post=O.NOT_FOUND, commitment_id=_ENTRY
    ),
    "commitments/<uuid:commitment_id>/rate/": public(get=O.NOT_FOUND, post=O.NOT_FOUND, commitment_id=_ENTRY),
    # --- follow-through: shares for everybody, who owes what for those who supervise --------------------
    "follow-through/": public(),
    "follow-through/owing/": followers(),
    "follow-through/owing.<slug:file_format>": replace(followers(), values=_FILE),
    "follow-through/<slug:key>.<slug:file_format>": public(key="kinds", **_FILE),
    "follow-through/cohorts/new/": ministries(O.REFUSED),
    "follow-through/cohorts/<slug:code>/": public(code="first-62"),
    "follow-through/cohorts/<slug:code>/members/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=frozenset({Role.MINISTRY}), outside=O.REFUSED),
        {"code": "first-62"},
    ),
    "follow-through/cohorts/<slug:code>/<slug:key>.<slug:file_format>": public(
        code="first-62", key="members", **_FILE
    ),
    "follow-through/<str:code>/": public(code="32.11"),
    "follow-through/<str:code>/<slug:key>.<slug:file_format>": public(code="32.11", key="visitors", **_FILE),
    # --- one's own account ----------------------------------------------------------------------------
    "me/": Row(Access(O.SIGN_IN, O.OPEN), Access(O.SIGN_IN, O.NO_METHOD)),
    "accounts/profile/": own_account(post=O.REFUSED),
    "accounts/email/": own_account(post=O.ELSEWHERE),
    "accounts/password/change/": own_account(),
    "accounts/password/set/": own_account(O.ELSEWHERE, O.ELSEWHERE),  # there is a password: to its change
    "accounts/reauthenticate/": own_account(),
    "accounts/logout/": Row(Access(O.ELSEWHERE, O.OPEN), _same(O.ELSEWHERE)),
    "accounts/3rdparty/": own_account(),
    "accounts/2fa/": own_account(post=O.NO_METHOD),
    "accounts/2fa/totp/activate/": own_account(O.CONFIRM, O.CONFIRM),
    "accounts/2fa/totp/deactivate/": own_account(O.NOT_FOUND, O.NOT_FOUND),  # no app is active
    "accounts/2fa/recovery-codes/": own_account(O.NOT_FOUND, O.NO_METHOD),
    "accounts/2fa/recovery-codes/generate/": own_account(O.CONFIRM, O.CONFIRM),
    "accounts/2fa/recovery-codes/download/": own_account(O.NOT_FOUND, O.NOT_FOUND),
    "accounts/2fa/reauthenticate/": own_account(O.CONFIRM, O.CONFIRM),  # no second factor: by password
    "accounts/2fa/webauthn/": own_account(post=O.NO_METHOD),
    "accounts/2fa/webauthn/add/": own_account(O.CONFIRM, O.CONFIRM),
    "accounts/2fa/webauthn/reauthenticate/": own_account(O.CONFIRM, O.CONFIRM),  # no key: by password
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": own_account(O.CONFIRM, O.CONFIRM, pk="1"),
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": own_account(O.CONFIRM, O.CONFIRM, pk="1"),
    # --- signing in and up ----------------------------------------------------------------------------
    "accounts/login/": visitors(),
    "accounts/signup/": visitors(),
    "accounts/2fa/authenticate/": visitors(O.SIGN_IN, O.SIGN_IN),  # only after the password
    "accounts/2fa/webauthn/login/": visitors(O.SIGN_IN, O.SIGN_IN),  # scripts ask it for JSON
    "accounts/login/code/confirm/": visitors(O.SIGN_IN, O.SIGN_IN),  # no code was sent
    "accounts/inactive/": public(),
    "accounts/confirm-email/": public(),
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": public(
        at="/accounts/confirm-email/unknown/", post=O.NOT_FOUND
    ),
    "accounts/password/reset/": public(post=O.OPEN),
    "accounts/password/reset/done/": public(),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": public(
        at="/accounts/password/reset/key/x-unknown/", post=O.OPEN
    ),
    "accounts/password/reset/key/done/": public(),
    "accounts/3rdparty/login/cancelled/": public(),
    "accounts/3rdparty/login/error/": public(get=O.UNAUTHORISED),
    "accounts/3rdparty/signup/": public(get=O.SIGN_IN, post=O.SIGN_IN),  # nobody came from another server
    "accounts/social/login/cancelled/": public(get=O.ELSEWHERE, post=O.ELSEWHERE),
    "accounts/social/login/error/": public(get=O.ELSEWHERE, post=O.ELSEWHERE),
    "accounts/social/signup/": public(get=O.ELSEWHERE, post=O.ELSEWHERE),
    "accounts/social/connections/": public(get=O.ELSEWHERE, post=O.ELSEWHERE),
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/": public(
        at="/accounts/oidc/unknown/login/", get=O.NOT_FOUND, post=O.NOT_FOUND
    ),
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/": public(
        at="/accounts/oidc/unknown/login/callback/", get=O.NOT_FOUND, post=O.NOT_FOUND
    ),
}
