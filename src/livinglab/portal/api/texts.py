"""The words of the OpenAPI document, so that the documentation page can be read in Indonesian.

The contexts write them in English beside their operations; tests/api/test_document.py fails when one is missing here.
"""


def _(text: str) -> str:
    """Marks a text for the catalogue; livinglab.portal.api.docs looks it up."""
    return text


TEXTS = (
    _("A digital service on record. Homonyms are different services: the id tells them apart."),
    _("A domain; weights are in percent of the index."),
    _("A parameter or the body cannot be used."),
    _("A predicate and the indices that earn it."),
    _("A rank, how many are ranked, and how many of them have a lower index. Equal indices share a rank."),
    _("A ranked year; the newest by default."),
    _("A region in one ranked year. Null means: no result; never zero."),
    _("A region with its standing in the year asked for."),
    _("A region with its standings of all ranked years and every published claim about it."),
    _("A service function: what a digital service does and for whom."),
    _("A set of levels to score."),
    _("A whole instrument; here `indicators` is the list of them."),
    _("Address of the next page; null on the last."),
    _("Address of the page before; null on the first."),
    _(
        "All 514 by code, each with its result, ranks and sensitivity of one year; null where "
        "there is no result."
    ),
    _("All instruments, newest first."),
    _("Among regencies, or among cities."),
    _("An aspect; weights are in percent of the index."),
    _("An exact score."),
    _("An indicator with its criteria in our own words; null where none was published."),
    _("An instrument in the list."),
    _("As printed."),
    _("As the source states it."),
    _("Assessment instruments"),
    _("Between which ranks a region stands when the weight of a domain shifts by a tenth."),
    _("By domain code of the instrument; only what was printed."),
    _("Code of a function."),
    _("Code of a province, for itself and its regions."),
    _("Code of a province."),
    _("Code of a region."),
    _("Code of the province."),
    _("Code of the source; `region` for what a region stated itself."),
    _("Codes of functions; empty where the source does not say."),
    _("Days, both included; `until` is null while the instrument is law."),
    _("Default: the one in force today."),
    _("Digital services on record"),
    _(
        "Domains, aspects and indicators with exact weights, bands, predicate rules, criteria in "
        "our own words."
    ),
    _("Evaluation year, for its predicate rule."),
    _("Evaluation year."),
    _("False for Jakarta's six, which are not assessed apart."),
    _("Field of national common applications (Perpres 95/2018 article 63)."),
    _("How many decimal places a level may have."),
    _("How many indicators it has."),
    _("How many items at most (JSON only)."),
    _("How many items the whole list has."),
    _("How many items to leave out first (JSON only)."),
    _("How well structure and texts are attested."),
    _("Island group."),
    _("Kemendagri code, or a name in letters for central institutions."),
    _("Kemendagri code; null for central or unnamed institutions."),
    _("Kind of organisation."),
    _("Kind of region."),
    _("Level by indicator; whole numbers, decimals only where the instrument has them."),
    _("OK"),
    _("One digital service"),
    _("One instrument"),
    _("One regency or city: its standings of all ranked years, and what each source printed about it."),
    _("One region with every published claim"),
    _("One service with its source."),
    _("Only the leading claim of each year, or all of them."),
    _("Parts of the row that no set of levels gives."),
    _("Perpres 95/2018 article 42."),
    _("Perpres 95/2018 article 44; only on the public side."),
    _("Published results as sourced claims"),
    _("Regencies and cities with results"),
    _("Regions ahead of it in one weighting and behind it in another."),
    _("SPBE 2020 indicator, as the source states it."),
    _("SPBE 2020 indicators that such a service may evidence."),
    _("Score a set of levels"),
    _("Sector of public service."),
    _("Service functions"),
    _("Since the year before, with the same instrument."),
    _("The address names something unknown."),
    _("The body is not JSON."),
    _("The exact index of a set of levels. A 422 names every level that is wrong."),
    _("The index of another agency on which an indicator rests."),
    _("The levels an indicator can be given."),
    _("The ministerial decree."),
    _("The national application, where it is confirmed."),
    _("The older indicators whose evidence carries over. Unofficial."),
    _("True for what a demo person entered: invented."),
    _("UTF-8, comma, header row."),
    _("Unchanged since the ETag in If-None-Match."),
    _("Version of the answer."),
    _("What could have been asked for instead."),
    _(
        "What is on record, by name. Most of it comes from one city's register: absence is seldom "
        "proof of absence."
    ),
    _("What one source printed about one organisation and year."),
    _("What one source printed about the region and year. Where sources disagree, the official one leads."),
    _("What services do and for whom: the rows of the comparison of regions."),
    _("What the source says of it."),
    _(
        "What was published about each organisation and year, each with its source and "
        "reliability. Where sources disagree, all their claims are kept and the most reliable "
        "leads."
    ),
    _("Whether a year compares the rounded or the unrounded index with the bands, and how we know."),
    _("Whether this claim stands for the result of the year."),
    _("Which older instrument the indicators' origins refer to."),
    _("Which part of a list is asked for, and how it is written."),
    _("Words of name, description, agency or region."),
    _("Words that begin words of the name."),
    _("Years, both included; `to` is null while they go on."),
    _("`csv` gives the whole list as one file."),
    _("known or assumption"),
    _("reuse, update or new"),
)
