"""One planted fault for each check: the edit that makes a sound package wrong, and the line where it is found."""

from dataclasses import dataclass

FORM = "form.schema.json"
BPMN = "process.bpmn"
MANIFEST = "package.yaml"
RULE = "rules/eligibility.json"
LETTER = "documents/letter.html"
GRANTED = "messages/granted.id.md"
GRANTED_EN = "messages/granted.en.md"
WALK = "scenarios/granted.yaml"
LOG = "CHANGELOG.md"
APPROVE = "tasks/approve.schema.json"

Edit = tuple[str, str, str]


@dataclass(frozen=True)
class Plant:
    """`at` is a text on the line where the fault is said; empty for the file as a whole. `path` is where it is said."""

    code: str
    path: str
    edits: tuple[Edit, ...]
    at: str = ""


def plant(code: str, path: str, old: str, new: str, at: str | None = None) -> Plant:
    """A fault planted by one edit in the file where it is found, on the line of the edit."""
    return Plant(code, path, ((path, old, new),), new.strip().split("\n")[0] if at is None else at)


def flow(number: str, source: str, target: str) -> str:
    return f'<sequenceFlow id="{number}" sourceRef="{source}" targetRef="{target}"/>'


_FIRST_FIELD = '"x-type": "text", "type": "string", "minLength": 2, "maxLength": 100'
_F1 = flow("f1", "start", "tell_received")
_GATEWAYS = (
    (
        BPMN,
        "<flowNodeRef>start</flowNodeRef>",
        "<flowNodeRef>start</flowNodeRef><flowNodeRef>both</flowNodeRef>",
    ),
    (BPMN, _F1, flow("f1", "start", "both") + flow("p1", "both", "tell_received")),
)


def _both(kind: str, *more: Edit) -> tuple[Edit, ...]:
    element = f'<{kind} id="both"/>'
    return (*_GATEWAYS, (BPMN, '<startEvent id="start"', f'{element}\n    <startEvent id="start"'), *more)


#: the last step of the letter asks the welfare register instead
_BOOKS = (BPMN, 'll:kind="sign" ll:document="letter"', 'll:kind="book"')
#: the last step of the letter books a place, in an hour that is no choice of hours
_BOOKED = (
    BPMN,
    'll:kind="sign" ll:document="letter"',
    'll:kind="book" ll:day="village" ll:hour="purpose" ll:places="income_limit" ll:opens="valid_months" '
    'll:closes="valid_months" ll:ahead="lapse_days"',
)
_CHECKED = (BPMN, 'll:kind="sign" ll:document="letter"', 'll:kind="check_welfare"')

