"""One's own choice of what one is told of packages; everything is told until somebody switches it off."""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.adoptions import policies
from livinglab.adoptions.domain.notices import ALWAYS, OPTIONAL, NoticeKind
from livinglab.adoptions.operations.notices import choose
from livinglab.adoptions.queries.notices import silenced_by
from livinglab.kernel import clock

#: what happened, as the settings call it
NAMES: Final[Mapping[NoticeKind, Promise | str]] = {
    NoticeKind.NEWER: gettext_lazy("A newer version of a package that you run is offered"),
    NoticeKind.WITHDRAWN: gettext_lazy("A version that you run is offered no more"),
    NoticeKind.WARNED: gettext_lazy("Somebody warns of a version that you run"),
    NoticeKind.WARNING_LIFTED: gettext_lazy("A warning of a version that you run was lifted"),
    NoticeKind.AGREEMENT_WAITS: gettext_lazy("An agreement waits for your signature"),
    NoticeKind.AGREED: gettext_lazy("Both sides signed an agreement"),
    NoticeKind.OFFERED: gettext_lazy("A change to your package is offered to you"),
    NoticeKind.OFFER_WITHDRAWN: gettext_lazy("The offer of a change to your package was taken back"),
    NoticeKind.OFFER_TAKEN: gettext_lazy("The change that you offered was taken"),
    NoticeKind.OFFER_DECLINED: gettext_lazy("The change that you offered was declined"),
    NoticeKind.FAULT_FOUND: gettext_lazy("A region reports a fault of your package"),
    NoticeKind.FAULT_OF_MANY: gettext_lazy("Many regions report the same fault of your package"),
    NoticeKind.FAULT_ANSWERED: gettext_lazy("The fault that you reported was answered"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """This function will show and change what a person is told of packages: on the page and by mail alike."""
    assert request.user.is_authenticated
    if request.method == "POST":
        wanted = request.POST.getlist("kind")
        choose(user=request.user, off=[kind for kind in OPTIONAL if kind not in wanted], at=clock.now())
        messages.success(request, _("What you are told is saved."))
        return redirect("adoptions:notice-settings")
    off = silenced_by(request.user.pk)
    always = [kind for kind in NoticeKind if kind in ALWAYS]
    refusal = policies.may_silence(always[0])
    return render(
        request,
        "adoptions/notice_settings.html",
        {
            "kinds": [(kind.value, NAMES[kind], kind not in off) for kind in OPTIONAL],
            "always": [NAMES[kind] for kind in always],
            "why": refusal.reason if refusal else "",
            "breadcrumbs": [
                (_("Your account"), reverse("organizations:me")),
                (_("Notices about packages"), None),
            ],
        },
    )
