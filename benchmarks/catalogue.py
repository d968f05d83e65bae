"""The search of the catalogue over 20,000 entries: a mix of what people ask, typing errors and facets among it."""

from collections.abc import Callable
from functools import partial
from itertools import cycle
from typing import Final
from urllib.parse import urlencode

from benchmarks.catalogue_data import ENTRIES, catalogue_database
from benchmarks.pages import Server
from benchmarks.rows import Row, Target, timings
from livinglab.kernel.kept_pages import kept_pages
from livinglab.kernel.similarity import has_similarity

#: a word each, several, everyday and official ones, beginnings, typing errors, facets, orders, further pages
QUESTIONS: Final[tuple[dict[str, str], ...]] = (
    {},
    {"q": "aduan"},
    {"q": "pengaduna warga"},
    {"q": "izin", "region": "14.08"},
    {"q": "perizinna bangnan"},
    {"q": "stunting", "sector": "health", "kind": "service"},
    {"q": "puskes"},
    {"q": "surat keterangan tidak mampu"},
    {"q": "bansos sumedng"},
    {"q": "layanan", "page": "3"},
    {"indicator": "spbe-2020/42"},
    {"q": "antrean rumah sakit", "status": "active"},
    {"q": "ktp"},
    {"q": "pajak", "source": "region", "order": "changed"},
    {"region": "32.11", "sector": "transport"},
    {"q": "simpati"},
    {"q": "sampah jemput bola", "order": "name"},
    {"q": "zzqqxv"},
    {"q": "adminduk", "kind": "package"},
    {"q": "persuratan"},
)
_URLS: Final = {"catalogue-search": "/catalogue/", "catalogue-search-api": "/api/v1/catalogue"}


def measure(name: str, runs: int) -> Row:
    """This function will time searches as their readers get them, each drawn anew. The worst of pages and queries."""
    server, path = Server(), _URLS[name]
    asked = [one for one in QUESTIONS if "page" not in one or path == "/catalogue/"]
    urls = cycle([f"{path}?{urlencode(one)}" if one else path for one in asked])

    def request() -> None:
        kept_pages.clear()
        server.get(next(urls))

    with catalogue_database():
        has_similarity.cache_clear()
        answers = [server.get(next(urls)) for _one in asked]
        if any(answer.status != 200 for answer in answers):
            raise RuntimeError(f"{path} answered {[answer.status for answer in answers]}")
        p50, p95 = timings(request, runs=max(runs, 5 * len(asked)))
        kept_pages.clear()
        answers = [server.get(next(urls)) for _one in asked]
    return Row(
        name=name,
        size=f"{ENTRIES} entries, {len(asked)} searches",
        p50_ms=p50,
        p95_ms=p95,
        queries=max(answer.queries for answer in answers),
        bytes=max(len(answer.body) for answer in answers),
        target=Target(p95_ms=60, queries=6, bytes=60 * 1024),
    )


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {name: partial(measure, name) for name in _URLS}
