"""Who may do what: one row for each address of the platform. `test_permission_matrix.py` holds the platform to it.

A row says what a reader gets (GET) and what comes of sending nothing by each other method (POST, PUT, PATCH, DELETE):
for visitors, for people who signed in, and for those who hold one of the named roles in the organisation that the
address names. A method that a row does not name is none of the address's. An address that is not here, a row
without its address, and any cell that differs from its row fail the test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from livinglab.actions.access import READERS as ACTION_READERS
from livinglab.adoptions.access import READERS as ADOPTERS
from livinglab.casework.access import WORKERS as OFFICES
from livinglab.casework.policies import DECIDES as SEATS_GIVEN_BY
from livinglab.catalogue.policies import RECORDERS
from livinglab.evaluations.access import READERS
from livinglab.evaluations.domain.actors import KEEPS_TEAM
from livinglab.evidence.policies import READERS as EVIDENCE_READERS
from livinglab.evidence.policies import REVIEWERS, WRITERS
from livinglab.organizations.domain.roles import AGENCY_KEEPERS, AUDIT_READERS, MEMBERSHIP_KEEPERS, Role
from livinglab.planning.policies import EFFORT_SETTERS
from livinglab.releases.access import READERS as PACKAGE_READERS
from livinglab.signatures.policies import KEEPS as CERTIFICATES_KEPT_BY
from livinglab.surveys.policies import COMMENT_READERS
from livinglab.visits.domain.parties import ACTS as VISIT_ACTORS
from livinglab.visits.domain.parties import READS as VISIT_READERS
from livinglab.visits.domain.parties import SIGNS as VISIT_SIGNERS


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
        if own and role in self.roles:
            return self.member
        return self.outside if role in self.anywhere else self.person


def _same(outcome: Outcome) -> Access:
    return Access(outcome, outcome)


_NONE: Final = _same(Outcome.NO_METHOD)
#: who may fetch packages from other instances, for whichever region
_FETCHERS: Final = frozenset({Role.MINISTRY, Role.HEAD_OF_REGION, Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})
#: who takes a participant out of a round, and what comes of it for one to whom an assessor is assigned
_WITHDRAWS: Final = Access(
    O.SIGN_IN,
    O.FORBIDDEN,
    frozenset({Role.MINISTRY}),
    anywhere=frozenset({Role.MINISTRY}),
    outside=O.REFUSED,
)
_API_PACKAGE: Final = {"code": "32.11", "package_id": "sktm"}
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Row:
    """One address: what reading gives, what sending nothing gives, and values that complete the address."""

    get: Access
    post: Access
    #: values of the address's parts; `code` of a member's page is the organisation under test and is not here
    values: Mapping[str, str] = field(default_factory=dict)
    #: a whole address, for routes that are regular expressions
    at: str = ""
    #: drawing it takes seconds, and other tests do it; here even visitors ask only whether it is there
    is_slow: bool = False
    put: Access = _NONE
    patch: Access = _NONE
    delete: Access = _NONE

    def access(self, method: str) -> Access:
        """This function will return what a method gives whom."""
        by_method = {"GET": self.get, "POST": self.post, "PUT": self.put, "PATCH": self.patch}
        return by_method.get(method, self.delete)


def public(at: str = "", post: Outcome = O.NO_METHOD, get: Outcome = O.OPEN, **values: str) -> Row:
    """This function will return the row of a page for everybody."""
    return Row(_same(get), _same(post), values, at)


def _a_trial(get: Outcome = O.NOT_FOUND, post: Outcome = O.NOT_FOUND, **values: str) -> Row:
    """This function will return the row of a trial's page: nobody finds a trial whose address they do not know."""
    return public(get=get, post=post, address="unknown", **values)


def _an_application(get: Outcome = O.NOT_FOUND, post: Outcome = O.NOT_FOUND, **values: str) -> Row:
    """This function will return the row of an application's page: found by nobody who does not know its address."""
    return public(get=get, post=post, code="32.11", token="A" * 43, **values)


def own_account(get: Outcome = O.OPEN, post: Outcome = O.OPEN, **values: str) -> Row:
    """This function will return the row of a page about oneself."""
    return Row(Access(O.SIGN_IN, get), Access(O.SIGN_IN, post), values)


def visitors(get: Outcome = O.OPEN, post: Outcome = O.OPEN, *, signed_in: Outcome = O.ELSEWHERE) -> Row:
    """This function will return the row of a page for those who have not signed in."""
    return Row(Access(get, signed_in), Access(post, signed_in))


def _for(outcome: Outcome, roles: frozenset[Role], *, visitor: Outcome = Outcome.UNAUTHORISED) -> Access:
    """Some roles of the organisation in the address get an outcome; others who signed in are refused."""
    return _NONE if outcome is O.NO_METHOD else Access(visitor, O.FORBIDDEN, roles, outcome)


def api_evaluation(
    post: Outcome = O.NO_METHOD,
    get: Outcome = O.OPEN,
    *,
    put: Outcome = O.NO_METHOD,
    delete: Outcome = O.NO_METHOD,
    roles: frozenset[Role] = READERS,
    **values: str,
) -> Row:
    """This function will return the row of an API address of one evaluation: as its pages, but 401 for visitors.

    `roles` are those of the organisation that get the outcomes. Assessors and the ministry come in once it was sent;
    `permissions_sent.py` says what they get then.
    """
    return Row(_for(get, roles), _for(post, roles), values, put=_for(put, roles), delete=_for(delete, roles))


def api_evidence(
    *,
    get: Outcome = O.NO_METHOD,
    post: Outcome = O.NO_METHOD,
    put: Outcome = O.NO_METHOD,
    writers: frozenset[Role] = WRITERS,
) -> Row:
    """This function will return the row of an API address of evidence: some read, fewer write."""
    return Row(_for(get, EVIDENCE_READERS), _for(post, writers), put=_for(put, writers))


