"""GeoReport's requests: reported, followed by an identifier that nobody guesses, listed where all may see them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.operations import is_try_within_limit
from livinglab.casework.api.open311 import writing
from livinglab.casework.api.open311.door import Jurisdiction, georeport
from livinglab.casework.api.open311.reporting import answers_in
from livinglab.casework.api.open311.services import picture_of
from livinglab.casework.api.open311.writing import Refusal
from livinglab.casework.domain.complaints import TOPIC, is_public, passed_to, place_field
from livinglab.casework.models import Case
from livinglab.casework.operations import complaints
from livinglab.casework.operations.attachments import FileRefused, StorageFailed, Upload
from livinglab.casework.operations.guesses import note_unknown
from livinglab.casework.queries.applications import UnknownApplication, application
from livinglab.casework.queries.complaints import complaints_named, public_complaints
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.casework.uploads import is_within_limit, refused_file, sent_file
from livinglab.evidence.uploads import too_large
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import areas
from livinglab.packages.domain.form import Field
from livinglab.packages.queries import answering, case_words, cases
from livinglab.packages.queries.cases import AnswersRefused

#: complaints that one address sends in an hour: many phones of one network share an address
MOST_REPORTED: Final = 60
#: the field of a picture: not of the specification, but what apps send that have no place of their own for it
MEDIA: Final = "media"
_HOUR: Final = 3600
_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")
#: the specification's own limits
MOST_SHOWN: Final = 1000
LONGEST_SPAN: Final = timedelta(days=90)
_MOST_NAMED: Final = 50
#: years in which somebody may look for complaints
_YEARS: Final = range(2000, 2200)


@require_http_methods(["GET", "HEAD", "POST"])
@georeport
def requests(request: HttpRequest, here: Jurisdiction, kind: str) -> HttpResponse:
    """This function will take a complaint, or list those that everybody may see."""
    if request.method == "POST":
        return _report(request, here, kind)
    ids = [one for one in request.GET.get("service_request_id", "").split(",") if one.strip()]
    rows = _named(here, ids) if ids else _searched(request, here)
    return writing.listed(kind, "service_requests", _shown(here, rows))


@require_safe
@georeport
def single(request: HttpRequest, here: Jurisdiction, request_id: str, kind: str) -> HttpResponse:
    """This function will show one complaint to whoever has its identifier."""
    rows = _named(here, [request_id])
    if not rows:
        note_unknown(organization_id=here.organization.id, at=clock.now())
        raise Refusal(404, _("service_request_id was not found."))
    return writing.listed(kind, "service_requests", _shown(here, rows))


@require_safe
@georeport
def token(request: HttpRequest, here: Jurisdiction, token: str, kind: str) -> HttpResponse:
    """This function will return the identifier of a complaint to whoever has the secret of its page."""
    at = clock.now()
    try:
        found = application(here.organization, token, at=at)
    except UnknownApplication:
        found = None
    if found is None or found.case is None or found.case.service_id not in here.service_ids:
        note_unknown(organization_id=here.organization.id, at=at)
        raise Refusal(404, _("token was not found."))
    row = {"service_request_id": str(found.case.id), "token": token}
    return writing.listed(kind, "service_requests", [row])


def _report(request: HttpRequest, here: Jurisdiction, kind: str) -> HttpResponse:
    at = clock.now()
    if not is_try_within_limit(
        request=request, what="casework.complaint", most=MOST_REPORTED, seconds=_HOUR, at=at
    ):
        raise Refusal(429, _("Too many complaints came from this address. Try again in an hour."))
    key, answers = _key(request), answers_in(here, request.POST)
    picture = _picture(request, here, str(answers[TOPIC]), at=at)
    try:
        case, secret = complaints.report(here.service, answers=answers, file=picture, key=key, at=at)
    except FileRefused as refused:
        assert picture is not None, "only a file that was sent is refused"
        raise _refused_picture(picture[0], refused) from None
    except StorageFailed:
        raise Refusal(
            503, _("The picture could not be kept just now. Nothing was taken: try again.")
        ) from None
    except AnswersRefused as refused:
        words = answering.problems(refused.mistakes, here.package.form, language=here.language)
        raise Refusal(400, *(f"{field}: {sentence}" for field, sentence in words)) from None
    except Refused as refused:
        raise Refusal(400, str(refused.refusal.reason)) from None
    page = request.build_absolute_uri(reverse("casework:application", args=[here.organization.code, secret]))
    notice = _("%(promise)s Follow it and answer at %(page)s. Keep this address to yourself.") % {
        "promise": here.package.manifest.standard.components["duration"].in_language(here.language),
        "page": page,
    }
    row = {"service_request_id": str(case.id), "service_notice": notice, "account_id": None}
    return writing.listed(kind, "service_requests", [row])


def _key(request: HttpRequest) -> str:
    """This function will return what names this act for its sender, "" where nothing does: not of the specification."""
    given = request.headers.get("Idempotency-Key", "").strip()
    key = given[1:-1] if len(given) > 1 and given[0] == given[-1] == '"' else given
    if given and not _KEY.fullmatch(key):
        raise Refusal(
            400, _("Idempotency-Key must be 1 to 200 visible ASCII characters, such as a random UUID.")
        )
    return key


def _picture(
    request: HttpRequest, here: Jurisdiction, service_code: str, *, at: datetime
) -> tuple[Field, Upload] | None:
    """This function will return the picture that came with a report and the question that it answers, None for none."""
    sent = request.FILES
    if not sent and not too_large(request):
        return None
    question = picture_of(here, service_code)
    if question is None:
        raise Refusal(400, _("No picture is asked of this service. Send the report without it."))
    if sorted((*sent.keys(), *too_large(request))) != [MEDIA] or len(sent.getlist(MEDIA)) > 1:
        raise Refusal(400, _("One picture is taken, as media. Send the report with one, or with none."))
    if not is_within_limit(request, at=at):
        raise Refusal(429, _("Too many files came from this address. Try again in an hour."))
    try:
        upload = sent_file(request, question, MEDIA)
    except FileRefused as refused:
        raise _refused_picture(question, refused) from None
    return (question, upload) if upload else None


def _refused_picture(question: Field, refused: FileRefused) -> Refusal:
    return Refusal(400, f"{MEDIA}: {refused_file(question, refused).said['sentence']}")


def _named(here: Jurisdiction, given: Iterable[str]) -> list[Case]:
    ids = []
    for one in list(given)[:_MOST_NAMED]:
        try:
            ids.append(UUID(one.strip()))
        except ValueError:
            continue
    return list(complaints_named(here.organization.id, here.service_ids, ids))


def _searched(request: HttpRequest, here: Jurisdiction) -> list[Case]:
    since, until = _span(request, clock.now())
    rows = public_complaints(here.organization.id, here.service_ids, since=since, until=until)
    if codes := _several(request, "service_code"):
        rows = rows.filter(state__answers__topic__in=codes)
    if wanted := _several(request, "status"):
        if wanted - {"open", "closed"}:
            raise Refusal(400, _("status is open or closed."))
        if len(wanted) == 1:
            rows = rows.filter(ended_at__isnull="open" in wanted)
    return list(rows[:MOST_SHOWN])


def _several(request: HttpRequest, name: str) -> set[str]:
    return {one.strip() for one in request.GET.get(name, "").replace("\x00", "").split(",") if one.strip()}


def _span(request: HttpRequest, now: datetime) -> tuple[datetime, datetime]:
    """This function will return the moments between which complaints are searched, 90 days apart at most."""
    first, last = _moment(request, "start_date"), _moment(request, "end_date")
    until = last or (first + LONGEST_SPAN if first else now)
    since = first or until - LONGEST_SPAN
    if until - since > LONGEST_SPAN:
        raise Refusal(400, _("start_date and end_date may not be more than 90 days apart."))
    return since, until


def _moment(request: HttpRequest, name: str) -> datetime | None:
    text = request.GET.get(name, "").strip().replace(" ", "+")  # a plus that nobody encoded
    found = _read(text) if text else None
    if text and found is None:
        raise Refusal(
            400, _("%(name)s must look like 2026-11-02T00:00:00Z, with its time zone.") % {"name": name}
        )
    return found


def _read(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo and found.year in _YEARS else None


def _shown(here: Jurisdiction, rows: list[Case]) -> list[dict[str, object]]:
    found = [(one, state_of(one)) for one in rows]
    places = {_place(here, state) for _case, state in found} - {""}
    names = (
        dict(areas(here.organization.code).filter(code__in=places).values_list("code", "name"))
        if places
        else {}
    )
    return [_row(here, case, state, names) for case, state in found]


def _place(here: Jurisdiction, state: cases.Case) -> str:
    """This function will return the code of the place, "" where only the reporter may see it."""
    field = place_field(here.package.form)
    return str(state.answers.get(field.id, "")) if field and is_public(state.answers) else ""


def _row(here: Jurisdiction, case: Case, state: cases.Case, names: dict[str, str]) -> dict[str, object]:
    """This function will return what a program may see of a complaint: nothing that anybody typed as a reporter."""
    runs = runner_of(case.version, zone=here.organization.zone)
    topics = {one.value: one.name for one in here.package.form.fields[TOPIC].options}
    topic = str(state.answers.get(TOPIC, ""))
    place = _place(here, state)
    zone = ZoneInfo(clock.ZONES[here.organization.zone])

    def written(at: datetime) -> str:
        return at.astimezone(zone).isoformat(timespec="seconds")

    return {
        "service_request_id": str(case.id),
        "status": "closed" if state.is_over else "open",
        "status_notes": _stands(runs, state, here.language),
        "service_name": topics[topic].in_language(here.language) if topic in topics else None,
        "service_code": topic,
        "description": None,
        "agency_responsible": passed_to(state.tasks) or here.organization.name,
        "service_notice": _("Made up for a demonstration.") if case.is_synthetic else None,
        "requested_datetime": written(case.started_at),
        "updated_datetime": written(case.ended_at or state.now),
        "expected_datetime": written(case.due_at),
        "address": f"{names[place]}, {here.organization.name}" if place in names else None,
        "address_id": place or None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _stands(runs: cases.Runner, state: cases.Case, language: str) -> str:
    """This function will return how a complaint ended, or who has it and by when."""
    if state.outcome is not None:
        return case_words.outcome(state.outcome)
    manifest = runs.package.manifest
    return "; ".join(
        _("%(who)s: %(step)s, %(until)s")
        % {
            "who": case_words.role_name(manifest, one.node.lane, language),
            "step": case_words.node_name(runs, one.node.id, language),
            "until": case_words.until(one, language),
        }
        for one in runs.waiting(state)
    )
