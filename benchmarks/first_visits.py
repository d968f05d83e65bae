"""What somebody who was never here downloads until a page stands: HTML, styles, scripts, pictures, fonts, as sent."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from django.conf import settings
from django.test import Client

from benchmarks.own_database import own_database
from benchmarks.rows import Row, Target
from livinglab.casework.models import OfferedService
from livinglab.config import demo, demo_services
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.queries import REGIONAL, organizations
from livinglab.packages.queries.reading import read_package

#: the first page that a citizen meets, with all that it brings
CITIZENS_BYTES: Final = 60 * 1024
_COUNTRY_BYTES: Final = 120 * 1024
_BROWSERS: Final = "gzip, deflate, br"
_LOADED: Final = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})
_STYLES_LOAD: Final = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")
_SCRIPTS_LOAD: Final = re.compile(r"""\b(?:from|import)\s*["'](\.{0,2}/[^"']+)["']""")
#: the list of services shows as many on a page
_LISTED: Final = 50


class _Linked(HTMLParser):
    """Collects the addresses that a browser fetches by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "link" and _LOADED & set(said.get("rel", "").split()):
            self.found.append(said["href"])
        elif tag in {"script", "img"} and said.get("src"):
            self.found.append(said["src"])


@dataclass
class Visitor:
    """Opens pages as a browser that was never here; what it learned of files is remembered, not what it downloaded."""

    client: Client
    _files: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def downloads(self, url: str) -> Mapping[str, int]:
        """This function will return each address that a first visit of a page fetches, with its bytes as sent.

        Errors: RuntimeError where one of them does not answer with 200.
        """
        size, waiting = self._looked_at(url, is_page=True)
        fetched = {url: size}
        while waiting:
            address, *waiting = waiting
            if address not in fetched:
                if address not in self._files:
                    self._files[address] = self._looked_at(address, is_page=False)
                fetched[address], more = self._files[address]
                waiting = (*waiting, *more)
        return fetched

    def _looked_at(self, address: str, *, is_page: bool) -> tuple[int, tuple[str, ...]]:
        """Return the bytes of one answer, and the addresses that it has the browser fetch."""
        names: list[str] = []
        if is_page:
            linked = _Linked()
            linked.feed(_fetch(self.client, address, "identity").decode())
            names = linked.found
        elif address.endswith((".css", ".js")):
            text = _fetch(self.client, address, "identity").decode()
            names = (_STYLES_LOAD if address.endswith(".css") else _SCRIPTS_LOAD).findall(text)
        loaded = tuple(urljoin(address, one) for one in names if not one.startswith(("data:", "#")))
        return len(_fetch(self.client, address, _BROWSERS)), loaded


def _fetch(client: Client, address: str, accepted: str) -> bytes:
    answer = client.get(address, headers={"Accept-Encoding": accepted})
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return b"".join(answer) if answer.streaming else answer.content


def run_services() -> None:
    """This function will let the fictitious city run every package, and fill the list of services with others' to a
    whole page.
    """
    demo.add_people(at=clock.now())
    demo_services.run_services(at=clock.now())
    own = list(OfferedService.objects.filter(organization__code=demo_services.CITY))
    others = organizations().filter(kind__in=REGIONAL, is_synthetic=False).order_by("code")
    copies = [(home, one) for home in others[: _LISTED // len(own)] for one in own]
    for home, one in copies:
        one.pk, one.service_id, one.organization_id = new_id(), new_id(), home.id
        one.save(force_insert=True)


def citizens_pages(client: Client) -> Mapping[str, Sequence[str]]:
    """This function will return the addresses of what a citizen may meet first: the list, services, pages of forms.

    A form of each service is begun for it.
    """
    services, forms = list[str](), list[str]()
    for path in sorted((settings.ROOT / "packages").iterdir()):
        package = read_package(path)
        services.append(f"/apply/{demo_services.CITY}/{package.manifest.id}/")
        begun = client.post(services[-1])["Location"]
        forms += [f"{begun}{page.id}/" for page in package.form.pages]
    return {"services": ["/apply/"], "service": services, "form": forms}


def _country(runs: int) -> Row:
    return _row("first-visit", ["/"], most=_COUNTRY_BYTES)


def _citizens(kind: str, runs: int) -> Row:
    with own_database("livinglab_bench_first_visits", Path(__file__), run_services):
        pages = citizens_pages(Client(SERVER_NAME="localhost"))[kind]
        return _row(f"first-visit-{kind}", pages, most=CITIZENS_BYTES)


def _row(name: str, urls: Sequence[str], *, most: int) -> Row:
    """Weigh pages, each as if nothing was there before; the heaviest counts."""
    visitor = Visitor(Client(SERVER_NAME="localhost"))
    visits = [visitor.downloads(one) for one in urls]
    heaviest = max(visits, key=lambda one: sum(one.values()))
    return Row(
        name=name,
        size=f"the heaviest of {len(urls)} pages, {len(heaviest)} files",
        bytes=sum(heaviest.values()),
        target=Target(bytes=most),
    )


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "first-visit": _country,
    **{f"first-visit-{kind}": partial(_citizens, kind) for kind in ("services", "service", "form")},
}
