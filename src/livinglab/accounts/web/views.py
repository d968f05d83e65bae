"""One's own name and language. Everything else about signing in is allauth's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.accounts import operations
from livinglab.accounts.web.forms import ProfileForm
from livinglab.kernel import clock


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def back(request: HttpRequest) -> HttpResponse:
    """This function will send somebody who signed in anew back to the tab that still holds what they typed."""
    return render(request, "accounts/back.html")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """This function will show and change one's name and language."""
    user = request.user
    assert user.is_authenticated
    if request.method == "POST":
        form = ProfileForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            operations.update_profile(
                user=user, name=chosen["name"], language=chosen["language"], at=clock.now()
            )
            with translation.override(chosen["language"]):
                messages.success(request, _("Your name and language are saved."))
                return redirect(reverse("accounts:profile"))
    else:
        form = ProfileForm(initial={"name": user.name, "language": user.language})
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)