def api_ministry(
    get: Outcome = O.NO_METHOD,
    post: Outcome = O.NO_METHOD,
    *,
    put: Outcome = O.NO_METHOD,
    delete: Outcome = O.NO_METHOD,
    provinces_read: bool = False,
    **values: str,
) -> Row:
    """This function will return the row of an API address for ministries; provinces may read where it says so."""

    def access(outcome: Outcome, who: frozenset[Role]) -> Access:
        if outcome is O.NO_METHOD:
            return _NONE
        return Access(O.UNAUTHORISED, O.FORBIDDEN, anywhere=who, outside=outcome)

    ministry = frozenset({Role.MINISTRY})
    readers = ministry | {Role.PROVINCE} if provinces_read else ministry
    return Row(
        access(get, readers),
        access(post, ministry),
        values,
        put=access(put, ministry),
        delete=access(delete, ministry),
    )


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

    Assessors and the ministry come in once it was sent; `permissions_sent.py` says what they get then.
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

    What opens then, and to whom: `permissions_sent.py`.
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


def editor(**values: str) -> Row:
    """This function will return the row of an editor of an adaptation, reached with an adoption that nobody has."""
    reading = Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND)
    return Row(reading, reading, {"adoption_id": _ENTRY, **values})


ANY_ROLE: Final = frozenset(Role)
STAFF: Final = ANY_ROLE - {Role.CITIZEN}
ROUND_OPENERS: Final = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})
TEAM_KEEPERS: Final = frozenset(Role(role) for role in KEEPS_TEAM)
#: for assessors and the ministry, who come in once the region sent
_OUTSIDE: Final = Access(O.UNAUTHORISED, O.FORBIDDEN)
LEADERS: Final = frozenset({Role.HEAD_OF_REGION, Role.COORDINATOR})
_VISIT_SIGNERS: Final = frozenset(Role(role) for role in VISIT_SIGNERS)
_VISIT_ACTORS: Final = frozenset(Role(role) for role in VISIT_ACTORS)
_FILE = {"file_format": "csv"}
_RELEASE: Final = {"code": "32.11", "package_id": "sktm", "version": "1.0.0"}
_ENTRY = "01930000-0000-7000-8000-000000000001"  # an entry that nobody made
_BY_SECRET: Final = public(get=O.NO_METHOD, post=O.UNAUTHORISED, code="32.11")
PERMISSIONS: Final[dict[str, Row]] = {
    # --- for machines ---------------------------------------------------------------------------------
    "api/v1/": public(get=O.ELSEWHERE, post=O.ELSEWHERE),  # to the documentation
    "api/v1/openapi.json": public(),
    "api/v1/docs": public(),
    "api/v1/instruments": public(),
    "api/v1/instruments/<code>": public(code="spbe-2020"),
    "api/v1/results": public(),
    "api/v1/rounds": replace(api_ministry(post=O.REFUSED), get=_same(O.OPEN)),
    "api/v1/rounds/<round_id>": api_ministry(O.OPEN, provinces_read=True),
    "api/v1/rounds/<round_id>/days": api_ministry(put=O.REFUSED),
    "api/v1/rounds/<round_id>/participants": api_ministry(O.OPEN, O.REFUSED, provinces_read=True),
    # an assessor is assigned to the other region: it cannot be taken out of the round any more
    "api/v1/rounds/<round_id>/participants/<code>": replace(
        api_ministry(), delete=replace(_WITHDRAWS, visitor=O.UNAUTHORISED)
    ),
    "api/v1/assessors": api_ministry(O.OPEN),
    "api/v1/assessors/<assessor_id>": api_ministry(O.NOT_FOUND, assessor_id=_ENTRY),
    "api/v1/assessors/<assessor_id>/profile": Row(
        _NONE, _NONE, {"assessor_id": _ENTRY}, put=Access(O.UNAUTHORISED, O.REFUSED)
    ),
    "api/v1/assessors/<assessor_id>/conflicts": api_ministry(post=O.REFUSED, assessor_id=_ENTRY),
    "api/v1/assessors/<assessor_id>/assignments": api_ministry(post=O.REFUSED, assessor_id=_ENTRY),
    "api/v1/assessors/<assessor_id>/assignments/<assignment_id>": api_ministry(
        delete=O.NOT_FOUND, assessor_id=_ENTRY, assignment_id=_ENTRY
    ),
    "api/v1/bias": api_ministry(O.OPEN),
    "api/v1/universities": replace(api_ministry(post=O.REFUSED), get=Access(O.UNAUTHORISED, O.OPEN)),
    "api/v1/partners": api_ministry(O.OPEN, O.REFUSED),
    "api/v1/partners/<partner_id>": api_ministry(delete=O.NOT_FOUND, partner_id=_ENTRY),
    "api/v1/follow-through": public(),
    "api/v1/regions/<code>/satisfaction": public(code="32.11"),
    "api/v1/regions/<code>/satisfaction/<service_id>": public(
        get=O.NOT_FOUND, code="32.11", service_id=_ENTRY
    ),
    "api/v1/regions/<code>/performance/<package>": public(get=O.NOT_FOUND, code="32.11", package="sktm"),
    "api/v1/regions/<code>/offered-services": public(code="32.11"),
    "api/v1/regions/<code>/offered-services/<package>": public(get=O.NOT_FOUND, code="32.11", package="sktm"),
    "api/v1/regions/<code>/offered-services/<package>/forms": public(
        get=O.NO_METHOD, post=O.REFUSED, code="32.11", package="sktm"
    ),
    # only a secret that nobody has opens these
    "api/v1/regions/<code>/application": public(get=O.UNAUTHORISED, code="32.11"),
    "api/v1/regions/<code>/application/answers": Row(
        _NONE, _NONE, {"code": "32.11"}, put=_same(O.UNAUTHORISED)
    ),
    "api/v1/regions/<code>/application/submission": _BY_SECRET,
    "api/v1/regions/<code>/application/reply": _BY_SECRET,
    "api/v1/regions/<code>/application/reopening": _BY_SECRET,
    "api/v1/regions/<code>/application/withdrawal": _BY_SECRET,
    "api/v1/regions/<code>/application/papers": public(get=O.UNAUTHORISED, code="32.11"),
    "api/v1/regions/<code>/application/papers/<nth>": public(get=O.UNAUTHORISED, code="32.11", nth="1"),
    "api/v1/regions/<code>/application/papers/<nth>/<language>.pdf": public(
        get=O.UNAUTHORISED, code="32.11", nth="1", language="id"
    ),
    "api/v1/regions/<code>/application/files": public(get=O.UNAUTHORISED, post=O.UNAUTHORISED, code="32.11"),
    "api/v1/regions/<code>/application/files/<file_id>": public(
        get=O.UNAUTHORISED, code="32.11", file_id=_ENTRY
    ),
    "api/v1/regions/<code>/desk/<task_id>/files": Row(_for(O.NOT_FOUND, OFFICES), _NONE, {"task_id": _ENTRY}),
    "api/v1/regions/<code>/desk/<task_id>/files/<file_id>": Row(
        _for(O.NOT_FOUND, OFFICES), _NONE, {"task_id": _ENTRY, "file_id": _ENTRY}
    ),
    "api/v1/regions/<code>/desk": Row(_for(O.OPEN, OFFICES), _NONE),
    "api/v1/regions/<code>/desk/<task_id>": Row(_for(O.NOT_FOUND, OFFICES), _NONE, {"task_id": _ENTRY}),
    "api/v1/regions/<code>/desk/<task_id>/assignee": Row(
        _NONE,
        _NONE,
        {"task_id": _ENTRY},
        put=_for(O.REFUSED, OFFICES),
        delete=_for(O.NOT_FOUND, OFFICES),
    ),
    "api/v1/regions/<code>/desk/<task_id>/agency": Row(
        _NONE, _NONE, {"task_id": _ENTRY}, put=_for(O.REFUSED, OFFICES)
    ),
    "api/v1/regions/<code>/desk/<task_id>/completion": Row(
        _NONE, _for(O.REFUSED, OFFICES), {"task_id": _ENTRY}
    ),
    "open311/discovery.<slug:kind>": public(kind="json"),
    # without the region that is asked
    "open311/v2/services.<slug:kind>": public(get=O.REFUSED, kind="json"),
    "open311/v2/services/<str:service_code>.<slug:kind>": public(
        get=O.REFUSED, service_code="road", kind="json"
    ),
    "open311/v2/requests.<slug:kind>": public(get=O.REFUSED, post=O.REFUSED, kind="json"),
    "open311/v2/requests/<str:request_id>.<slug:kind>": public(get=O.REFUSED, request_id=_ENTRY, kind="json"),
    "open311/v2/tokens/<str:token>.<slug:kind>": public(get=O.REFUSED, token="A" * 43, kind="json"),
    "api/v1/regions/<code>/plan": public(code="14.08"),
    "api/v1/regions/<code>/evaluations": Row(_same(O.OPEN), _for(O.REFUSED, ROUND_OPENERS)),
    "api/v1/regions/<code>/evaluations/<year>": api_evaluation(),
    "api/v1/regions/<code>/evaluations/<year>/steps": api_evaluation(O.REFUSED, O.NO_METHOD),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>": api_evaluation(
        put=O.REFUSED, indicator="21"
    ),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/steps": api_evaluation(
        O.REFUSED, O.NO_METHOD, indicator="21"
    ),
    # nobody has typed into the answer, and the piece is a link that is shown nowhere; tests of evaluations open more
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/versions": api_evaluation(indicator="21"),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/versions/<number>": api_evaluation(
        get=O.NOT_FOUND, indicator="21", number="1"
    ),
    "api/v1/regions/<code>/evaluations/<year>/evidence/<piece_id>/file": api_evaluation(
        O.NOT_FOUND, O.NOT_FOUND
    ),
    "api/v1/regions/<code>/evaluations/<year>/evidence/<piece_id>/pages/<page>": api_evaluation(
        get=O.NOT_FOUND, page="1"
    ),
    "api/v1/regions/<code>/evaluations/<year>/checks": api_evaluation(),
    "api/v1/regions/<code>/evaluations/<year>/evidence": api_evaluation(),
    "api/v1/regions/<code>/evaluations/<year>/scores/<indicator>": replace(
        api_evaluation(put=O.REFUSED, indicator="21"), delete=_OUTSIDE
    ),
    "api/v1/regions/<code>/evaluations/<year>/scores/<indicator>/validity": api_evaluation(
        get=O.NO_METHOD, put=O.REFUSED, indicator="21"
    ),
    "api/v1/regions/<code>/evaluations/<year>/shown-scores": Row(_NONE, _OUTSIDE),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/evidence": api_evaluation(
        O.REFUSED, O.NO_METHOD, indicator="21"
    ),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/evidence/<letter>": api_evaluation(
        get=O.NO_METHOD, delete=O.NOT_FOUND, indicator="21", letter="a"
    ),
    "api/v1/regions/<code>/evaluations/<year>/answers/<indicator>/evidence/<letter>/verdict": api_evaluation(
        get=O.NO_METHOD, put=O.REFUSED, indicator="21", letter="a"
    ),
    "api/v1/regions/<code>/evaluations/<year>/assignments": api_evaluation(put=O.REFUSED),
    "api/v1/regions/<code>/evaluations/<year>/team": api_evaluation(),
    "api/v1/regions/<code>/evaluations/<year>/team/decree": api_evaluation(get=O.NO_METHOD, put=O.REFUSED),
    "api/v1/regions/<code>/evaluations/<year>/team/seats": api_evaluation(O.REFUSED, O.NO_METHOD),
    "api/v1/regions/<code>/evaluations/<year>/team/seats/<seat_id>": api_evaluation(
        get=O.NO_METHOD, delete=O.NOT_FOUND, roles=TEAM_KEEPERS, seat_id=_ENTRY
    ),
    "api/v1/regions/<code>/evaluations/<year>/minutes": api_evaluation(),
    "api/v1/regions/<code>/evaluations/<year>/crosswalk": api_evaluation(O.REFUSED, O.NOT_FOUND),
    "api/v1/regions/<code>/evaluations/<year>/workbook": api_evaluation(O.REFUSED),
    "api/v1/regions/<code>/evaluations/<year>/workbook/<draft_id>": api_evaluation(
        get=O.NOT_FOUND, delete=O.NOT_FOUND, draft_id=_ENTRY
    ),
    "api/v1/regions/<code>/evaluations/<year>/workbook/<draft_id>/application": api_evaluation(
        O.REFUSED, O.NO_METHOD, draft_id=_ENTRY
    ),
    "api/v1/regions/<code>/evaluations/<year>/archive": api_evaluation(O.REFUSED, O.NO_METHOD),
    "api/v1/regions/<code>/evaluations/<year>/reports": api_evaluation(O.REFUSED),
    "api/v1/regions/<code>/evaluations/<year>/reports/<job_id>": api_evaluation(
        get=O.NOT_FOUND, job_id=_ENTRY
    ),
    "api/v1/regions/<code>/evaluations/<year>/reports/<job_id>/file": api_evaluation(
        get=O.NOT_FOUND, job_id=_ENTRY
    ),
    "api/v1/regions/<code>/evaluations/<year>/findings": Row(_OUTSIDE, _NONE),
    "api/v1/regions/<code>/evaluations/<year>/findings/<aspect>": api_evaluation(
        get=O.NO_METHOD, put=O.REFUSED, aspect="A1"
    ),
    "api/v1/regions/<code>/evaluations/<year>/recommendation": replace(
        api_evaluation(put=O.REFUSED), get=_OUTSIDE
    ),
    "api/v1/regions/<code>/evaluations/<year>/objections": api_evaluation(O.REFUSED),
    "api/v1/regions/<code>/evaluations/<year>/objections/<objection_id>/settlement": api_evaluation(
        O.REFUSED, O.NO_METHOD, objection_id=_ENTRY
    ),
    "api/v1/regions/<code>/evaluations/<year>/objections/<objection_id>/withdrawal": api_evaluation(
        O.REFUSED, O.NO_METHOD, objection_id=_ENTRY
    ),
    "api/v1/regions/<code>/evidence": api_evidence(get=O.OPEN, post=O.REFUSED),
    "api/v1/regions/<code>/evidence/<piece_id>": api_evidence(get=O.OPEN, put=O.REFUSED),
    "api/v1/regions/<code>/evidence/<piece_id>/file": api_evidence(
        get=O.NOT_FOUND, post=O.NOT_FOUND, writers=EVIDENCE_READERS
    ),
    "api/v1/regions/<code>/evidence/<piece_id>/pages/<page>": replace(
        api_evidence(get=O.NOT_FOUND), values={"page": "1"}
    ),
    "api/v1/regions/<code>/evidence/<piece_id>/revisions": api_evidence(get=O.OPEN, post=O.REFUSED),
    "api/v1/regions/<code>/evidence/<piece_id>/class": api_evidence(put=O.REFUSED),
    "api/v1/regions/<code>/evidence/<piece_id>/review": api_evidence(put=O.REFUSED, writers=REVIEWERS),
    "api/v1/regions/<code>/evidence/<piece_id>/withdrawal": api_evidence(post=O.OPEN),
    "api/v1/regions": public(),
    "api/v1/regions/<code>": public(code="32.11"),
    "api/v1/score": public(get=O.NO_METHOD, post=O.REFUSED),
    "api/v1/service-functions": public(),
    "api/v1/catalogue": public(),
    "api/v1/catalogue/<kind>/<key>": public(kind="service", key="kota-denpasar-atcs-denpasar"),
    "api/v1/practices/<key>": public(get=O.NOT_FOUND, key="practice-unknown"),
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
    "catalogue/": public(),
    "catalogue/catalogue.<str:file_format>": public(**_FILE),
    "catalogue/feed.<str:feed_format>": public(feed_format="atom"),
    "catalogue/known/": public(),
    "catalogue/known/known.<str:file_format>": public(**_FILE),
    "practices/<slug:key>/": public(get=O.NOT_FOUND, key="practice-unknown"),
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
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/checks/": evaluation(
        O.NO_METHOD, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/step/": evaluation(
        O.REFUSED, O.NO_METHOD, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/evidence/": evaluation(
        O.REFUSED, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/evidence/<uuid:use_id>/detach/": evaluation(
        O.NOT_FOUND, O.NO_METHOD, indicator="21", use_id=_ENTRY
    ),
    "regions/<str:code>/practices/": members(RECORDERS, O.NO_METHOD),
    "regions/<str:code>/practices/new/": members(RECORDERS, O.REFUSED),
    "regions/<str:code>/practices/<uuid:practice_id>/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, RECORDERS, O.NOT_FOUND),
        Access(O.SIGN_IN, O.FORBIDDEN, RECORDERS, O.NOT_FOUND),
        {"practice_id": _ENTRY},
    ),
    "regions/<str:code>/practices/<uuid:practice_id>/step/": Row(
        _same(O.NO_METHOD), Access(O.SIGN_IN, O.FORBIDDEN, RECORDERS, O.NOT_FOUND), {"practice_id": _ENTRY}
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
    "evaluations/assigned/profile/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, frozenset({Role.EXTERNAL_ASSESSOR}), O.REFUSED),
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
    "regions/<str:code>/evaluations/<int:year>/evidence/<uuid:piece_id>/": once_sent(
        O.NO_METHOD, O.NOT_FOUND, piece_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/evidence/<uuid:piece_id>/preview/": once_sent(
        O.NO_METHOD, O.NOT_FOUND, piece_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/evidence/<uuid:piece_id>/file/": once_sent(
        O.NOT_FOUND, O.NOT_FOUND, piece_id=_ENTRY
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/score/": once_sent(
        O.NOT_FOUND, O.NOT_FOUND, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/score/checks/": once_sent(
        O.NO_METHOD, O.NOT_FOUND, indicator="21"
    ),
    "regions/<str:code>/evaluations/<int:year>/<indicator:indicator>/score/versions/": once_sent(
        O.NO_METHOD, O.NOT_FOUND, indicator="21"
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
    "evaluations/rounds/<uuid:round_id>/participants/<str:code>/withdraw/": Row(
        ministries(O.NO_METHOD).get, replace(_WITHDRAWS, member=O.ELSEWHERE)
    ),
    "regions/<str:code>/evaluations/new/": members(
        frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER}), O.REFUSED
    ),
    # --- service packages: what is offered for everybody, sending for the publisher, review for ministries ----
    "verify/": public(post=O.REFUSED),
    "verify/<str:code>/": public(get=O.NOT_FOUND, code="7K2M-9QXD-4HTW"),
    "apply/": public(),
    "apply/<str:code>/<slug:package>/": public(
        code="32.11", package="sktm", get=O.NOT_FOUND, post=O.NOT_FOUND
    ),
    "regions/<str:code>/performance/<slug:package>/": public(get=O.NOT_FOUND, code="32.11", package="sktm"),
    "regions/<str:code>/performance/<slug:package>/<slug:key>.<slug:file_format>": public(
        get=O.NOT_FOUND, code="32.11", package="sktm", key="months", **_FILE
    ),
    "regions/<str:code>/publications/": public(code="32.11"),
    "regions/<str:code>/publications/catalog.jsonld": public(code="32.11"),
    "regions/<str:code>/publications/<slug:number>/": public(get=O.NOT_FOUND, code="32.11", number="2026-1"),
    "regions/<str:code>/publications/<slug:number>.jsonld": public(
        get=O.NOT_FOUND, code="32.11", number="2026-1"
    ),
    "regions/<str:code>/publications/<slug:number>/file/": public(
        get=O.NOT_FOUND, code="32.11", number="2026-1"
    ),
    "regions/<str:code>/publications/<slug:number>/withdraw/": replace(
        members(SEATS_GIVEN_BY, O.NOT_FOUND, O.NOT_FOUND), values={"number": "2026-1"}
    ),
    "applications/<str:code>/<str:token>/": _an_application(post=O.NO_METHOD),
    "applications/<str:code>/<str:token>/form/": _an_application(post=O.NO_METHOD),
    "applications/<str:code>/<str:token>/form/<slug:page>/": _an_application(page="who"),
    "applications/<str:code>/<str:token>/check/": _an_application(),
    "applications/<str:code>/<str:token>/receipt/": _an_application(post=O.NO_METHOD),
    "applications/<str:code>/<str:token>/contact/": _an_application(),
    "applications/<str:code>/<str:token>/data/": _an_application(post=O.NO_METHOD),
    "applications/<str:code>/<str:token>/data.json": _an_application(post=O.NO_METHOD),
    "applications/<str:code>/<str:token>/delete/": _an_application(),
    "applications/<str:code>/<str:token>/correct/": _an_application(),
    "applications/<str:code>/<str:token>/papers/<int:nth>/": _an_application(post=O.NO_METHOD, nth="1"),
    "applications/<str:code>/<str:token>/papers/<int:nth>/<slug:written_in>.pdf": _an_application(
        post=O.NO_METHOD, nth="1", written_in="id"
    ),
    "applications/<str:code>/<str:token>/files/<uuid:file_id>/": _an_application(
        post=O.NO_METHOD, file_id=_ENTRY
    ),
    "applications/<str:code>/<str:token>/pay/": _an_application(post=O.NO_METHOD),
    "applications/<str:code>/<str:token>/pay/renew/": _an_application(get=O.NO_METHOD),
    "applications/<str:code>/<str:token>/pay/made-up/": _an_application(get=O.NO_METHOD),
    "applications/<str:code>/<str:token>/rate/": _an_application(get=O.NO_METHOD),
    "applications/<str:code>/<str:token>/complain/": _an_application(get=O.NO_METHOD),
    "applications/<str:code>/<str:token>/reopen/": _an_application(),
    "applications/<str:code>/<str:token>/withdraw/": _an_application(get=O.NO_METHOD),
    "regions/<str:code>/services/<slug:package>/evidence/": replace(
        members(OFFICES, O.NOT_FOUND, O.NOT_FOUND), values={"package": "sktm"}
    ),
    "regions/<str:code>/desk/": members(OFFICES, O.NO_METHOD),
    "regions/<str:code>/desk/day/": members(OFFICES, O.NO_METHOD),
    "regions/<str:code>/desk/act/": Row(
        _same(O.NO_METHOD), Access(O.SIGN_IN, O.FORBIDDEN, OFFICES, O.ELSEWHERE)
    ),
    "regions/<str:code>/desk/together/": members(OFFICES, O.OPEN),
    "regions/<str:code>/desk/cases/": members(OFFICES, O.NO_METHOD),
    "regions/<str:code>/desk/cases/<uuid:case_id>/": replace(
        members(OFFICES, O.NO_METHOD, O.NOT_FOUND), values={"case_id": _ENTRY}
    ),
    "regions/<str:code>/desk/<uuid:task_id>/assign/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, OFFICES, O.NOT_FOUND),
        values={"task_id": _ENTRY},
    ),
    "regions/<str:code>/desk/<uuid:task_id>/dispose/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, OFFICES, O.NOT_FOUND),
        values={"task_id": _ENTRY},
    ),
    "regions/<str:code>/counter/": members(OFFICES, O.REFUSED),
    "regions/<str:code>/counter/<uuid:case_id>/receipt/": replace(
        members(OFFICES, O.NO_METHOD, O.NOT_FOUND), values={"case_id": _ENTRY}
    ),
    "regions/<str:code>/counter/offline/": members(OFFICES, O.NO_METHOD),
    "regions/<str:code>/counter/offline/forms/": members(OFFICES, O.NO_METHOD),
    "regions/<str:code>/counter/offline/file/": Row(
        _same(O.NO_METHOD), Access(O.SIGN_IN, O.FORBIDDEN, OFFICES, O.REFUSED)
    ),
    "regions/<str:code>/counter/offline/send/": Row(
        _same(O.NO_METHOD), Access(O.SIGN_IN, O.FORBIDDEN, OFFICES, O.REFUSED)
    ),
    "regions/<str:code>/counter/offline/app.webmanifest": public(code="32.11"),
    "sw.js": public(),
    "regions/<str:code>/seats/": members(SEATS_GIVEN_BY, O.REFUSED),
    "regions/<str:code>/seats/<uuid:seat_id>/end/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, SEATS_GIVEN_BY, O.NOT_FOUND),
        values={"seat_id": _ENTRY},
    ),
    "regions/<str:code>/versions/": members(SEATS_GIVEN_BY, O.NO_METHOD),
    "regions/<str:code>/versions/<uuid:version_id>/": replace(
        members(SEATS_GIVEN_BY, O.NOT_FOUND, O.NOT_FOUND), values={"version_id": _ENTRY}
    ),
    "regions/<str:code>/messages/": members(SEATS_GIVEN_BY, O.NO_METHOD),
    "regions/<str:code>/messages/<uuid:delivery_id>/again/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, SEATS_GIVEN_BY, O.NOT_FOUND),
        values={"delivery_id": _ENTRY},
    ),
    "regions/<str:code>/outside/": members(SEATS_GIVEN_BY, O.NO_METHOD),
    "regions/<str:code>/outside/<uuid:call_id>/again/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, SEATS_GIVEN_BY, O.NOT_FOUND),
        values={"call_id": _ENTRY},
    ),
    "regions/<str:code>/outside/<uuid:call_id>/give-up/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, SEATS_GIVEN_BY, O.NOT_FOUND),
        values={"call_id": _ENTRY},
    ),
    "regions/<str:code>/erasures/": members(SEATS_GIVEN_BY, O.NO_METHOD),
    "regions/<str:code>/erasures/<uuid:erasure_id>/grant/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, SEATS_GIVEN_BY, O.NOT_FOUND),
        values={"erasure_id": _ENTRY},
    ),
    "regions/<str:code>/erasures/<uuid:erasure_id>/refuse/": Row(
        _same(O.NO_METHOD),
        Access(O.SIGN_IN, O.FORBIDDEN, SEATS_GIVEN_BY, O.NOT_FOUND),
        values={"erasure_id": _ENTRY},
    ),
    # no payment system is set up in tests: nobody tells of payments
    "regions/<str:code>/payments/paid/": public(get=O.NO_METHOD, post=O.NOT_FOUND, code="32.11"),
    "regions/<str:code>/desk/sign/": members(OFFICES, O.REFUSED),
    "regions/<str:code>/desk/sign/<uuid:item_id>/<int:nth>/": replace(
        members(OFFICES, O.NO_METHOD, O.NOT_FOUND), values={"item_id": _ENTRY, "nth": "1"}
    ),
    "regions/<str:code>/papers/": members(CERTIFICATES_KEPT_BY, O.NO_METHOD),
    "regions/<str:code>/papers/<uuid:paper_id>/revoke/": replace(
        members(CERTIFICATES_KEPT_BY, O.NOT_FOUND, O.NOT_FOUND), values={"paper_id": _ENTRY}
    ),
    "regions/<str:code>/certificates/": members(CERTIFICATES_KEPT_BY, O.NO_METHOD),
    "regions/<str:code>/certificates/issue/": members(CERTIFICATES_KEPT_BY, O.REFUSED),
    "regions/<str:code>/certificates/enter/": members(CERTIFICATES_KEPT_BY, O.REFUSED),
    "regions/<str:code>/certificates/<uuid:certificate_id>/revoke/": replace(
        members(CERTIFICATES_KEPT_BY, O.NOT_FOUND, O.NOT_FOUND), values={"certificate_id": _ENTRY}
    ),
    "regions/<str:code>/desk/<uuid:task_id>/": replace(
        members(OFFICES, O.NOT_FOUND, O.NOT_FOUND), values={"task_id": _ENTRY}
    ),
    "regions/<str:code>/desk/<uuid:task_id>/files/<uuid:file_id>/": replace(
        members(OFFICES, O.NO_METHOD, O.NOT_FOUND), values={"task_id": _ENTRY, "file_id": _ENTRY}
    ),
    "try/": public(),
    "try/<str:code>/<slug:package_id>/": public(code="99.71", package_id="sktm", post=O.ELSEWHERE),
    "try/<str:code>/<slug:package_id>/<str:version>/": public(
        code="99.71", package_id="sktm", version="0.0.1", get=O.NOT_FOUND, post=O.NOT_FOUND
    ),
    "try/s/<str:address>/": _a_trial(post=O.NO_METHOD),
    "try/s/<str:address>/role/": _a_trial(get=O.NO_METHOD),
    "try/s/<str:address>/clock/": _a_trial(get=O.NO_METHOD),
    "try/s/<str:address>/next/": _a_trial(get=O.NO_METHOD),
    "try/s/<str:address>/reset/": _a_trial(get=O.NO_METHOD),
    "try/s/<str:address>/withdraw/": _a_trial(get=O.NO_METHOD),
    "try/s/<str:address>/pay/": _a_trial(get=O.NO_METHOD),
    "try/s/<str:address>/fill/": _a_trial(get=O.NO_METHOD),
    "try/s/<str:address>/form/": _a_trial(post=O.NO_METHOD),
    "try/s/<str:address>/form/check/": _a_trial(),
    "try/s/<str:address>/form/receipt/": _a_trial(post=O.NO_METHOD),
    "try/s/<str:address>/form/<slug:page>/": _a_trial(page="who"),
    "try/s/<str:address>/tasks/<str:task>/": _a_trial(task="check"),
    "try/s/<str:address>/messages/": _a_trial(post=O.NO_METHOD),
    "try/s/<str:address>/documents/<int:nth>/": _a_trial(post=O.NO_METHOD, nth="1"),
    "try/s/<str:address>/documents/<int:nth>/pdf/": _a_trial(post=O.NO_METHOD, nth="1"),
    "packages/": public(),
    ".well-known/livinglab-packages.json": public(),
    "packages/<slug:name>.atom": public(name="versions"),
    "packages/elsewhere/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=_FETCHERS),
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=_FETCHERS, outside=O.REFUSED),
    ),
    "packages/review/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=frozenset({Role.MINISTRY})), _same(O.NO_METHOD)
    ),
    "packages/<str:code>/<slug:package_id>/": public(get=O.NOT_FOUND, code="32.11", package_id="sktm"),
    "packages/<str:code>/<slug:package_id>/warnings/": public(
        get=O.NOT_FOUND, post=O.NOT_FOUND, code="32.11", package_id="sktm"
    ),
    "packages/<str:code>/<slug:package_id>/<str:version>/": public(get=O.NOT_FOUND, **_RELEASE),
    "packages/<str:code>/<slug:package_id>/<str:version>/process/": public(get=O.NOT_FOUND, **_RELEASE),
    "packages/<str:code>/<slug:package_id>/<str:version>/archive/": public(get=O.NOT_FOUND, **_RELEASE),
    "packages/<str:code>/<slug:package_id>/<str:version>/review/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=frozenset({Role.MINISTRY}), outside=O.NOT_FOUND),
        Access(O.SIGN_IN, O.FORBIDDEN, anywhere=frozenset({Role.MINISTRY}), outside=O.NOT_FOUND),
        _RELEASE,
    ),
    "packages/<str:code>/<slug:package_id>/adopters/": public(
        get=O.NOT_FOUND, code="32.11", package_id="sktm"
    ),
    "packages/<str:code>/<slug:package_id>/<str:version>/adopt/": Row(
        Access(O.SIGN_IN, O.NOT_FOUND), Access(O.SIGN_IN, O.NOT_FOUND), _RELEASE
    ),
    "regions/<str:code>/adoptions/": members(ADOPTERS, O.NO_METHOD),
    "regions/<str:code>/places/": members(ADOPTERS | {Role.VILLAGE_OPERATOR}, O.NO_METHOD),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
        Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
        {"adoption_id": _ENTRY},
    ),
    **{
        f"regions/<str:code>/adoptions/<uuid:adoption_id>/{page}": Row(
            Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
            Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
            {"adoption_id": _ENTRY, "unit_code": "14.08.01"},
        )
        for page in ("units/", "units/choose/", "units/<str:unit_code>/", "tell/")
    },
    **{
        f"regions/<str:code>/adoptions/<uuid:adoption_id>/{page}": Row(
            Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
            _same(O.NO_METHOD),
            {"adoption_id": _ENTRY, "link_code": "B2C3D4", "paper": "a4"},
        )
        for page in ("tell/<str:link_code>/", "tell/<str:link_code>/<slug:paper>.pdf")
    },
    "s/<str:code>/": public(get=O.NOT_FOUND, code="B2C3D4"),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/upgrade/<str:version>/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
        Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
        {"adoption_id": _ENTRY, "version": "1.0.0"},
    ),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/offers/": editor(),
    "packages/<str:code>/<slug:package_id>/family/": public(get=O.NOT_FOUND, code="32.11", package_id="sktm"),
    "packages/<str:code>/<slug:package_id>/faults/": public(get=O.NOT_FOUND, code="32.11", package_id="sktm"),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/derive/": editor(),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/faults/": editor(),
    "regions/<str:code>/packages/faults/": members(PACKAGE_READERS, O.NOT_FOUND),
    "regions/<str:code>/packages/offers/": members(PACKAGE_READERS, O.NO_METHOD),
    "regions/<str:code>/packages/offers/<uuid:offer_id>/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, PACKAGE_READERS, O.NOT_FOUND),
        Access(O.SIGN_IN, O.FORBIDDEN, PACKAGE_READERS, O.NOT_FOUND),
        {"offer_id": _ENTRY},
    ),
    "regions/<str:code>/agreements/": members(ADOPTERS, O.NO_METHOD),
    "regions/<str:code>/agreements/<uuid:agreement_id>/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
        Access(O.SIGN_IN, O.FORBIDDEN, ADOPTERS, O.NOT_FOUND),
        {"agreement_id": _ENTRY},
    ),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/": editor(),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/forms/<slug:form>/": editor(form="citizen-form"),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/forms/<slug:form>/add/": editor(
        form="citizen-form"
    ),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/forms/<slug:form>/fields/<slug:field>/": editor(
        form="citizen-form", field="nik"
    ),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/forms/<slug:form>/fields/<slug:field>/columns/": editor(
        form="citizen-form", field="nik"
    ),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/forms/<slug:form>/fields/<slug:field>/columns/"
    "<slug:column>/": editor(form="citizen-form", field="children", column="age"),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/rules/<slug:rule>/": editor(rule="tax"),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/texts/<slug:kind>/<slug:text>/": editor(
        kind="messages", text="granted"
    ),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/process/": editor(),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/process/steps/<str:step>/": editor(step="check"),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/process/steps/<str:step>/more/": editor(
        step="check"
    ),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/process/decision/": editor(),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/new/scenarios/": editor(),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/new/<slug:kind>/": editor(kind="messages"),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/service/<slug:part>/": editor(part="standard"),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/scenarios/<slug:scenario>/": editor(
        scenario="granted"
    ),
    "regions/<str:code>/adoptions/<uuid:adoption_id>/edit/scenarios/<slug:scenario>/<int:step>/": editor(
        scenario="granted", step="0"
    ),
    "regions/<str:code>/packages/": members(PACKAGE_READERS, O.REFUSED),
    "regions/<str:code>/packages/imports/<uuid:received_id>/": Row(
        Access(O.SIGN_IN, O.FORBIDDEN, PACKAGE_READERS, O.NOT_FOUND),
        Access(O.SIGN_IN, O.FORBIDDEN, PACKAGE_READERS, O.NOT_FOUND),
        {"received_id": _ENTRY},
    ),
    "regions/<str:code>/packages/offers/fetch/": members(ADOPTERS, O.REFUSED),
    ".well-known/livinglab-offers.json": public(),
    "packages/offers/<uuid:offer_id>.zip": public(get=O.NOT_FOUND, offer_id=_ENTRY),
    "packages/<str:code>/<slug:package_id>.git.zip": public(get=O.NOT_FOUND, code="32.11", package_id="sktm"),
    "api/v1/packages": public(),
    "api/v1/packages/<code>/<package_id>": public(get=O.NOT_FOUND, **_API_PACKAGE),
    "api/v1/packages/<code>/<package_id>/adopters": public(get=O.NOT_FOUND, **_API_PACKAGE),
    "api/v1/packages/<code>/<package_id>/versions/<version>": public(
        get=O.NOT_FOUND, version="1.0.0", **_API_PACKAGE
    ),
    "regions/<str:code>/packages/keys/": members(PACKAGE_READERS, O.REFUSED),
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
    "regions/<str:code>/commitments/new/": members(_VISIT_SIGNERS, O.REFUSED),
    "commitments/sign/<str:token>/": public(get=O.NOT_FOUND, post=O.NOT_FOUND, token="forged.token"),
    "visits/<uuid:visit_id>/invite/": public(get=O.NO_METHOD, post=O.NOT_FOUND, visit_id=_ENTRY),
    "visits/<uuid:visit_id>/revoke/": public(get=O.NO_METHOD, post=O.NOT_FOUND, visit_id=_ENTRY),
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
    # --- satisfaction: figures for everybody, comments for those who answer for services ----------------
    "surveys/<str:code>/<str:token>/": public(
        get=O.NOT_FOUND, post=O.NOT_FOUND, code="32.11", token="forged.token"
    ),
    "regions/<str:code>/satisfaction/": public(code="32.11"),
    "regions/<str:code>/satisfaction/comments/": members(COMMENT_READERS, O.NO_METHOD),
    "regions/<str:code>/satisfaction/<uuid:service_id>/": public(
        get=O.NOT_FOUND, code="32.11", service_id=_ENTRY
    ),
    "regions/<str:code>/satisfaction/<uuid:service_id>/<slug:key>.<slug:file_format>": public(
        get=O.NOT_FOUND, code="32.11", service_id=_ENTRY, key="years", **_FILE
    ),
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
    "me/applications/": own_account(post=O.NO_METHOD),
    "me/notices/": own_account(post=O.ELSEWHERE),
    "accounts/profile/": own_account(post=O.REFUSED),
    "accounts/back/": own_account(post=O.NO_METHOD),
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
    "accounts/oidc/<str:provider_id>/login/": public(
        at="/accounts/oidc/unknown/login/", get=O.NOT_FOUND, post=O.NOT_FOUND
    ),
    "accounts/oidc/<str:provider_id>/login/callback/": public(
        at="/accounts/oidc/unknown/login/callback/", get=O.NOT_FOUND, post=O.NOT_FOUND
    ),
}