FILES = (
    plant("P011", RULE, '"hit": "first",', '"hit": "first"', '"inputs"'),
    plant("P012", MANIFEST, "licence: CC-BY-4.0", "licence: [CC-BY-4.0", "maturity"),
    plant("P013", MANIFEST, "licence: CC-BY-4.0", "licence: CC-BY-4.0\nlicence: MIT", "licence: MIT"),
    plant("P013", RULE, '"hit": "first",', '"hit": "first",\n"hit": "collect",', '"hit": "collect"'),
    plant("P014", MANIFEST, "licence: CC-BY-4.0", "licence: &a CC-BY-4.0"),
    plant("P015", MANIFEST, "licence: CC-BY-4.0", "licence: !!python/name:os.system"),
    plant("P016", MANIFEST, "licence: CC-BY-4.0", "licence: " + "[" * 30 + "]" * 30),
    plant("P016", RULE, '"first"', "[" * 5_000 + "]" * 5_000),
    plant("P017", MANIFEST, "months: 24", "months: 999999999999999999999999"),
    plant("P017", FORM, '"maximum": 20', '"maximum": 1e999'),
    plant("P018", BPMN, "</laneSet>", "</lanes>"),
    plant("P019", BPMN, "<definitions", '<!DOCTYPE d [<!ENTITY a "aaaa">]>\n<definitions', "<!DOCTYPE"),
    plant("P019", BPMN, "<definitions", '<?xml-stylesheet href="a"?>\n<definitions', "<?xml-stylesheet"),
    plant("P020", MANIFEST, "licence: CC-BY-4.0\n", "", "format:"),
    plant("P021", MANIFEST, "licence: CC-BY-4.0", "licence: CC-BY-4.0\nspeed: 3", "speed: 3"),
    plant("P022", MANIFEST, "survey: true", "survey: maybe"),
    plant("P023", MANIFEST, "maturity: drafted", "maturity: famous"),
    plant("P024", MANIFEST, "version: 1.0.0", "version: one"),
    plant("P025", MANIFEST, "months: 24", "months: 0"),
    plant("P026", MANIFEST, "functions: [village-administration, social-assistance]", "functions: [a, a]"),
    plant("P027", MANIFEST, "    free: true", "    free: true\n    rule: eligibility", "  fee:"),
    plant("P028", MANIFEST, "licence: CC-BY-4.0", "licence: CC-BY-4.0\nsecrets: {}", "secrets"),
    plant("P031", LOG, "# Riwayat", "\ufeff# Riwayat"),
    plant("P032", LOG, "# Riwayat\n", "# Riwayat\r\n", "# Riwayat"),
    plant("P033", LOG, "# Riwayat", "# Riwaya\u0301t"),
    plant("P034", LOG, "# Riwayat", "# Riwayat \u202e"),
)

MANIFEST_PLANTS = (
    plant("P101", MANIFEST, "{id: village, kind: village", "{id: applicant, kind: village"),
    plant("P102", MANIFEST, "type: letterhead\n", "type: letterhead\n    minimum: 1\n", "id: letterhead"),
    plant("P103", MANIFEST, "maximum: 5000000", "maximum: 1", "id: income_limit"),
    plant("P104", MANIFEST, 'hint: "600000"', 'hint: "cheap"', "id: income_limit"),
    plant("P105", MANIFEST, "type: official\n", "type: official\n    hint: Someone\n", "id: head_of_village"),
    plant(
        "P106",
        MANIFEST,
        "documents:\n",
        "documents:\n  - {id: card, name: {id: Kartu}, series: K}\n",
        "id: card",
    ),
    Plant("P107", LETTER, ((MANIFEST, "{id: letter, name", "{id: paper, name"),)),
    plant("P108", MANIFEST, "signed_by: head}", "signed_by: village}"),
    plant("P109", MANIFEST, "    free: true", "    rule: eligibility\n    output: eligible", "  fee:"),
    plant("P110", MANIFEST, "    id: Paling lama tiga hari kerja.", "    id: –", "  duration:"),
    plant("P116", MANIFEST, "licence: CC-BY-4.0", "licence: Proprietary"),
    plant(
        "P117",
        MANIFEST,
        "law:\n",
        f'derived_from: {{publisher: "99.71", id: sktm, version: 1.0.0, digest: "sha256:{"0" * 64}"}}\nlaw:\n',
    ),
    Plant(
        "P118",
        MANIFEST,
        ((MANIFEST, "ground: public_task", "ground: consent"), (FORM, '"const": true, ', "")),
        "data:",
    ),
    plant("P119", MANIFEST, "keep: {months: 24}", "keep: {months: 600}"),
    plant("P120", LOG, "## 1.0.0", "## 0.9.0"),
    plant("P121", LOG, "## 1.0.0", "## 1.0.0\n\n## 1.1.0", "## 1.1.0"),
    plant(
        "P122",
        MANIFEST,
        "parameters:\n",
        "parameters:\n  - {id: spare, type: text, name: {id: Cadangan}, required: false}\n",
        "id: spare",
    ),
    plant("P123", MANIFEST, "kind: citizen", "kind: agency", "roles:"),
    plant("P124", MANIFEST, "ground: public_task", "ground: legitimate_interest", "data:"),
    plant("P125", MANIFEST, "survey: true", "survey: false"),
    plant(
        "P128",
        MANIFEST,
        "life_events: [hardship, education, health, legal_matters]",
        "life_events: []",
        "functions:",
    ),
    plant(
        "P129",
        MANIFEST,
        "    hint: Kantor Desa Contoh",
        "    hint: Kantor Desa Contoh\n    stricter: true",
        "id: office_name",
    ),
    plant("P130", MANIFEST, "parameter: standard_days", "parameter: lapse_days", "duration:"),
    plant(
        "P131",
        MANIFEST,
        "{id: village, kind: village,",
        "{id: village, kind: village, of: village,",
        "{id: village,",
    ),
    Plant(
        "P127",
        MANIFEST,
        (
            (MANIFEST, "keep: {months: 24}", "keep: {months: 24}\n  leaves: aggregates"),
            (BPMN, 'll:kind="sign" ll:document="letter"', 'll:kind="check_welfare"'),
        ),
        "leaves: aggregates",
    ),
)

