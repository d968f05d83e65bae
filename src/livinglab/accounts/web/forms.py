"""Forms about oneself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import LANGUAGES


class ProfileForm(forms.Form):
    """How the platform calls a person, and the language it writes to them in."""

    name = forms.CharField(max_length=120, required=False, label=_("Name"))
    language = forms.ChoiceField(choices=LANGUAGES, label=_("Language"))
