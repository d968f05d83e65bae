"""Every page a visitor can reach, for the tests that look at all of them."""

PUBLIC = (
    "/",
    "/?colour=change",
    "/regions/?province=32",
    "/regions/32.11/",
    "/regions/32.11/?with=14.08",
    "/regions/31.74/",
    "/regions/91.71/",
    "/regions/32/",
    "/regions/14.08/plan/teachers/20/3/",
    "/regions/14.08/simulate/?to=21:4,32:4&accept=80",
    "/regions/14.08/plan/teachers/21/5/",
    "/institutions/kementerian-panrb/",
    "/provinces/",
    "/world/",
    "/compare/",
    "/compare/?regions=32.11,14.08&peers=similar",
    "/services/",
    "/services/compare/?regions=32.11,34.02",
    "/instruments/",
    "/instruments/spbe-2020/",
    "/instruments/pemdi-2026/",
    "/instruments/spbe-2020/indicators/20/",
    "/data/",
    "/data/checks/",
    "/search/?q=sumedang",
    "/about/",
    "/about/method/",
    "/about/accessibility/",
    "/about/privacy/",
    "/api/v1/docs",
    "/ui/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/regions/00.00/",
)
#: so long that axe takes its time: looked at in every look only by ./test --all
LONG = ("/regions/",)
MEMBER = (
    "/me/",
    "/organizations/32.11/",
    "/organizations/32.11/members/",
    "/organizations/32.11/agencies/",
    "/organizations/32.11/audit/",
    "/regions/32.11/services/new/",
    "/regions/32.11/evaluations/",
    "/regions/32.11/evaluations/new/",
    "/regions/32.11/actions/",
    "/regions/32.11/actions/accept/",
    "/regions/32.11/evidence/",
    "/regions/32.11/evidence/new/",
    "/regions/32.11/efforts/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/email/",
    "/accounts/password/change/",
)


def in_language(path: str, language: str) -> str:
    """This function will return the path of the page in a language; the API has none."""
    return path if language == "id" or path.startswith("/api/") else f"/en{path}"