FORM_PLANTS = (
    plant(
        "P201",
        FORM,
        '["full_name", "nik", "village", "address", "purpose",',
        '["ghost", "nik",',
        '"required"',
    ),
    plant("P202", FORM, '"fields": ["full_name", "nik"]', '"fields": ["nik"]', '"full_name": {'),
    plant(
        "P203",
        FORM,
        '"fields": ["full_name", "nik"]',
        '"fields": ["full_name", "nik", "address"]',
        '"id": "where"',
    ),
    plant(
        "P204",
        FORM,
        '"fields": ["phone", "truth"]',
        '"fields": ["phone", "truth", "members", "income", "family_card", "school"]',
        '"id": "declare"',
    ),
    plant("P205", FORM, '{"id": "where"', '{"id": "who"', '{"id": "who", "title": {"id": "Tempat'),
    plant(
        "P206",
        FORM,
        '"minLength": 2, "maxLength": 100',
        '"minLength": 200, "maxLength": 100',
        '"full_name": {',
    ),
    plant("P206", FORM, '"minimum": 1, "maximum": 20', '"minimum": 21, "maximum": 20', '"members": {'),
    plant(
        "P207",
        FORM,
        '"minLength": 2, "maxLength": 100',
        '"maxLength": 3, "pattern": "^[a-z]{5}$"',
        '"full_name": {',
    ),
    plant(
        "P208",
        FORM,
        '"minLength": 2, "maxLength": 100',
        '"maxLength": 100, "pattern": "^(a+)+$"',
        '"full_name": {',
    ),
    plant("P209", FORM, '{"value": "other", "text"', '{"value": "more", "text"', '"purpose": {'),
    plant(
        "P210", FORM, '"x-show-if": "form.purpose == \'school\'"', '"x-show-if": "form.truth"', '"school": {'
    ),
    plant(
        "P210",
        FORM,
        '"x-show-if": "form.purpose == \'school\'"',
        '"x-show-if": "form.school == \'a\'"',
        '"school": {',
    ),
    plant("P211", FORM, '{"id": "Alamat", "en"', '{"id": "Nama lengkap", "en"', '"full_name": {'),
    plant("P212", FORM, ', "x-autocomplete": "name"', "", '"full_name": {'),
    plant(
        "P213",
        FORM,
        '"x-type": "text", "type": "string", "minLength": 5, "maxLength": 200',
        '"x-type": "long_text", "type": "string", "minLength": 5, "maxLength": 200',
        '"address": {',
    ),
    plant(
        "P214",
        FORM,
        '"x-type": "phone", "type": "string", "maxLength": 20, "x-personal": "general"',
        '"x-type": "phone", "type": "string"',
        '"phone": {',
    ),
    plant(
        "P215",
        FORM,
        '"minimum": 1, "maximum": 20, "x-personal": "general"',
        '"minimum": 1, "maximum": 20, "x-personal": "specific"',
        '"members": {',
    ),
    plant(
        "P216",
        FORM,
        '"minimum": 1, "maximum": 20, "x-personal": "general"',
        '"minimum": 1, "maximum": 20',
        '"members": {',
    ),
    plant("P217", FORM, '{"id": "Alamat", "en"', '{"id": "…", "en"', '"address": {'),
)

