"""The people are told of a service: channels, posters and texts, and how often their links were opened."""

import io
from datetime import date, datetime, timedelta

import pypdf
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from livinglab.adoptions.domain.outreach import ChannelKind, is_code, is_reader, plain, text_message
from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.domain.states import AdoptionStep
from livinglab.adoptions.models import Adoption, Answered, Channel, Reach, ShortLink
from livinglab.adoptions.operations import adoptions, outreach
from livinglab.adoptions.queries.outreach import Openings, find_link, openings_of
from livinglab.documents.queries import QUIET, Modules, modules_of
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.adoptions import kit
from tests.adoptions.test_serving import moved, ready
from tests.organizations.people import make_member, organization, signed_in, trail
from tests.releases.kit import coordinator

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 13; Mobile) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
LINK = "https://contoh.example/s/B2C3D4/"
POSTER = outreach.Plan(ChannelKind.POSTER, "Kantor desa", "Dinas sosial", date(2026, 12, 1))


def whose(**more: object) -> dict[str, object]:
    return {"organization": kit.home(), "by": kit.officer(), "at": kit.AT, **more}


def planned(row: Adoption, channel: outreach.Plan = POSTER) -> Channel:
    return outreach.plan(adoption_id=row.id, channel=channel, **whose())


def place(row: Adoption, more: str = "") -> str:
    return f"/en/regions/14.08/adoptions/{row.id}/tell/{more}"


def opened(code: str) -> int:
    return sum(Reach.objects.filter(link__code=code).values_list("opened", flat=True))


def follow(code: str, client: Client | None = None, **headers: str) -> int:
    said = {"User-Agent": PHONE, **headers}
    return (client or Client()).get(f"/s/{code}/", headers=said).status_code


@given(st.lists(st.text(max_size=200), min_size=1, max_size=6))
def test_a_text_message_has_at_most_160_plain_signs_and_its_whole_link(said: list[str]) -> None:
    message = text_message(said, LINK)
    assert len(message) <= 160
    assert message.endswith(f" {LINK}")
    assert plain(message.removesuffix(LINK)) == message.removesuffix(LINK).strip()


def test_a_text_message_keeps_whole_sentences_and_cuts_only_the_first_at_a_word() -> None:
    assert text_message(["Layanan.", "Gratis.", "x" * 160, "Buka."], LINK) == f"Layanan. Gratis. Buka. {LINK}"
    cut = text_message(["kata " * 40], LINK)
    assert cut == f"{('kata ' * 24).strip()}... {LINK}"


@pytest.mark.parametrize(
    ("agent", "purpose", "counts"),
    [
        (PHONE, "", True),
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "", True),
        (PHONE, "prefetch", False),
        ("", "", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "", False),
        ("WhatsApp/2.23.20.0", "", False),
        ("facebookexternalhit/1.1", "", False),
        ("TelegramBot (like TwitterBot)", "", False),
        ("curl/8.5.0", "", False),
        ("python-requests/2.32", "", False),
    ],
)
def test_robots_previews_and_what_is_fetched_ahead_are_no_readers(
    agent: str, purpose: str, counts: bool
) -> None:
    assert is_reader(agent, purpose) is counts


def test_a_link_leads_to_the_service_and_counts_readers_only_without_any_cookie() -> None:
    channel = planned(kit.started())
    answer = Client().get(f"/s/{channel.code}/", headers={"User-Agent": PHONE})
    assert answer.headers["Location"] == "/packages/32.11/sktm/"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert follow(channel.code.lower()) == 302
    assert opened(channel.code) == 2
    assert Client().head(f"/s/{channel.code}/", headers={"User-Agent": PHONE}).status_code == 302
    assert follow(channel.code, **{"User-Agent": "WhatsApp/2.23"}) == 302
    assert follow(channel.code, **{"Sec-Purpose": "prefetch;prerender"}) == 302
    assert opened(channel.code) == 2
    english = Client().get(f"/en/s/{channel.code}/", headers={"User-Agent": PHONE})
    assert english.headers["Location"] == "/en/packages/32.11/sktm/"
    assert Client().post(f"/s/{channel.code}/").status_code == 405


def test_a_link_leads_to_where_one_applies_while_the_service_runs() -> None:
    row = ready(kit.started())
    channel = planned(row)
    for step, leads_to in [
        (AdoptionStep.GO_LIVE, f"/apply/{kit.ADOPTER}/sktm/"),
        (AdoptionStep.PAUSE, f"/apply/{kit.ADOPTER}/sktm/"),
        (AdoptionStep.END, "/packages/32.11/sktm/"),
    ]:
        moved(row, step, "" if step is AdoptionStep.GO_LIVE else "Kantor pindah.")
        assert Client().get(f"/s/{channel.code}/").headers["Location"] == leads_to


@pytest.mark.parametrize(
    "code", ["222222", "b2c3d4", "AEIOU0", "zu-kurz", "B2C3D4B2C3D4", "%00%00%00%00%00%00"]
)
def test_a_link_that_nobody_made_is_not_there(code: str) -> None:
    assert follow(code) == 404
    assert not Reach.objects.exists()


