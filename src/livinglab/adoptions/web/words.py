"""What states, requirements and mistakes are called."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglab.adoptions.domain.outreach import ChannelKind
from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.domain.states import AdoptionState, AdoptionStep, Manner, OfferState
from livinglab.adoptions.domain.values import Wrong
from livinglab.organizations.queries import AreaKind

STATES: Final[Mapping[AdoptionState, Promise | str]] = {
    AdoptionState.PREPARING: _("in preparation"),
    AdoptionState.LIVE: pgettext_lazy("service", "live"),
    AdoptionState.PAUSED: pgettext_lazy("service", "paused"),
    AdoptionState.ENDED: pgettext_lazy("service", "ended"),
}
STEPS: Final[Mapping[AdoptionStep, Promise | str]] = {
    AdoptionStep.GO_LIVE: _("Put it live"),
    AdoptionStep.PAUSE: _("Pause it"),
    AdoptionStep.RESUME: _("Resume it"),
    AdoptionStep.END: _("End it"),
}
MANNERS: Final[Mapping[Manner, Promise | str]] = {
    Manner.AS_IS: _("as it is (ATP)"),
    Manner.ADAPTED: _("adapted (ATM)"),
}
OFFERS: Final[Mapping[OfferState, Promise | str]] = {
    OfferState.OFFERED: pgettext_lazy("offer", "waits for its answer"),
    OfferState.TAKEN: pgettext_lazy("offer", "taken"),
    OfferState.DECLINED: pgettext_lazy("offer", "declined"),
    OfferState.WITHDRAWN: pgettext_lazy("offer", "taken back"),
}
REQUIREMENTS: Final[Mapping[Requirement, Promise | str]] = {
    Requirement.ARCHITECTURE: _("Code in the SPBE architecture (SIA-SPBE)"),
    Requirement.REGISTRATION: _("Registration as electronic system operator (PSE)"),
    Requirement.SECURITY_TEST: _("Security test"),
    Requirement.DATA_PROTECTION: _("Assessment of the effect on personal data"),
    Requirement.HOSTING: _("Hosting"),
    Requirement.LICENCE: _("Licence and hand-over (BAST)"),
    Requirement.HELPDESK: _("Helpdesk"),
    Requirement.STAFFED: _("People in every role"),
    Requirement.CERTIFICATES: _("Certificates of the signers"),
    Requirement.LEGAL_BASIS: _("Own legal basis"),
    Requirement.OUTREACH: _("Plan to tell the people"),
}
CHANNELS: Final[Mapping[ChannelKind, Promise | str]] = {
    ChannelKind.POSTER: pgettext_lazy("channel", "Poster"),
    ChannelKind.WHATSAPP: pgettext_lazy("channel", "WhatsApp"),
    ChannelKind.SMS: pgettext_lazy("channel", "Text message (SMS)"),
    ChannelKind.ANNOUNCEMENT: pgettext_lazy("channel", "Announcement that is read out"),
    ChannelKind.MEETING: pgettext_lazy("channel", "Village meeting"),
    ChannelKind.RADIO: pgettext_lazy("channel", "Radio"),
    ChannelKind.SOCIAL_MEDIA: pgettext_lazy("channel", "Social media"),
    ChannelKind.WEBSITE: pgettext_lazy("channel", "Website"),
}
AREA_KINDS: Final[Mapping[AreaKind, Promise | str]] = {
    AreaKind.DISTRICT: _("District (kecamatan)"),
    AreaKind.URBAN_VILLAGE: _("Urban village (kelurahan)"),
    AreaKind.VILLAGE: _("Village (desa)"),
    AreaKind.CUSTOMARY_VILLAGE: _("Customary village (desa adat)"),
}
WRONGS: Final[Mapping[Wrong, Promise | str]] = {
    Wrong.MISSING: _("Give at least the name."),
    Wrong.TOO_LONG: _("This is too long."),
    Wrong.NOT_PLAIN_TEXT: _("Use plain text."),
    Wrong.NOT_A_WHOLE_NUMBER: _("Give a whole number, such as 600000."),
    Wrong.TOO_SMALL: _("This is less than the package allows."),
    Wrong.TOO_LARGE: _("This is more than the package allows."),
    Wrong.NOT_A_DAY: _("Give a day."),
    Wrong.NOT_AN_OPTION: _("Choose one of the options."),
    Wrong.LOOSER: _("This is more than what holds above this place. It may only be the same or less."),
    Wrong.TOO_MANY_LINES: _("A letterhead has at most six lines."),
}