PROCESS_PLANTS = (
    plant(
        "P301",
        BPMN,
        '<serviceTask id="sign_letter" name="Tanda tangani surat" ll:kind="sign" ll:document="letter"/>',
        '<scriptTask id="sign_letter"><script>import os</script></scriptTask>',
    ),
    plant("P302", BPMN, 'll:message="lapsed"', 'll:message="lapsed" ll:url="a"'),
    plant("P303", BPMN, ' ll:message="lapsed"', "", 'id="tell_lapsed"'),
    Plant("P303", BPMN, (_BOOKS,), 'id="sign_letter"'),
    plant("P304", BPMN, 'll:kind="sign"', 'll:kind="http"'),
    plant("P305", BPMN, 'sequenceFlow id="f2"', 'sequenceFlow id="f1"', 'id="f1" sourceRef="tell'),
    plant("P306", BPMN, 'sequenceFlow id="f2"', 'sequenceFlow id="2 f"'),
    plant("P307", BPMN, 'isExecutable="true"', 'isExecutable="false"', "<definitions"),
    plant("P308", BPMN, "</laneSet>", '</laneSet><laneSet id="more"/>', "<process"),
    plant("P310", BPMN, "=param.lapse_days", "soon"),
    plant("P310", BPMN, 'll:within="P1D"', 'll:within="a day"'),
    plant(
        "P311",
        BPMN,
        "<flowNodeRef>refer</flowNodeRef>",
        "<flowNodeRef>refer</flowNodeRef><flowNodeRef>ghost</flowNodeRef>",
        "<process",
    ),
    plant("P312", BPMN, "        <flowNodeRef>refer</flowNodeRef>\n", "", '<userTask id="refer"'),
    plant(
        "P313",
        BPMN,
        "<timeDuration>=param.lapse_days</timeDuration>",
        "",
        'id="too_late"',
    ),
    plant(
        "P320",
        BPMN,
        '<startEvent id="start" name="Permohonan masuk"/>',
        '<sendTask id="start" name="A" ll:message="received"/>',
        "<process",
    ),
    Plant(
        "P321",
        BPMN,
        tuple((BPMN, "<endEvent", "<parallelGateway") for _ in range(5))
        + tuple(
            (BPMN, f' ll:outcome="{one}"', "")
            for one in ("lapsed", "handed_over", "granted", "refused", "refused")
        ),
        "<process",
    ),
    plant(
        "P322",
        BPMN,
        flow("f12", "tell_granted", "wants_referral"),
        flow("f12", "tell_granted", "granted"),
        'id="wants_referral"',
    ),
    plant(
        "P323",
        BPMN,
        flow("f13", "refer", "handed_over"),
        flow("f13", "refer", "refer"),
        '<userTask id="refer"',
    ),
    plant(
        "P324",
        BPMN,
        flow("f2", "tell_received", "check"),
        flow("f2", "tell_received", "check") + flow("f99", "tell_received", "tell_refused"),
        '<sendTask id="tell_received"',
    ),
    plant("P325", BPMN, flow("f13", "refer", "handed_over"), "", '<userTask id="refer"'),
    plant("P326", BPMN, flow("f13", "refer", "handed_over"), flow("f13", "refer", "nowhere")),
    plant("P327", BPMN, ' default="to_eligibility"', "", 'id="checked"'),
    plant(
        "P328",
        BPMN,
        "<conditionExpression>form.referral == true</conditionExpression>",
        "",
        'id="yes_referral"',
    ),
    plant(
        "P329",
        BPMN,
        _F1,
        _F1.replace("/>", "><conditionExpression>form.referral == true</conditionExpression></sequenceFlow>"),
    ),
    Plant(
        "P330",
        BPMN,
        _both(
            "exclusiveGateway",
            (
                BPMN,
                flow("p1", "both", "tell_received"),
                flow("p1", "both", "tell_received").replace(
                    "/>", "><conditionExpression>form.referral == true</conditionExpression></sequenceFlow>"
                )
                + flow("p2", "both", "join")
                + flow("p3", "tell_received", "join"),
            ),
            (BPMN, flow("f2", "tell_received", "check"), flow("f2", "join", "check")),
            (
                BPMN,
                '<exclusiveGateway id="both"/>',
                '<exclusiveGateway id="both" default="p2"/>\n<parallelGateway id="join"/>',
            ),
            (
                BPMN,
                "<flowNodeRef>start</flowNodeRef>",
                "<flowNodeRef>join</flowNodeRef><flowNodeRef>start</flowNodeRef>",
            ),
        ),
        '<parallelGateway id="join"',
    ),
    Plant(
        "P331",
        BPMN,
        _both(
            "parallelGateway",
            (
                BPMN,
                flow("p1", "both", "tell_received"),
                flow("p1", "both", "tell_received") + flow("p2", "both", "check"),
            ),
        ),
        '<userTask id="check"',
    ),
    plant("P332", BPMN, ' ll:outcome="lapsed"', "", "<process"),
    Plant(
        "P333",
        BPMN,
        _both(
            "parallelGateway",
            (
                BPMN,
                flow("p1", "both", "tell_received"),
                flow("p1", "both", "tell_received") + flow("p2", "both", "other"),
            ),
            (
                BPMN,
                '<startEvent id="start"',
                '<endEvent id="other" name="Lain" ll:outcome="granted"/><startEvent id="start"',
            ),
            (
                BPMN,
                "<flowNodeRef>start</flowNodeRef>",
                "<flowNodeRef>other</flowNodeRef><flowNodeRef>start</flowNodeRef>",
            ),
        ),
        "<process",
    ),
    plant(
        "P335",
        BPMN,
        'sourceRef="wants_referral" targetRef="granted"/>',
        'sourceRef="wants_referral" targetRef="tell_granted"/>',
        'id="wants_referral"',
    ),
    plant("P336", BPMN, 'attachedToRef="complete"', 'attachedToRef="tell_lapsed"'),
    Plant("P337", BPMN, ((MANIFEST, "{id: social,", "{id: agency,"),), "<process"),
    plant(
        "P338",
        MANIFEST,
        "roles:\n",
        "roles:\n  - {id: watcher, kind: inspector, name: {id: Pengawas, en: Inspector}}\n",
        "roles:",
    ),
    plant("P339", BPMN, 'll:not-by="check"', 'll:not-by="approve"'),
    plant(
        "P340",
        BPMN,
        '<serviceTask id="sign_letter" name="Tanda tangani surat" ll:kind="sign" ll:document="letter"/>',
        '<callActivity id="sign_letter" calledElement="sktm"/>',
    ),
    plant("P341", BPMN, "=param.lapse_days", "=param.valid_months", 'id="too_late"'),
    plant("P342", BPMN, ' ll:within="P1D"', "", '<userTask id="check"'),
    plant("P344", BPMN, ' name="Periksa permohonan"', "", '<userTask id="check"'),
    plant("P345", BPMN, 'll:within="P1D"', 'll:within="P30D"'),
    Plant(
        "P346",
        BPMN,
        (
            _CHECKED,
            (
                FORM,
                '"x-type": "nik", "type": "string", "pattern": "^[0-9]{16}$"',
                '"x-type": "text", "type": "string", "maxLength": 20',
            ),
        ),
        'id="sign_letter"',
    ),
    plant("P347", BPMN, 'isExecutable="true"', 'isExecutable="true" ll:silence="granted"', "<process"),
    Plant(
        "P348",
        BPMN,
        (
            (BPMN, 'isExecutable="true"', 'isExecutable="true" ll:silence="granted"'),
            (BPMN, 'll:waits-for="answer"', 'll:waits-for="payment"'),
        ),
        'id="complete"',
    ),
    plant(
        "P350",
        BPMN,
        'isExecutable="true"',
        'isExecutable="true" ll:silence="refused" ll:silence-document="letter"',
        "<process",
    ),
    Plant(
        "P353",
        BPMN,
        ((BPMN, 'll:form="approve"', 'll:form="approve" ll:publishes="data"'),),
        'll:publishes="data"',
    ),
    Plant(
        "P354",
        BPMN,
        ((BPMN, 'll:form="approve"', 'll:form="check" ll:publishes="data"'),),
        'll:publishes="data"',
    ),
    plant("P351", BPMN, 'isExecutable="true"', 'isExecutable="true" ll:silence="granted"', "<process"),
)

