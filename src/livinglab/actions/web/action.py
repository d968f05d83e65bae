"""One action: what it is, and the form that changes it; two who change the same field are shown both."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import names_of
from livinglab.actions.access import actions_page
from livinglab.actions.domain.drafts import FIELDS, ActionDraft
from livinglab.actions.models import Action
from livinglab.actions.operations import actions as operations
from livinglab.actions.queries.places import Place
from livinglab.actions.web import action_page, findings, words
from livinglab.actions.web.action_form import BASE, ReadForm, chosen_fields, read_form, typed_of
from livinglab.actions.web.frame import action_way, find_action_or_404, frame
from livinglab.actions.web.plan import agency_options, people_options
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@actions_page
def action(request: HttpRequest, place: Place, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """This function will show an action, and store what somebody wrote into it."""
    found = find_action_or_404(place, plan_id, action_id)
    if request.method != "POST":
        return action_page.show(request, place, found)
    given = chosen_fields(request.POST.dict())
    read, base = read_form(given), read_form(request.POST.dict(), prefix=BASE)
    version = request.POST.get("base_version", "")
    if read.draft is None:
        return action_page.show(request, place, found, problems=read.problems, typed=given)
    try:
        saved = operations.save(
            place=place,
            action_id=found.id,
            draft=read.draft,
            base=_base(base, found),
            base_version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            at=clock.now(),
        )
    except Refused as refused:
        return action_page.show(
            request, place, found, problems=(("", str(refused.refusal.reason)),), typed=given
        )
    except operations.ActionRefused as refused:
        problems = tuple((one.field, str(one.message)) for one in refused.problems)
        return action_page.show(request, place, found, problems=problems, typed=given)
    except operations.EditConflict as conflict:
        return _conflict_page(request, place, found, conflict)
    said = _("The action is stored, together with what somebody else changed meanwhile.")
    messages.success(request, said if saved.merged else _("The action is stored."))
    return redirect("actions:action", place.organization.code, plan_id, action_id)


def _base(read: ReadForm, found: Action) -> ActionDraft:
    """What the writer began with; a form that does not say it began with what is stored."""
    return read.draft if read.draft is not None else operations.draft_of(found)


def _conflict_page(
    request: HttpRequest, place: Place, found: Action, conflict: operations.EditConflict
) -> HttpResponse:
    by = conflict.action.changed_by
    who = (names_of({by}).get(by, "") if by else "") or _("Somebody else")
    theirs, mine, merged = (typed_of(one) for one in (conflict.stored, conflict.ours, conflict.found.merged))
    names = {
        "agency_id": dict(agency_options(place)),
        "assignee_id": dict(people_options(place)),
        "lever": {str(lever): str(label) for lever, label in words.LEVERS.items()},
    }

    def shown(name: str, value: str) -> str:
        return names.get(name, {}).get(value, value) or _("nothing")

    context = {
        **frame(place, *action_way(place, found.plan, found)),
        "plan": found.plan,
        "action": found,
        "heading": findings.conflict_heading(len(conflict.found.conflicts)),
        "who": who,
        "sides": [
            {
                "field": name,
                "label": str(words.FIELDS[name]),
                "theirs": theirs[name],
                "mine": mine[name],
                "theirs_shown": shown(name, theirs[name]),
                "mine_shown": shown(name, mine[name]),
            }
            for name in conflict.found.conflicts
        ],
        "agreed": {name: merged[name] for name in FIELDS if name not in conflict.found.conflicts},
        "base": theirs,
        "version": conflict.action.version,
    }
    return render(request, "actions/conflict.html", context, status=409)
