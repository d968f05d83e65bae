"""What a browser would post of an editor's page, and the draft of the adaptation that it edits."""

from html.parser import HTMLParser

from django.test import Client

from livinglab.adoptions.models import Adoption, DraftFile
from livinglab.adoptions.queries.editions import working_texts
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.queries.differences import compare
from tests.adoptions import kit
from tests.organizations.people import signed_in


class _Boxes(HTMLParser):
    """Reads what a browser would post of the form with the mark of a file: names and values, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._forms: list[dict[str, list[str]]] = []
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag == "form":
            self.found = {}
            self._forms.append(self.found)
        elif tag == "input" and (said.get("type") not in ("checkbox", "radio") or "checked" in said):
            self.found.setdefault(name, []).append(value)
        elif tag == "textarea":
            self._area = name
            self.found[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in said or self._select not in self.found):
            self.found[self._select] = [value]

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self._select = "" if tag == "select" else self._select
        self.found = {} if tag == "form" else self.found

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] = [self.found[self._area][0] + data]

    def posted(self) -> dict[str, list[str]]:
        return next(form for form in self._forms if any(name.startswith("seen:") for name in form))


def boxes(page: bytes) -> dict[str, list[str]]:
    """Return what the editor of a page would post, were nothing changed."""
    parser = _Boxes()
    parser.feed(page.decode())
    return {name: values for name, values in parser.posted().items() if name != "csrfmiddlewaretoken"}


def officer() -> Client:
    return signed_in(kit.officer())


def home(row: Adoption, page: str = "") -> str:
    return f"/en/regions/14.08/adoptions/{row.id}/edit/{page}"


def texts(row: Adoption) -> dict[str, str]:
    with tenancy(row.organization_id):
        return dict(working_texts(row))


def drafts(row: Adoption) -> set[str]:
    with tenancy(row.organization_id):
        return set(DraftFile.objects.filter(adoption_id=row.id).values_list("path", flat=True))


def said(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [one.said.en for one in compare(before, after).differences]


def typed(browser: Client, address: str, **changes: str | list[str]) -> dict[str, str | list[str]]:
    """Return what a page posts when somebody changes some boxes, `__` standing for a point, and keeps it."""
    found: dict[str, str | list[str]] = {**boxes(browser.get(address).content)}
    changed = {name.replace("__", "."): value for name, value in changes.items()}
    return {**found, **changed, "do": str(changed.get("do", "keep"))}