EXPRESSION_PLANTS = (
    plant("P401", BPMN, "form.referral == true", "map(form.members, # > 1)", 'id="yes_referral"'),
    plant("P401", BPMN, "form.referral == true", "form.members in 1..999999999", 'id="yes_referral"'),
    plant("P401", BPMN, "form.referral == true", " or ".join(["form.referral"] * 100), 'id="yes_referral"'),
    plant("P402", BPMN, "form.referral == true", "form.ghost == true", 'id="yes_referral"'),
    plant("P403", BPMN, "task.check.result == 'wrong'", "rule.eligibility.eligible", 'id="is_wrong"'),
    plant("P404", BPMN, "task.check.result == 'wrong'", "task.refer.received", 'id="is_wrong"'),
    plant("P405", BPMN, "form.referral == true", "form.full_name > 3", 'id="yes_referral"'),
    plant("P405", BPMN, "form.referral == true", "form.full_name > 'M'", 'id="yes_referral"'),
    plant("P405", BPMN, "form.referral == true", "date(case.today) > 3", 'id="yes_referral"'),
    plant("P405", BPMN, "form.referral == true", "date(case.today) - 3 > 1", 'id="yes_referral"'),
    plant("P406", BPMN, "task.check.result == 'wrong'", "task.check.result == 'wrnog'", 'id="is_wrong"'),
    plant("P407", BPMN, "form.referral == true", "form.members + 1", 'id="yes_referral"'),
    plant("P408", BPMN, "form.referral == true", "1 == 2", 'id="yes_referral"'),
    plant(
        "P409",
        RULE,
        '"then": {"eligible": "true", "urgent": "true"}',
        '"then": {"eligible": "1", "urgent": "true"}',
        '"id": "poor-and-ill"',
    ),
    plant("P410", FORM, "form.purpose == 'school'", "rule.eligibility.eligible", '"school": {'),
    plant("P411", BPMN, 'll:rule="eligibility"', 'll:rule="ghost"'),
    plant("P412", BPMN, 'll:form="check"', 'll:form="ghost"'),
    Plant("P352", BPMN, (_BOOKED,), 'id="sign_letter"'),
    Plant(
        "P414",
        BPMN,
        (_BOOKED, (BPMN, "task.check.result == 'wrong'", "booking.sign_letter.free == false")),
        'id="is_wrong"',
    ),
    Plant(
        "P413",
        BPMN,
        (_CHECKED, (BPMN, "task.check.result == 'wrong'", "welfare.decile > 4")),
        'id="is_wrong"',
    ),
    Plant("P402", BPMN, ((BPMN, "task.check.result == 'wrong'", "identity.matches"),), 'id="is_wrong"'),
    Plant(
        "P402",
        BPMN,
        (_CHECKED, (BPMN, "form.referral == true", "welfare.income > 4")),
        'id="yes_referral"',
    ),
    Plant(
        "P405",
        BPMN,
        (_CHECKED, (BPMN, "form.referral == true", "welfare.registered > 4")),
        'id="yes_referral"',
    ),
    Plant("P410", FORM, (_CHECKED, (FORM, "form.purpose == 'school'", "welfare.registered")), '"school": {'),
)

