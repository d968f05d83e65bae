"""What posters and messages say of a service: from the package's own texts and the region's plan."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from livinglab.adoptions.domain.outreach import plain, spoken, text_message
from livinglab.adoptions.models import Channel, Outreach
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.package import Package
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class Notice:
    """A service as the people are told of it, in the reader's language. `fee` says its cost, or that there is none."""

    service: str
    region: str
    summary: str
    needs: str
    duration: str
    fee: str
    is_free: bool
    place: str
    contact: str
    code: str
    link: str

    @property
    def sms(self) -> str:
        """One text message: at most 160 signs that cost one each; the link is never cut."""
        said = (
            f"{self.region}: {self.service}.",
            self.fee,
            self.duration,
            self.place_sentence,
        )
        return text_message(said, self.link)

    @property
    def whatsapp(self) -> str:
        """A message of a messenger: short paragraphs, the service in bold, the link on a line of its own."""
        lines = [
            f"*{self.service}* ({self.region})",
            self.summary,
            _("What you need: %(needs)s") % {"needs": self.needs},
            _("How long: %(duration)s") % {"duration": self.duration},
            _("Cost: %(fee)s") % {"fee": self.fee},
            self.place_sentence,
            self.contact_sentence,
            self.link,
        ]
        return "\n".join(line for line in lines if line)

    @property
    def announcement(self) -> str:
        """What is read out: whole sentences, and the code letter by letter in place of an address."""
        lines = [
            _("For everybody in %(region)s: %(service)s.") % {"region": self.region, "service": self.service},
            self.summary,
            _("Please bring: %(needs)s") % {"needs": self.needs},
            self.duration,
            self.fee,
            self.place_sentence,
            self.contact_sentence,
            _("Whoever has a phone scans the code on the poster, code %(code)s.")
            % {"code": spoken(self.code)},
        ]
        return " ".join(line for line in lines if line)

    @property
    def place_sentence(self) -> str:
        """Where people go, as a sentence; nothing before the region said it."""
        return _("Where: %(place)s.") % {"place": self.place.rstrip(".")} if self.place else ""

    @property
    def contact_sentence(self) -> str:
        """Whom people ask, as a sentence; nothing before the region said it."""
        return _("Questions: %(contact)s.") % {"contact": self.contact.rstrip(".")} if self.contact else ""

    @property
    def sms_length(self) -> int:
        """How many signs the text message has."""
        return len(plain(self.sms))


def notice_of(
    package: Package, organization: Organization, said: Outreach | None, channel: Channel, link: str
) -> Notice:
    """This function will return what a channel says of a service, in the reader's language."""
    manifest = package.manifest
    components = manifest.standard.components
    is_free = manifest.standard.is_free
    return Notice(
        service=manifest.name.in_language(language()),
        region=organization.name,
        summary=manifest.summary.in_language(language()),
        needs=components["requirements"].in_language(language()),
        duration=components["duration"].in_language(language()),
        fee=_("Free of charge.") if is_free else components["fee"].in_language(language()),
        is_free=is_free,
        place=said.place if said else "",
        contact=said.contact if said else "",
        code=channel.code,
        link=link,
    )
