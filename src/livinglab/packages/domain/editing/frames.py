"""New parts of a package: the plain frame in which they begin, and a document's entry in `package.yaml`."""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.sax.saxutils import escape

from livinglab.packages.domain.editing.fields import free, name_from
from livinglab.packages.domain.editing.manifest import items_of
from livinglab.packages.domain.editing.places import put, standing_at
from livinglab.packages.domain.tables import Hit, OutputType

_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_SERIES: Final = re.compile(r"[A-Z][A-Z0-9-]{0,19}")
#: what a new table gives until its first value is typed
_PLAIN: Final[Mapping[OutputType, str]] = {OutputType.BOOLEAN: "false", OutputType.TEXT: "'-'"}
_LETTERHEAD: Final = {
    "id": '<div class="letterhead"><img src="letterhead:" alt="Kop surat"></div>\n',
    "en": '<div class="letterhead"><img src="letterhead:" alt="Letterhead"></div>\n',
}
#: what every paper of a service says: which one it is, on which application, when, and a code to check it by
_FRAME: Final = {
    "id": """<h1 class="centre">{title}</h1>
<p class="centre">Nomor {{{{ document.number }}}}</p>
<p>Atas permohonan nomor {{{{ case.number }}}}:</p>
<p>…</p>
<footer class="sign">
  <p>{{{{ case.today|date }}}}</p>
  <p><img src="qr:" alt="Kode untuk memeriksa keaslian surat"></p>
</footer>
""",
    "en": """<h1 class="centre">{title}</h1>
<p class="centre">Number {{{{ document.number }}}}</p>
<p>On application {{{{ case.number }}}}:</p>
<p>…</p>
<footer class="sign">
  <p>{{{{ case.today|date }}}}</p>
  <p><img src="qr:" alt="Code by which the paper can be checked"></p>
</footer>
""",
}


def is_id(text: str) -> bool:
    """This function will tell whether a text may be the id of a message, document or scenario."""
    return bool(_ID.fullmatch(text))


def id_from(title: str, taken: Iterable[str]) -> str:
    """This function will return an id made from words that nothing of the kind has: `Surat baru` gives `surat-baru`."""
    return free(name_from(title), [one.replace("-", "_") for one in taken]).replace("_", "-")


def is_series(text: str) -> bool:
    """This function will tell whether a text may name the series in which documents are numbered, such as SKTM."""
    return bool(_SERIES.fullmatch(text))


def message_text(subject: str, body: str) -> str:
    """This function will return the file of a message: its subject as the heading, then its text."""
    return f"# {' '.join(subject.split())}\n\n{body.strip()}\n"


def document_frame(title: str, language: str, *, has_letterhead: bool) -> str:
    """This function will return the plain frame of a new document, with its title, number, date and code.

    The letterhead stands above it where the package has a parameter for one. `language` is `id` or `en`.
    """
    head = _LETTERHEAD[language] if has_letterhead else ""
    return head + _FRAME[language].format(title=escape(title.replace("{", "").replace("}", "")))


def with_document(
    manifest: object, ident: str, name: Mapping[str, str], series: str, signed_by: str
) -> object:
    """This function will return `package.yaml` with one more document behind the others; "" for nobody who signs."""
    entry: dict[str, object] = {"id": ident, "name": dict(name), "series": series}
    if signed_by:
        entry["signed_by"] = signed_by
    return put(manifest, ("documents",), [*items_of(manifest, "documents"), entry])


def without_document(manifest: object, ident: str) -> object:
    """This function will return `package.yaml` without a document."""
    kept = [one for one in items_of(manifest, "documents") if standing_at(one, ("id",)) != ident]
    return put(manifest, ("documents",), kept)


def task_form(title: Mapping[str, str]) -> dict[str, object]:
    """This function will return a new form of a task: one page that asks whether the work is done."""
    done = {"id": "Sudah dikerjakan", **({"en": "It is done"} if "en" in title else {})}
    asked = {"x-type": "yes_no", "type": "boolean", "x-personal": "none", "x-title": done}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "x-title": dict(title),
        "type": "object",
        "additionalProperties": False,
        "required": ["done"],
        "x-pages": [{"id": "page_1", "title": dict(title), "fields": ["done"]}],
        "properties": {"done": asked},
    }


def decision_table(
    ident: str, title: Mapping[str, str], asks: tuple[str, Mapping[str, str]], kind: OutputType
) -> dict[str, object]:
    """This function will return a new decision table that asks one field of the citizen's form.

    `asks` is the field with its question. There is one outcome, and one row: the one that always holds.
    """
    field, question = asks
    return {
        "id": ident,
        "title": dict(title),
        "hit": Hit.FIRST.value,
        "inputs": [{"id": field, "title": dict(question), "value": f"form.{field}"}],
        "outputs": [{"id": "result", "title": dict(title), "type": kind.value}],
        "rows": [{"id": "otherwise", "when": {}, "then": {"result": _PLAIN.get(kind, "0")}}],
    }