_ROW = """    {
      "id": "others","""

RULE_PLANTS = (
    plant("P501", RULE, '"id": "eligibility"', '"id": "other"'),
    plant("P502", RULE, '{"id": "purpose", "title"', '{"id": "per_person", "title"', '"Keperluan"'),
    plant("P503", RULE, '"when": {}', '"when": {"per_person": "false"}', '"id": "others"'),
    plant("P504", RULE, '"when": {"per_person": "true"}', '"when": {"ghost": "true"}', '"id": "poor",'),
    plant(
        "P505",
        RULE,
        '"then": {"eligible": "true", "urgent": "false"}',
        '"then": {"eligible": "true"}',
        '"id": "poor",',
    ),
    plant(
        "P506", RULE, '"when": {"per_person": "true", "purpose": "\'health\'"}', '"when": {}', '"id": "poor",'
    ),
    plant(
        "P507",
        RULE,
        _ROW,
        """    {"id": "ill", "when": {"purpose": "'health', 'school'"},
     "then": {"eligible": "false", "urgent": "true"}},
"""
        + _ROW,
        '"id": "ill"',
    ),
    Plant("P508", RULE, ((BPMN, 'll:rule="eligibility"', 'll:rule="ghost"'),)),
    plant(
        "P509",
        RULE,
        """,
      "because": {"id": "Penghasilan per orang melebihi batas.", "en": "Income per person is above the limit."}""",
        "",
        '"id": "others"',
    ),
    plant("P510", RULE, """, "purpose": "'health'\"""", "", '{"id": "purpose"'),
)

