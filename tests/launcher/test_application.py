"""Each process is told what it needs, and no more."""

import pytest

from launcher import application
from launcher.application import NEEDED_IN_PRODUCTION, configure, require_production_settings
from launcher.console import CannotContinueError
from launcher.database import Database, named_by_environment
from launcher.folders import SOURCE, DataFolder

DATABASE = Database("postgresql://app@db/lab", "postgresql://owner@db/lab")


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "LIVINGLAB_MODE", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("missing", NEEDED_IN_PRODUCTION)
def test_production_refuses_to_start_without(missing: str) -> None:
    environment = dict.fromkeys(NEEDED_IN_PRODUCTION, "something")
    require_production_settings(environment)  # with all of them it may
    for lacking in ({**environment, missing: ""}, {k: v for k, v in environment.items() if k != missing}):
        with pytest.raises(CannotContinueError, match=f"  {missing}  ") as refusal:
            require_production_settings(lacking)
        assert refusal.value.exit_status == 2
        assert sum(f"  {name}  " in str(refusal.value) for name in NEEDED_IN_PRODUCTION) == 1


def test_owner_without_application_role_is_refused() -> None:
    with pytest.raises(CannotContinueError, match="DATABASE_URL is not"):
        named_by_environment({"DATABASE_OWNER_URL": "postgresql://owner@db/lab"})


def test_database_is_the_named_one_or_ours() -> None:
    both = {"DATABASE_URL": DATABASE.url, "DATABASE_OWNER_URL": str(DATABASE.owner_url)}
    assert named_by_environment(both) == DATABASE
    assert named_by_environment({"DATABASE_URL": DATABASE.url}) == Database(DATABASE.url, None)
    assert named_by_environment({}) is None


def test_addresses_are_not_shown_where_a_database_is_printed() -> None:
    assert "postgresql" not in repr(DATABASE)


def test_owner_address_is_given_to_the_owner_alone(
    data_folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", str(DATABASE.owner_url))
    web = configure(data_folder, DATABASE, mode="demo")
    assert "DATABASE_OWNER_URL" not in web.env
    assert web.env["DATABASE_URL"] == DATABASE.url
    assert web.as_owner().env["DATABASE_OWNER_URL"] == DATABASE.owner_url


def test_demo_key_is_made_once_and_closed_to_others(data_folder: DataFolder) -> None:
    key = configure(data_folder, DATABASE, mode="demo").env["SECRET_KEY"]
    assert len(key) == 64
    assert configure(data_folder, DATABASE, mode="demo").env["SECRET_KEY"] == key
    assert (data_folder.secrets / "secret-key").stat().st_mode & 0o777 == 0o600


def test_production_invents_no_key_and_no_host(data_folder: DataFolder) -> None:
    env = configure(data_folder, DATABASE, mode="production").env
    assert {"SECRET_KEY", "ALLOWED_HOSTS"}.isdisjoint(env)
    assert list(data_folder.secrets.iterdir()) == []


def test_foreign_python_settings_do_not_reach_the_program(
    data_folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    assert configure(data_folder, None, mode="demo").env["PYTHONPATH"] == str(SOURCE)


@pytest.mark.parametrize(
    ("variable", "production", "expected"),
    [
        (None, False, "demo"),
        (None, True, "production"),
        ("test", False, "test"),
        ("demo", True, "production"),
    ],
)
def test_mode_is_production_if_asked_for(
    variable: str | None, production: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable:
        monkeypatch.setenv("LIVINGLAB_MODE", variable)
    assert application.mode(production=production) == expected