def test_counting_is_one_statement_and_one_row_a_day_in_the_days_of_the_region() -> None:
    channel = planned(kit.started())
    link = find_link(channel.code)
    assert link is not None
    late = datetime.fromisoformat("2026-12-01T16:59:00+00:00")  # 23:59 in Siak
    with CaptureQueriesContext(connection) as asked:
        outreach.count_opening(link=link, at=late)
    assert len([one for one in asked if "adoptions_reach" in one["sql"]]) == 1
    for minutes in (0, 1, 2):
        outreach.count_opening(link=link, at=late + timedelta(minutes=minutes))
    rows = Reach.objects.order_by("day").values_list("day", "opened")
    assert list(rows) == [(date(2026, 12, 1), 2), (date(2026, 12, 2), 2)]
    found = openings_of([channel.code, "B2C3D4"], today=date(2026, 12, 8))
    assert found == {channel.code: Openings(total=4, week=2, last=date(2026, 12, 2))}


def test_each_channel_has_a_link_of_its_own_and_the_trail_says_who_planned_it() -> None:
    row = kit.started()
    first, second = planned(row), planned(row)
    assert first.code != second.code
    assert is_code(first.code)
    assert set(ShortLink.objects.values_list("code", flat=True)) == {first.code, second.code}
    entry = trail(kit.ADOPTER)[0]
    assert (entry.action, entry.facts) == ("adoptions.channel_planned", {"kind": "poster"})


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": " "}, "name_missing"),
        ({"name": "x" * 121}, "name_missing"),
        ({"who": ""}, "who_missing"),
        ({"starts": None}, "start_missing"),
        ({"ends": date(2026, 11, 30)}, "ends_before_it_starts"),
    ],
)
def test_a_channel_says_where_who_and_when(change: dict[str, object], problem: str) -> None:
    row = kit.started()
    said = {"kind": POSTER.kind, "name": POSTER.name, "who": POSTER.who, "starts": POSTER.starts, **change}
    with pytest.raises(Refused) as error:
        planned(row, outreach.Plan(**said))  # type: ignore[arg-type]
    assert error.value.refusal.code == problem
    assert not ShortLink.objects.exists()


def test_a_plan_has_at_most_forty_open_channels() -> None:
    row = kit.started()
    codes = [planned(row).code for _number in range(40)]
    with pytest.raises(Refused) as error:
        planned(row)
    assert error.value.refusal.code == "too_many_channels"
    outreach.close(adoption_id=row.id, code=codes[0], **whose())
    planned(row)
    assert follow(codes[0]) == 302
    with pytest.raises(outreach.UnknownChannel):
        outreach.close(adoption_id=row.id, code=codes[0], **whose())


def test_only_who_prepares_services_plans_and_nothing_more_once_it_ended() -> None:
    row = kit.started()
    citizen = make_member("warga.uji", Role.CITIZEN, kit.ADOPTER)
    for act, said in (
        (outreach.plan, {"channel": POSTER}),
        (outreach.say, {"place": "Kantor desa", "contact": ""}),
        (outreach.close, {"code": "B2C3D4"}),
    ):
        with pytest.raises(Refused) as error:
            act(adoption_id=row.id, **{**whose(), "by": citizen}, **said)  # type: ignore[operator]
        assert error.value.refusal.code == "may_not_prepare"
    adoptions.take(adoption_id=row.id, step=AdoptionStep.END, reason="Selesai.", **whose())
    with pytest.raises(Refused) as error:
        planned(row)
    assert error.value.refusal.code == "ended"
    assert not ShortLink.objects.exists()


def test_the_plan_answers_the_requirement_with_number_and_day_and_only_with_a_channel() -> None:
    row = kit.started()
    said = {"adoption_id": row.id, "number": "440/7/2026", "on": date(2026, 11, 1)}
    with pytest.raises(Refused) as error:
        outreach.answer_with_plan(**said, **whose())
    assert error.value.refusal.code == "nothing_planned"
    planned(row)
    for change in ({"number": ""}, {"on": None}):
        with pytest.raises(Refused) as error:
            outreach.answer_with_plan(**{**said, **change}, **whose())
        assert error.value.refusal.code == "number_missing"
    outreach.answer_with_plan(**said, **whose())
    with tenancy(row.organization_id):
        kept = Answered.objects.get(requirement=Requirement.OUTREACH)
    assert (kept.number, kept.on, kept.is_waived) == ("440/7/2026", date(2026, 11, 1), False)


def test_another_regions_tenant_sees_no_channel() -> None:
    row = kit.started()
    channel = planned(row)
    with tenancy(organization("33.22").id):
        assert not Channel.objects.exists()
    stranger = signed_in(coordinator("33.22"))
    for more in ("", f"{channel.code}/", f"{channel.code}/a4.pdf"):
        assert stranger.get(place(row, more)).status_code == 403
        assert stranger.get(place(row, more).replace("14.08/", "33.22/")).status_code == 404
    officer = signed_in(kit.officer())
    for more in ("222222/", "222222/a4.pdf", f"{channel.code}/a5.pdf", "%00/"):
        assert officer.get(place(row, more)).status_code == 404