TEXT_PLANTS = (
    plant("P601", LETTER, "{{ document.number }}", "{{ document. }}"),
    plant("P602", LETTER, "{{ document.number }}", "{{ form.full_name.upper() }}"),
    plant("P602", LETTER, "{{ document.number }}", "{% for i in range(1000000000) %}a{% endfor %}"),
    plant("P602", LETTER, "{{ document.number }}", "{{ '%s' % form }}"),
    plant("P602", LETTER, "{{ document.number }}", "{% include 'package.yaml' %}"),
    plant("P602", LETTER, "{{ document.number }}", "{% macro a() %}{% endmacro %}"),
    plant("P602", LETTER, "{{ document.number }}", "{{ form['full_name'] }}"),
    plant("P602", LETTER, "{{ document.number }}", "{{ 9 ** 9 ** 9 }}"),
    plant("P603", LETTER, "form.nik|masked", "form.nik|attr('x')"),
    plant("P603", LETTER, "form.nik|masked", "'{0.__class__}'|format(form)"),
    plant("P604", LETTER, "{{ document.number }}", "{{ form.__class__ }}"),
    plant("P604", LETTER, "{{ document.number }}", "{{ form.full_name.__class__.__mro__ }}"),
    plant("P402", LETTER, "{{ document.number }}", "{{ self.name }}"),
    plant("P605", LETTER, "{{ document.number }}", "{% for one in form.full_name %}{{ one }}{% endfor %}"),
    plant("P606", LETTER, '<h1 class="centre">', '<script>alert(1)</script><h1 class="centre">', "<script>"),
    plant("P606", LETTER, '<h1 class="centre">', '<svg></svg><h1 class="centre">', "<svg>"),
    plant("P606", LETTER, '<h1 class="centre">', '<iframe></iframe><h1 class="centre">', "<iframe>"),
    plant("P607", LETTER, '<h1 class="centre">', '<h1 onclick="a()">'),
    plant("P607", LETTER, '<h1 class="centre">', '<h1 class="{{ form.full_name }}">'),
    plant("P607", LETTER, '<h1 class="centre">', '<h1 style="color: red">'),
    plant("P608", LETTER, "</h1>", "</p>"),
    plant("P609", LETTER, '<h1 class="centre">', '<!-- a --><h1 class="centre">', "<!--"),
    plant("P609", LETTER, '<h1 class="centre">', "<h1 class=centre>"),
    plant("P610", LETTER, 'src="qr:"', 'src="logo.png"'),
    plant("P611", LETTER, "Surat ini berlaku", "Lihat https://contoh.example. Surat ini berlaku"),
    plant("P611", GRANTED, "Surat keterangan", "Lihat www.contoh.example. Surat keterangan"),
    plant("P612", GRANTED, "# Surat", "Surat"),
    plant("P613", GRANTED, "Surat keterangan", "<b>Surat</b> keterangan"),
    plant("P614", GRANTED, "Surat keterangan", "[Surat](a) keterangan"),
    plant("P614", GRANTED, "Surat keterangan", "![Surat](a) keterangan"),
    Plant("P615", "messages/lapsed.id.md", ((BPMN, 'll:message="lapsed"', 'll:message="refused"'),)),
    plant("P616", BPMN, 'll:message="lapsed"', 'll:message="ghost"'),
    plant(
        "P617",
        LETTER,
        "{{ document.number }}",
        "{% for a in form.x %}{% for b in form.x %}{% for c in form.x %}{{ c }}{% endfor %}{% endfor %}{% endfor %}",
    ),
    plant("P618", LETTER, 'src="qr:" alt="Kode untuk memeriksa keaslian surat"', 'src="qr:"'),
    plant("P619", BPMN, 'll:kind="issue"', 'll:kind="sign"'),
    plant("P620", GRANTED_EN, "{{ case.number }}", "{{ case.started|date }}", "# "),
    plant("P621", GRANTED, "Surat keterangan", "a " * 6_000, ""),
    plant("P622", GRANTED, "Surat keterangan", "`Surat` keterangan"),
    plant("P803", MANIFEST, ", en: Applicant}", "}", "kind: citizen"),
)

