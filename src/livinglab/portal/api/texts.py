"""The words of the OpenAPI document, so that the documentation page can be read in Indonesian.

The contexts write them in English beside their operations; tests/api/test_document.py fails when one is missing here.
"""


def _(text: str) -> str:
    """Marks a text for the catalogue; livinglab.portal.api.docs looks it up."""
    return text


TEXTS = (
    _("A cohort; a commitment counts with or without a visit."),
    _("A digital service on record. Homonyms are different services: the id tells them apart."),
    _("A domain; weights are in percent of the index."),
    _("A level with its reasons, on top of the entry that the assessor read."),
    _("A limit that alone could be dropped, and what that would change."),
    _(
        "A multipart form. The type of a file is told by its content; what could run is refused, "
        "with what to do instead. 422 names every problem by its field; nothing is kept then."
    ),
    _("A new piece: a form with a file, or with the address of a link instead."),
    _("A parameter or the body cannot be used."),
    _("A piece of an organisation's evidence: what it is, not what it holds."),
    _("A piece of evidence where it stands for an indicator and level."),
    _("A piece of the organisation's library, shown for one level of an indicator."),
    _("A plan: its steps in the order to take them, what they take together, the index they lead to."),
    _("A predicate and the indices that earn it."),
    _("A rank, how many are ranked, and how many of them have a lower index. Equal indices share a rank."),
    _("A ranked year; the newest by default."),
    _("A region in one ranked year. Null means: no result; never zero."),
    _("A region with its standing in the year asked for."),
    _("A region with its standings of all ranked years and every published claim about it."),
    _("A round of evaluation that a ministry opened."),
    _("A service function: what a digital service does and for whom."),
    _("A set of levels to score."),
    _(
        "A stage that the reader may see: its exact index, and each level, inherited where the "
        "stage has none."
    ),
    _("A step of the whole evaluation; the numbers and days that it needs."),
    _("A step with one answer; `reason` is needed to return it."),
    _("A step, and why the reader may not take it now; null: it may be taken."),
    _("A whole instrument; here `indicators` is the list of them."),
    _("Add a piece of evidence"),
    _("Address of a link, where no file is sent."),
    _("Address of the next page; null on the last."),
    _("Address of the page before; null on the first."),
    _(
        "All 514 by code, each with its result, ranks and sensitivity of one year; null where "
        "there is no result."
    ),
    _("All instruments, newest first."),
    _("All of them, oldest first, with what became of each."),
    _("Among regencies, or among cities."),
    _("An answer in the list of all."),
    _("An answer to store on top of the version that the writer read."),
    _("An aspect; weights are in percent of the index."),
    _(
        "An assessor upholds it, in part, or dismisses it; a new level is scored with the reason "
        "as its justification."
    ),
    _(
        "An assessor's level at the present stage, with its justification, on top of the entry "
        "named by `mark`. 409: another assessor changed it; the answer says what is stored and "
        "its mark. 422 names every problem."
    ),
    _("An exact score."),
    _("An indicator with its criteria in our own words; null where none was published."),
    _("An instrument in the list."),
    _("An objection: the level asked for lies between the assessors' and the region's own."),
    _("Approve, reopen, sign, send, open the next stage, consolidate, decide."),
    _("Article or page to look at."),
    _("As printed."),
    _("As the source states it."),
    _("Assessment instruments"),
    _("At most 200 characters."),
    _("At most so many steps."),
    _("At most this effort in all."),
    _("At the newest stage that the reader sees."),
    _("Attach evidence to an answer"),
    _("Between which ranks a region stands when the weight of a domain shifts by a tenth."),
    _("By domain code of the instrument; only what was printed."),
    _("Bytes; 0 for a link."),
    _("Code of a function."),
    _("Code of a host."),
    _("Code of a province, for itself and its regions."),
    _("Code of a province."),
    _("Code of a region."),
    _("Code of a visitor."),
    _("Code of the province."),
    _("Code of the source; `region` for what a region stated itself."),
    _("Codes of functions; empty where the source does not say."),
    _("Commitments without a visit on the platform."),
    _("Consent to publish, signed together with the minutes."),
    _("Counts what was typed; 0: nobody touched it."),
    _("Day of the document; of the review for a review."),
    _("Days after a visit from which on it is in the share."),
    _("Days, both included; `until` is null while the instrument is law."),
    _("Default: the one in force today."),
    _("Digital services on record"),
    _(
        "Domains, aspects and indicators with exact weights, bands, predicate rules, criteria in "
        "our own words."
    ),
    _("Errors, warnings and hints on the sheet as it stands today; errors keep it from being sent."),
    _("Evaluation year, for its predicate rule."),
    _("Evaluation year."),
    _(
        "Every piece where it stands for an indicator, in the order of the letters; files are "
        "opened on the pages."
    ),
    _("Evidence library of an organisation"),
    _("Evidence of an evaluation"),
    _("False for Jakarta's six, which are not assessed apart."),
    _("Field of national common applications (Perpres 95/2018 article 63)."),
    _(
        "From published levels, or made-up ones that give the published result; by default to the"
        " next predicate. A target that cannot be reached is an answer: `status` says so, with "
        "the cheapest way to the highest index."
    ),
    _("Hand an answer on"),
    _("Hand in, take back, accept, return with a reason, validate."),
    _("Hosts, or visitors when asked for by visitor."),
    _(
        "How far a piece may travel. `limited` is the everyday word of offices; the law itself "
        "knows only the others."
    ),
    _("How many came to each stage; each stage counts among the one before."),
    _("How many decimal places a level may have."),
    _("How many indicators it has."),
    _("How many items at most (JSON only)."),
    _("How many items the whole list has."),
    _("How many items to leave out first (JSON only)."),
    _("How many organisations take part."),
    _("How well structure and texts are attested."),
    _("Id of the piece in the organisation's library."),
    _("Instead of a target: the predicate to reach."),
    _("Island group."),
    _("Kemendagri code, or a name in letters for central institutions."),
    _("Kemendagri code; null for central or unnamed institutions."),
    _("Kind of evidence, as in `PieceItem`."),
    _("Kind of organisation."),
    _("Kind of region."),
    _("Last day of the document assessment."),
    _("Last day of the interviews; null in monitoring."),
    _("Last day of the self-assessment."),
    _("Letter of UU 14/2008 article 17; empty unless exempt."),
    _("Level by indicator; whole numbers, decimals only where the instrument has them."),
    _("Levels by year, newest first: sent with the consent to publish, or decided; nothing else is here."),
    _("Levels whose criterion is met."),
    _("Members that came on a visit."),
    _("Move an evaluation on"),
    _("Names the entry as it stands; empty for none."),
    _("Nobody is signed in."),
    _("Not for this person, or without its CSRF token."),
    _("Null with too few old enough."),
    _("Null: nobody reviewed it."),
    _("Null: not answered yet."),
    _("Null: still open."),
    _("OK"),
    _("Objections of a region"),
    _("Of the minutes (sign) or of the decision (decide)."),
    _("Of the minutes or of the decision."),
    _("Of these, with work begun."),
    _("Old enough to be asked whether they followed up."),
    _("One answer"),
    _("One answer with what was typed, and the steps from here."),
    _("One digital service"),
    _("One evaluation"),
    _("One host or visitor; code and name are null for a guest that is not on the platform."),
    _("One instrument"),
    _("One organisation's evaluation of a year, as the reader may see it."),
    _("One piece of evidence"),
    _("One regency or city: its standings of all ranked years, and what each source printed about it."),
    _("One region with every published claim"),
    _("One score"),
    _("One service with its source."),
    _("One year's levels of an organisation, as it consented to publish them or as they were decided."),
    _("Only the leading claim of each year, or all of them."),
    _("PDF, picture, office document, CSV, text or MP4."),
    _("Parts of the row that no set of levels gives."),
    _("Perpres 95/2018 article 42."),
    _("Perpres 95/2018 article 44; only on the public side."),
    _("Published results as sourced claims"),
    _("Raise an objection"),
    _(
        "Raising one indicator by one level; `gain_exact` in index points, `year` only with a "
        "yearly capacity."
    ),
    _("Regencies and cities with results"),
    _("Regions ahead of it in one weighting and behind it in another."),
    _("Rounds of evaluation"),
    _("SPBE 2020 indicator, as the source states it."),
    _("SPBE 2020 indicators that such a service may evidence."),
    _("Score a set of levels"),
    _("Score an answer"),
    _("Sector of public service."),
    _("Service functions"),
    _("Settle an objection"),
    _("Since the year before, with the same instrument."),
    _("Somebody else changed it; `stored` is what stands now."),
    _("State, answers, and the exact index of each stage that the reader may see."),
    _("Steps that are promised already."),
    _("Steps that may not be in the plan."),
    _("Steps that must be in the plan, such as 12:3,20:2."),
    _("Store an answer"),
    _(
        "Stored on top of `base_version`; fields that only one of two writers changed are merged. "
        "409: both changed the same field; the answer says what is stored and its version. 422 "
        "names every problem."
    ),
    _("Take evidence away from an answer"),
    _("The address names something unknown."),
    _("The answer as it is stored now, and the index with it."),
    _("The best plan for what is asked, proven, with the three next best and the limits that bind."),
    _("The body is not JSON."),
    # the texts of certainty and accept stand in the catalogue of planning, which marks them
    "The chance, from 0.25 to 0.99, that the confirmed index reaches what is asked; it needs an index to reach.",
    _("The cheapest proven plan of a region"),
    _("The effort that each year can carry."),
    _(
        "The entry at the present stage, for assessors and the ministry; a region reads its "
        "levels in the stages."
    ),
    _("The exact index of a set of levels. A 422 names every level that is wrong."),
    _("The index of another agency on which an indicator rests."),
    _("The index to reach."),
    _("The kinds of evidence that the guides name (Pedoman MenPANRB 3/2024, typical evidence by level)."),
    _("The last day, such as 2027-12-31."),
    _("The level that the piece proves."),
    _("The levels an indicator can be given."),
    _("The levels at the start; `published` ones, or `synthetic` ones that give the published result."),
    _("The ministerial decree."),
    _("The national application, where it is confirmed."),
    _("The newest revision of each piece that is not withdrawn, newest first."),
    _("The objection with its outcome, and the index with it."),
    _("The older indicators whose evidence carries over. Unofficial."),
    "The percent of claimed steps that assessors are assumed to accept; by default what was measured.",
    _("The piece stands under the next free letter. Who may write the answer now may change its evidence."),
    _("The piece stays in the library, and the other letters stay as they are."),
    _("The region takes an open objection back; the assessors' level stays."),
    _("The region's objection to an assessors' level, and what became of it."),
    _("The rounds that ministries opened, newest first: what, when, and how many take part."),
    _("The score as it is stored now, and the index with it."),
    _("The version that the writer read."),
    _(
        "To a level of the assessors that the region sees and that differs from its own; once for "
        "each such level."
    ),
    _("Told by the content, never by the name."),
    _("True for a demonstration: invented."),
    _("True for what a demo person entered: invented."),
    _("UTF-8, comma, header row."),
    _("Unchanged since the ETag in If-None-Match."),
    _("Version of the answer."),
    _("Visitors of one kind in one year."),
    _("Visitors of one kind; kinds are never added up."),
    _(
        "Visits held, commitments, work begun, evidence and confirmed levels, for each kind of visitor "
        "by itself. Declined and withdrawn visits are not counted. With `host` or `visitor` only the "
        "visits of that organisation count."
    ),
    _("Visits held; of a cohort: members whose membership is not disputed."),
    _("What a piece is, also a withdrawn or superseded one."),
    _("What a quality check says."),
    _("What a region published of its evaluations"),
    _(
        "What an assessor found of one indicator at the present stage; everything null where the "
        "stage has no entry."
    ),
    _("What became of study visits, as of a day."),
    _("What becomes of an objection; `level` only where it is upheld in part."),
    _("What could have been asked for instead."),
    _(
        "What is on record, by name. Most of it comes from one city's register: absence is seldom "
        "proof of absence."
    ),
    _("What is stored, and which steps the reader may take with it."),
    _("What one source printed about one organisation and year."),
    _("What one source printed about the region and year. Where sources disagree, the official one leads."),
    _("What services do and for whom: the rows of the comparison of regions."),
    _("What share followed up, with its 95 % interval (Wilson)."),
    _("What share of study visits followed up"),
    _("What the quality checks say"),
    _("What the source says of it."),
    _("What was proven, and how."),
    _(
        "What was published about each organisation and year, each with its source and "
        "reliability. Where sources disagree, all their claims are kept and the most reliable "
        "leads."
    ),
    _("Whether a year compares the rounded or the unrounded index with the bands, and how we know."),
    _("Whether made-up rows of a demonstration are counted."),
    _("Whether somebody else's part was merged in."),
    _("Whether this claim stands for the result of the year."),
    _("Which older instrument the indicators' origins refer to."),
    _("Which part of a list is asked for, and how it is written."),
    _("Whose level it is about."),
    _("Whose rows come one by one."),
    _("Why it is limited or exempt."),
    _("Why the region takes its objection back."),
    _("With a commitment that was not withdrawn."),
    _("With a level that an assessor found."),
    _("With a promised step past its day and not done."),
    _("With an action under way, blocked, done or confirmed."),
    _("With evidence for such an action, or a confirmed level."),
    _("With fewer old enough no share is given."),
    _("Withdraw an objection"),
    _("Words of name, description, agency or region."),
    _("Words that begin words of the name."),
    _("Years, both included; `to` is null while they go on."),
    _("`csv` gives the whole list as one file."),
    _("`off` leaves out which step comes before which."),
    _("known or assumption"),
    _("open, limited or exempt."),
    _("reuse, update or new"),
)
