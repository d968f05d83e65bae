"""Signing in: password, second factor, recovery codes, limits, and where one lands afterwards."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client

from livinglab.accounts.models import User
from livinglab.audit.operations import PLATFORM
from livinglab.audit.queries import latest_entries
from livinglab.kernel.tenancy import tenancy
from tests.accounts.people import PASSWORD

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def _actions() -> list[str]:
    with tenancy(PLATFORM):
        return [one.action for one in latest_entries(PLATFORM) if one.action.startswith("accounts.")]


def _sign_in(client: Client, user: User, password: str = PASSWORD, then: str = "") -> object:
    address = f"{LOGIN}?next={then}" if then else LOGIN
    return client.post(address, {"login": user.email, "password": password, "next": then})


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def _is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_after_signing_in_one_comes_where_one_wanted_to_go(client: Client, person: User) -> None:
    answer = client.get("/me/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/me/")
    page = client.get(answer["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/me/">' in re.sub(r"\s*/?>", ">", page)
    answer = _sign_in(client, person, then="/organizations/32.11/")
    assert answer["Location"] == "/organizations/32.11/"


def test_without_a_wish_one_comes_to_ones_own_page_in_ones_own_language(client: Client, person: User) -> None:
    person.language = "en"
    person.save()
    assert _sign_in(client, person)["Location"] == "/en/me/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client: Client, person: User, elsewhere: str) -> None:
    assert _sign_in(client, person, then=elsewhere)["Location"] == "/me/"


def test_a_session_from_before_signing_in_is_worth_nothing_afterwards(client: Client, person: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    _sign_in(client, person)
    assert _is_signed_in(client)
    assert client.session.session_key != before
    assert not type(session)().exists(before)


def test_signing_in_is_noted_once_in_the_trail_without_any_address(client: Client, person: User) -> None:
    _sign_in(client, person)
    assert _actions()[0] == "accounts.signed_in"
    with tenancy(PLATFORM):
        entry = latest_entries(PLATFORM)[0]
    assert (entry.by, entry.subject, entry.facts) == (person.id, str(person.id), {})


def test_a_wrong_password_is_said_in_a_summary_and_signs_nobody_in(client: Client, person: User) -> None:
    page = _sign_in(client, person, "salah-sekali").content.decode()
    assert "Ada yang perlu diperbaiki" in page
    assert "Alamat surel atau kata sandi tidak cocok." in page
    assert not _is_signed_in(client)
    assert "accounts.signed_in" not in _actions()


def test_an_unknown_address_is_answered_like_a_wrong_password(client: Client, person: User) -> None:
    known = _sign_in(client, person, "salah-sekali").content.decode()
    unknown = client.post(
        LOGIN, {"login": "tidak.ada@example.go.id", "password": "salah-sekali"}
    ).content.decode()
    assert "Alamat surel atau kata sandi tidak cocok." in known
    assert "Alamat surel atau kata sandi tidak cocok." in unknown


def test_the_sixth_wrong_try_waits_even_with_the_right_password(client: Client, person: User) -> None:
    for _ in range(5):
        _sign_in(client, person, "salah-sekali")
    page = _sign_in(client, person).content.decode()
    assert "Terlalu banyak percobaan masuk yang gagal." in page
    assert not _is_signed_in(client)


def test_tries_are_counted_where_every_process_sees_them(client: Client, person: User) -> None:
    _sign_in(client, person, "salah-sekali")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) > 0 FROM accounts_rate_limit")
        assert cursor.fetchone() == (True,)


def test_an_account_that_is_closed_cannot_sign_in(client: Client, person: User) -> None:
    person.is_active = False
    person.save()
    _sign_in(client, person)
    assert not _is_signed_in(client)


def _reauthenticate(client: Client, then: str) -> None:
    answer = client.post(f"/accounts/reauthenticate/?next={then}", {"password": PASSWORD, "next": then})
    assert answer["Location"] == then


def _activate_app(client: Client, on_commit: Any) -> str:
    address = "/accounts/2fa/totp/activate/"
    assert client.get(address)["Location"].startswith("/accounts/reauthenticate/")
    _reauthenticate(client, address)
    page = client.get(address)
    assert 'class="qr" src="data:image/svg+xml' in page.content.decode()
    secret = str(page.context["form"].secret)
    with on_commit(execute=True):  # allauth tells and notes it after the commit
        answer = client.post(address, {"code": _code(secret)})
    assert answer.status_code == 302
    return secret


def test_an_authenticator_app_is_asked_for_at_the_next_sign_in(
    client: Client, person: User, django_capture_on_commit_callbacks: Any
) -> None:
    _sign_in(client, person)
    secret = _activate_app(client, django_capture_on_commit_callbacks)
    client.post("/accounts/logout/")
    assert not _is_signed_in(client)

    assert _sign_in(client, person, then="/me/")["Location"].startswith("/accounts/2fa/authenticate/")
    assert not _is_signed_in(client)
    assert client.get("/me/").status_code == 302

    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Kode salah." in wrong.content.decode()
    assert not _is_signed_in(client)

    connection.cursor().execute("DELETE FROM accounts_rate_limit")  # the code was used once to activate
    right = client.post("/accounts/2fa/authenticate/", {"code": _code(secret)})
    assert right["Location"] == "/me/"
    assert "verifikasi dua langkah" in client.get("/me/").content.decode()
    assert _actions().count("accounts.totp_activated") == 1


def test_a_recovery_code_opens_the_account_once(
    client: Client, person: User, django_capture_on_commit_callbacks: Any
) -> None:
    _sign_in(client, person)
    _activate_app(client, django_capture_on_commit_callbacks)
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    client.post("/accounts/logout/")
    _sign_in(client, person)
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert _is_signed_in(client)

    client.post("/accounts/logout/")
    _sign_in(client, person)
    again = client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert "Kode salah." in again.content.decode()
    assert not _is_signed_in(client)


def test_the_secret_of_an_app_is_not_readable_in_the_database(
    client: Client, person: User, django_capture_on_commit_callbacks: Any
) -> None:
    _sign_in(client, person)
    secret = _activate_app(client, django_capture_on_commit_callbacks)
    stored = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data
    assert stored["secret"].startswith("gAAAA")
    assert secret not in str(stored)


def test_a_change_of_protection_is_told_by_mail_in_the_language_of_the_page(
    client: Client, person: User, django_capture_on_commit_callbacks: Any
) -> None:
    _sign_in(client, person)
    _activate_app(client, django_capture_on_commit_callbacks)
    subjects = [one.subject for one in mail.outbox]
    assert "[Living Lab] Aplikasi Autentikator Diaktifkan" in subjects
    assert mail.outbox[0].to == [person.email]
    assert "Living Lab · testserver" in mail.outbox[0].body


def test_signing_up_makes_a_person_who_speaks_the_pages_language(client: Client) -> None:
    password = "kopi-gayo-panas-pagi"
    data = {"email": "Baru@Example.go.id", "password1": password, "password2": password}
    assert client.post("/en/accounts/signup/", data).status_code == 302
    user = User.objects.get(email="baru@example.go.id")
    assert (user.language, user.is_synthetic) == ("en", False)
    assert EmailAddress.objects.get(user=user).verified is False
    assert _actions()[:2] == ["accounts.signed_in", "accounts.signed_up"]


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("pendek", "Kata sandi terlalu pendek. Harus mengandung setidaknya 10 karakter."),
        ("password123", "terlalu umum"),
        ("baru.sekali@x", "mirip"),
    ],
)
def test_a_weak_password_is_refused_in_indonesian(client: Client, password: str, reason: str) -> None:
    data = {"email": "baru.sekali@x.go.id", "password1": password, "password2": password}
    page = client.post("/accounts/signup/", data).content.decode()
    assert reason in page
    assert not User.objects.filter(email="baru.sekali@x.go.id").exists()


def test_a_link_resets_the_password_and_is_noted(client: Client, person: User) -> None:
    client.post("/accounts/password/reset/", {"email": person.email})
    (link,) = re.findall(r"http://testserver(/\S+)", mail.outbox[0].body)
    form = client.get(client.get(link)["Location"])
    new = "hujan-di-lereng-tampomas"
    answer = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)
    assert "accounts.password_reset" in _actions()


def test_signing_in_and_out_leaves_no_message_behind(client: Client, person: User) -> None:
    answer = _sign_in(client, person)
    assert list(get_messages(answer.wsgi_request)) == []


def test_ones_name_and_language_can_be_changed_and_the_change_is_noted(client: Client, person: User) -> None:
    client.force_login(person)
    answer = client.post("/accounts/profile/", {"name": " Rina Baru ", "language": "en"})
    assert answer["Location"] == "/en/accounts/profile/"
    person.refresh_from_db()
    assert (person.name, person.language) == ("Rina Baru", "en")
    assert _actions()[0] == "accounts.profile_updated"
    page = client.get(answer["Location"]).content.decode()
    assert "Your name and language are saved." in page
    assert ">Rina Baru</a>" in page


def test_a_language_that_is_not_offered_is_refused_and_nothing_changes(client: Client, person: User) -> None:
    client.force_login(person)
    answer = client.post("/accounts/profile/", {"name": "Lain", "language": "nl"})
    assert answer.status_code == 422
    person.refresh_from_db()
    assert (person.name, person.language) == ("Rina Uji", "id")