#: addresses that look at who asks before they look at the method: what PUT, PATCH and DELETE give alike
_WHO_COMES_FIRST: Final = {
    "me/": Access(O.SIGN_IN, O.NO_METHOD),
    "me/applications/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/profile/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/back/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/email/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/password/change/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/password/set/": Access(O.SIGN_IN, O.ELSEWHERE),
    "accounts/reauthenticate/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/3rdparty/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/3rdparty/signup/": _same(O.SIGN_IN),
    "accounts/2fa/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/2fa/authenticate/": Access(O.SIGN_IN, O.ELSEWHERE),
    "accounts/2fa/reauthenticate/": Access(O.SIGN_IN, O.CONFIRM),
    "accounts/2fa/recovery-codes/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/2fa/recovery-codes/download/": Access(O.SIGN_IN, O.NOT_FOUND),
    "accounts/2fa/recovery-codes/generate/": Access(O.SIGN_IN, O.CONFIRM),
    "accounts/2fa/totp/activate/": Access(O.SIGN_IN, O.CONFIRM),
    "accounts/2fa/totp/deactivate/": Access(O.SIGN_IN, O.NOT_FOUND),
    "accounts/2fa/webauthn/": Access(O.SIGN_IN, O.NO_METHOD),
    "accounts/2fa/webauthn/add/": Access(O.SIGN_IN, O.CONFIRM),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": Access(O.SIGN_IN, O.CONFIRM),
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": Access(O.SIGN_IN, O.CONFIRM),
    "accounts/2fa/webauthn/login/": Access(O.NO_METHOD, O.ELSEWHERE),
    "accounts/2fa/webauthn/reauthenticate/": Access(O.SIGN_IN, O.CONFIRM),
    "accounts/login/": Access(O.NO_METHOD, O.ELSEWHERE),
    "accounts/login/code/confirm/": Access(O.SIGN_IN, O.ELSEWHERE),
    "accounts/signup/": Access(O.NO_METHOD, O.ELSEWHERE),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": _same(O.OPEN),
    "accounts/oidc/<str:provider_id>/login/": _same(O.NOT_FOUND),
    "accounts/oidc/<str:provider_id>/login/callback/": _same(O.NOT_FOUND),
    "accounts/social/connections/": _same(O.ELSEWHERE),
    "accounts/social/login/cancelled/": _same(O.ELSEWHERE),
    "accounts/social/login/error/": _same(O.ELSEWHERE),
    "accounts/social/signup/": _same(O.ELSEWHERE),
    "api/v1/": _same(O.ELSEWHERE),  # to the documentation
}
#: forms of Django that take PUT for POST; what they do then is what the empty form does
_PUT_IS_POST: Final = {
    "accounts/3rdparty/": Access(O.SIGN_IN, O.OPEN),
    "accounts/email/": Access(O.SIGN_IN, O.ELSEWHERE),
    "accounts/password/change/": Access(O.SIGN_IN, O.OPEN),
    "accounts/password/reset/": _same(O.OPEN),
    "accounts/reauthenticate/": Access(O.SIGN_IN, O.OPEN),
    "accounts/login/": Access(O.OPEN, O.ELSEWHERE),
    "accounts/signup/": Access(O.OPEN, O.ELSEWHERE),
    "accounts/2fa/webauthn/login/": Access(O.SIGN_IN, O.ELSEWHERE),
}
for _route, _access in _WHO_COMES_FIRST.items():
    PERMISSIONS[_route] = replace(PERMISSIONS[_route], put=_access, patch=_access, delete=_access)
for _route, _access in _PUT_IS_POST.items():
    PERMISSIONS[_route] = replace(PERMISSIONS[_route], put=_access)
