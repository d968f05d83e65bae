"""What all pages of an adaptation's editors share: the files, what the checker says of them, how they are kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.access import adoption_page
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import drafting
from livinglab.adoptions.queries.editions import texts_of_release, working_texts
from livinglab.adoptions.web import editing_words as words
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.editing.boxes import Unread
from livinglab.packages.domain.faults import Severity
from livinglab.packages.queries import editing
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.editing import Examined, Finding
from livinglab.releases.queries.names import name_of
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language

P = ParamSpec("P")
Texts = Mapping[str, str]
Problems = tuple[tuple[str, str], ...]
EditView = Callable[Concatenate[HttpRequest, "Bench", P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Bench:
    """An adaptation on which somebody works: its files as they are edited, and those of its origin."""

    organization: Organization
    row: Adoption
    user: User
    base: Texts
    texts: Texts

    def url(self, name: str, *args: str) -> str:
        """This function will return the address of one of the editors."""
        return url_if_any(f"adoptions:{name}", self.organization.code, self.row.id, *args) or ""

    def data(self, path: str) -> object:
        """This function will return a file of data as it is edited."""
        return editing.data_of(path, self.texts[path])

    @property
    def refusal(self) -> str:
        """Why nothing may be changed here, empty where it may."""
        found = policies.may_edit(
            roles_in(self.user, self.organization.id), state=AdoptionState(self.row.state)
        )
        return str(found.reason) if found else ""


def editor(view: EditView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view of an editor run for who works on the adoption of the URL."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @adoption_page
    def opened(
        request: HttpRequest,
        organization: Organization,
        row: Adoption,
        user: User,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponseBase:
        bench = Bench(organization, row, user, texts_of_release(row.base_id), working_texts(row))
        return view(request, bench, *args, **kwargs)

    return opened


@dataclass(frozen=True, slots=True)
class NotKept:
    """Why an edit was not kept: what is wrong, by part or in words, or the files that somebody else kept meanwhile."""

    findings: tuple[Finding, ...] = ()
    problems: Problems = ()
    overtaken: Texts | None = None


def keep(request: HttpRequest, bench: Bench, files: Mapping[str, str | None]) -> NotKept | None:
    """This function will keep edited files and tell how they stand; None means that they were kept."""
    seen = {path: request.POST.get(f"seen:{path}", "") for path in files}
    try:
        changed = drafting.keep(
            organization=bench.organization,
            adoption_id=bench.row.id,
            files=files,
            seen=seen,
            by=bench.user,
            at=clock.now(),
        )
    except drafting.Overtaken as overtaken:
        return NotKept(overtaken=overtaken.texts)
    except drafting.NotWellFormed as broken:
        return NotKept(findings=broken.findings)
    except Refused as refused:
        return NotKept(problems=(("", str(refused.refusal.reason)),))
    if not changed:
        messages.info(request, _("Nothing was changed."))
        return None
    after = {path: text for path, text in {**bench.texts, **files}.items() if text is not None}
    _tell(request, len(editing.examine(after).errors()))
    return None


def _tell(request: HttpRequest, errors: int) -> None:
    if not errors:
        messages.success(request, _("Kept as a draft. The checks and all scenarios pass."))
        return
    said = ngettext(
        "Kept as a draft. It cannot be put to work yet: the checker finds %(num)s error.",
        "Kept as a draft. It cannot be put to work yet: the checker finds %(num)s errors.",
        errors,
    )
    messages.warning(request, said % {"num": errors})


def show(
    request: HttpRequest,
    template: str,
    bench: Bench,
    context: Mapping[str, object],
    *,
    title: str,
    paths: Sequence[str] = (),
    problems: Problems = (),
    overtaken: tuple[str, ...] = (),
) -> HttpResponse:
    """This function will show a page of the editors; `paths` are the files that its form keeps."""
    is_start = not paths
    way: tuple[tuple[str, str | None], ...] = (
        (bench.organization.short_name, url_if_any("comparisons:portrait", bench.organization.code)),
        (_("Own services"), url_if_any("adoptions:own", bench.organization.code)),
        (
            name_of(bench.row.listing),
            url_if_any("adoptions:adoption", bench.organization.code, bench.row.id),
        ),
        (_("Adapt it"), None if is_start else bench.url("edit")),
    )
    shared = {
        "organization": bench.organization,
        "row": bench.row,
        "name": name_of(bench.row.listing),
        "title": title,
        "seen": [(f"seen:{path}", drafting.mark_of(bench.texts.get(path))) for path in paths],
        "refusal": bench.refusal,
        "problems": problems,
        "errors": dict(problems),
        "overtaken": overtaken,
        "breadcrumbs": way if is_start else (*way, (title, None)),
    }
    is_refused = bool(problems or overtaken)
    return render(request, template, {**shared, **context}, status=422 if is_refused else 200)


def against(theirs: Texts, bench: Bench, mine: Mapping[str, str | None]) -> tuple[str, ...]:
    """This function will say what keeping mine now would change of what stands there, a sentence for each."""
    now = {**bench.texts, **theirs}
    after = {path: text for path, text in {**now, **mine}.items() if text is not None}
    return sentences(now, after) or (_("It says the same as yours."),)


def sentences(before: Texts, after: Texts) -> tuple[str, ...]:
    """This function will say what differs from one set of files to another."""
    return tuple(one.said.in_language(language()) for one in compare(before, after).differences)


def unread_words(unread: Mapping[str, Unread]) -> Problems:
    """This function will say what is wrong with what was typed, by field."""
    return tuple((name, str(words.UNREAD[one])) for name, one in unread.items())


def noted(examined: Examined, path: str) -> tuple[tuple[str, str], ...]:
    """This function will return what the checker says of a file: how grave, and the sentence."""
    return tuple((str(words.SEVERITIES[one.severity]), told(one)) for one in examined.of(path))


def told(finding: Finding) -> str:
    """This function will say what was found, with the line where it is one of a text."""
    if finding.place or not finding.fault.line or finding.path.endswith((".json", ".yaml")):
        return finding.said
    return _("Line %(line)s: %(said)s") % {"line": finding.fault.line, "said": finding.said}


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """This function will return the errors among findings."""
    return tuple(one for one in findings if one.severity is Severity.ERROR)