_APPROVES = "  - {as: head, do: complete, task: approve, answers: {approved: true}}\n"

SCENARIO_PLANTS = (
    Plant("P701", WALK, ((WALK, _APPROVES, _APPROVES + "  - {do: check, task: approve}\n"),), "do: check"),
    *(
        Plant(
            "P711",
            WALK,
            (
                _CHECKED,
                (WALK, _APPROVES, f"{_APPROVES}  - {{do: check, task: sign_letter, says: {{{said}}}}}\n"),
            ),
            "do: check",
        )
        for said in (
            "decile: 2",
            "registered: true",
            "registered: true, decile: 11",
            "registered: true, decile: 2, as_of: besok",
            "registered: true, decile: true",
            "registered: true, decile: 2, income: 5",
            "answered: true",
        )
    ),
    plant("P701", WALK, "documents: [letter]", "documents: [ghost]"),
    plant("P701", WALK, "as: village", "as: nobody"),
    plant("P705", WALK, '"9999010101900001"', '"3211010101900001"'),
    plant("P706", WALK, '"Warga Contoh"', '"Somebody Else"'),
    plant("P707", WALK, "kind: granted", "kind: lapsed", "title:"),
    plant(
        "P708",
        "scenarios/offline.yaml",
        "  - {expect: {waiting: [check], messages: [received]}}",
        "  - {do: wait, for: P1D}",
        "title:",
    ),
    plant("P709", WALK, "steps:\n", "steps:\n  - {do: wait, for: P1D}\n", "do: wait"),
    plant("P710", WALK, "eligible: true", "eligible: false"),
)

PLANTS = (
    *FILES,
    *MANIFEST_PLANTS,
    *FORM_PLANTS,
    *PROCESS_PLANTS,
    *EXPRESSION_PLANTS,
    *RULE_PLANTS,
    *TEXT_PLANTS,
    *SCENARIO_PLANTS,
)