def test_the_page_plans_says_answers_closes_and_tells_the_reach_in_words() -> None:
    row = kit.started()
    browser, path = signed_in(kit.officer()), place(row)
    page = browser.get(path).content.decode()
    assert "Nobody is told of this service yet." in page
    said = {"form": "plan", "kind": "whatsapp", "name": "Grup keluarga", "who": "Operator desa"}
    answer = browser.post(path, {**said, "starts": "01-13-2026"})
    assert answer.status_code == 422
    assert 'value="Grup keluarga"' in answer.content.decode()
    assert browser.post(path, {**said, "starts": "2026-12-01"}).status_code == 302
    assert "1 channel is planned; nobody opened a link yet." in browser.get(path).content.decode()
    with tenancy(row.organization_id):
        code = Channel.objects.get().code
    follow(code)
    follow(code)
    page = browser.get(path).content.decode()
    assert "The links were opened 2 times, most often through Grup keluarga." in page
    assert browser.post(path, {"form": "say", "place": "Kantor desa", "contact": "150"}).status_code == 302
    assert browser.post(path, {"form": "say", "place": "x" * 201}).status_code == 422
    assert browser.post(path, {"form": "plan", "kind": "brieftaube"}).status_code == 422
    assert browser.post(path, {"form": "answer", "number": "1", "day": "2999-01-01"}).status_code == 422
    assert browser.post(path, {"form": "answer", "number": "440/7", "day": "2026-11-01"}).status_code == 302
    assert "Kept as 440/7 of 1 November 2026." in browser.get(path).content.decode()
    assert "1 channel is planned" in browser.get(path.replace("tell/", "")).content.decode()
    assert browser.post(path, {"form": f"close-{code}"}).status_code == 302
    assert browser.post(path, {"form": f"close-{code}"}).status_code == 404


def test_a_channel_has_its_texts_in_both_languages_with_its_own_link() -> None:
    row = kit.started()
    outreach.say(adoption_id=row.id, place="Kantor desa Anda", contact="150", **whose())
    channel = planned(row)
    browser, path = signed_in(kit.officer()), place(row, f"{channel.code}/")
    english = browser.get(path).content.decode()
    link = f"http://testserver/en/s/{channel.code}/"
    assert (
        "Kabupaten Siak: Letter of financial hardship. Free of charge. Three working days at most. "
        f"Where: Kantor desa Anda. {link}</p>"
    ) in english
    assert f"Where: Kantor desa Anda.\nQuestions: 150.\n{link}" in english
    assert f"scans the code on the poster, code {' '.join(channel.code)}." in english
    page = browser.get(path.removeprefix("/en")).content.decode()
    assert "*Surat Keterangan Tidak Mampu* (Kabupaten Siak)" in page
    assert "Biaya: Tidak dipungut biaya." in page
    assert f"http://testserver/s/{channel.code}/" in page


def shown_modules(pdf: bytes, across: int) -> Modules:
    """Read a code of so many modules off a drawn page: only the code is black, the words are darkest blue."""
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().convert("RGB")
    red, green, blue = drawn.split()
    lightest = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    code = lightest.point(lambda light: 255 if light < 12 else 0)
    left, top, right, bottom = code.getbbox()
    step, rise = (right - left) / across, (bottom - top) / across
    return tuple(
        tuple(
            code.getpixel((int(left + (column + 0.5) * step), int(top + (row + 0.5) * rise))) == 255
            for column in range(across)
        )
        for row in range(across)
    )


@pytest.mark.parametrize(
    ("paper", "width", "language", "said"),
    [
        ("a4", 595, "en", ("Letter of financial hardship", "Free of charge.", "Three working days at most.")),
        (
            "a3",
            842,
            "id",
            ("Surat Keterangan Tidak Mampu", "Tidak dipungut biaya.", "Paling lama tiga hari kerja."),
        ),
    ],
)
def test_a_poster_is_one_sheet_that_says_what_it_is_and_carries_the_code_of_its_link(
    paper: str, width: int, language: str, said: tuple[str, ...]
) -> None:
    row = kit.started()
    outreach.say(adoption_id=row.id, place="Kantor desa Anda", contact="150", **whose())
    channel = planned(row)
    path = place(row, f"{channel.code}/{paper}.pdf")
    prefix = "/en" if language == "en" else ""
    answer = signed_in(kit.officer()).get(prefix + path.removeprefix("/en"))
    assert answer.headers["Content-Type"] == "application/pdf"
    (sheet,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert round(sheet.mediabox.width) == width
    text = " ".join(sheet.extract_text().split())
    for words in (*said, "Kabupaten Siak", "Kantor desa Anda", "150", channel.code):
        assert words in text
    expected = modules_of(f"http://testserver{prefix}/s/{channel.code}/")
    inside = tuple(line[QUIET:-QUIET] for line in expected[QUIET:-QUIET])
    assert shown_modules(answer.content, len(inside)) == inside
