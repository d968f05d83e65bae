"""What is done before the program can serve: each step once, and again when what it is made from changes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher import locks, stamps
from launcher.application import Application
from launcher.console import timed
from launcher.database import Database
from launcher.folders import REPOSITORY, SOURCE, DataFolder
from launcher.python_environment import RUN
from launcher.secret_files import write_secret

PACKAGE = SOURCE / "livinglab"
# What can change the outcome of loading: the modules that read, check and store reference data.
LOADERS = (
    *("*/adapters/**/*.py", "*/domain/**/*.py", "*/operations*.py", "*/operations/*.py"),
    *("config/demo*.py", "config/reference.py"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is called, when it is current, and how it is done."""

    name: str
    announcement: str
    stamp: Path | None  # None: nothing here can tell, so the step is done each time
    fingerprint: str
    do: Callable[[], None]
    products: tuple[Path, ...] = ()

    def is_current(self) -> bool:
        """This function will say whether the step's products are there and made from what there is now."""
        if self.stamp is None or not all(product.exists() for product in self.products):
            return False
        return stamps.is_current(self.stamp, self.fingerprint)

    def ensure(self) -> None:
        """This function will do the step unless it is current."""
        if self.is_current():
            return
        with timed(self.announcement):
            self.do()
        if self.stamp:
            stamps.write(self.stamp, self.fingerprint)


def prepare_files(folder: DataFolder, application: Application) -> None:
    """This function will compile the translations and collect the static files."""
    _ensure_all(folder, [messages(folder, application), static(folder, application)])


def prepare_messages(folder: DataFolder, application: Application) -> None:
    """This function will compile the translations: all that the tests need of the files."""
    _ensure_all(folder, [messages(folder, application)])


def prepare_database(folder: DataFolder, application: Application, database: Database) -> None:
    """This function will migrate the database and load the reference data."""
    owner = application.as_owner()
    _ensure_all(folder, [migrations(folder, owner, database), reference(folder, owner, database)])


def _ensure_all(folder: DataFolder, steps: list[Step]) -> None:
    if all(step.is_current() for step in steps):
        return
    with locks.held(folder.running / "preparation.lock"):
        for step in steps:
            step.ensure()


def messages(folder: DataFolder, application: Application) -> Step:
    """This function will give the step that compiles each .po into the .mo beside it."""
    catalogues = stamps.files(PACKAGE, "*/locale/*/LC_MESSAGES/*.po")
    return Step(
        name="messages",
        announcement="Compiling the translations",
        stamp=folder.stamps / "messages",
        fingerprint=stamps.fingerprint(catalogues),
        do=lambda: application.run("messages", "compile"),
        products=tuple(catalogue.with_suffix(".mo") for catalogue in catalogues),
    )


def static(folder: DataFolder, application: Application) -> Step:
    """This function will give the step that collects the static files under hashed names."""
    return Step(
        name="static",
        announcement="Collecting the static files",
        stamp=folder.stamps / "static",
        fingerprint=stamps.fingerprint([*stamps.files(PACKAGE, "*/static/**/*"), RUN]),
        do=lambda: application.run("static"),
        products=(folder.path / "static",),
    )


def migrations(folder: DataFolder, owner: Application, database: Database) -> Step:
    """This function will give the step that brings the tables up to date."""
    sources = stamps.files(PACKAGE, "*/migrations/*.py")
    return Step(
        name="migrate",
        announcement="Bringing the database up to date",
        stamp=_database_stamp(folder, "migrate", database),
        fingerprint=stamps.fingerprint([*sources, RUN], str(database.identity)),
        do=lambda: owner.run("migrate"),
    )


def reference(folder: DataFolder, owner: Application, database: Database) -> Step:
    """This function will give the step that loads instruments, regions and published results."""
    sources = [
        *stamps.files(REPOSITORY, "reference/**/*", "instruments/**/*", "packages/**/*"),
        *stamps.files(PACKAGE, *LOADERS),
    ]
    return Step(
        name="load-reference",
        announcement="Loading the reference data",
        stamp=_database_stamp(folder, "load-reference", database),
        fingerprint=stamps.fingerprint(sources, str(database.identity), owner.env["LIVINGLAB_MODE"]),
        do=lambda: _load(folder, owner),
        products=(folder.sign_ins,) if owner.is_demo else (),
    )


def _load(folder: DataFolder, owner: Application) -> None:
    """Load the reference data; keep the demo's sign-ins, because asking for them takes a second each start."""
    owner.run("load-reference")
    if owner.is_demo:
        write_secret(folder.sign_ins, owner.read("demo-sign-ins", "--json"))


def _database_stamp(folder: DataFolder, name: str, database: Database) -> Path | None:
    """A database that is not ours may have been restored or made anew behind our back: no stamp for it."""
    return folder.stamps / name if database.identity else None
