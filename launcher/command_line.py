"""./livinglab COMMAND …: the program's command line, which sets itself up first."""

import os
import signal
import subprocess
from types import FrameType

from launcher import backups
from launcher.application import Application, configure, mode, require_production_settings
from launcher.database import opened
from launcher.folders import PYTHON, DataFolder, default_data_folder
from launcher.preparation import prepare_database, prepare_files
from launcher.processes import die_with_parent
from launcher.python_environment import RUN, ensure_environment

NEED_NO_DATABASE = frozenset(
    {"score", "plan", "instrument", "case", "package", "survey", "verify", "messages", "static"}
)
AS_OWNER = frozenset({"migrate", "load-reference", "bench"})
HELP = frozenset({"--help", "-h", "--version"})


def main(arguments: list[str]) -> int:
    """This function will run one command of the program and give its exit status.

    Standard input and output are the command's own; what the set-up has to say goes to standard error.
    """
    ensure_environment(RUN)
    if arguments and arguments[0] in backups.COMMANDS:
        return backups.main(arguments[0], arguments[1:])
    chosen = mode(production=False)
    if chosen == "production":
        require_production_settings(os.environ)
    folder = DataFolder(default_data_folder())
    folder.create()
    if not needs_database(arguments):
        replace_by_command(configure(folder, None, mode=chosen), arguments)
    with opened(folder) as database:
        application = configure(folder, database, mode=chosen)
        prepare_files(folder, application)
        if database.owner_url:
            prepare_database(folder, application, database)
        return run_command(application.as_owner() if arguments[0] in AS_OWNER else application, arguments)


def needs_database(arguments: list[str]) -> bool:
    """This function will say whether a command line needs the database; asking for help never does."""
    if HELP.intersection(arguments):
        return False
    command = next((argument for argument in arguments if not argument.startswith("-")), None)
    return command is not None and command not in NEED_NO_DATABASE


def replace_by_command(application: Application, arguments: list[str]) -> None:
    """This function will become the command: nothing has to be put away after it."""
    os.execve(PYTHON, [str(part) for part in application.command(*arguments)], dict(application.env))  # noqa: S606


def run_command(application: Application, arguments: list[str]) -> int:
    """This function will run the command beside us, because the database may have to be stopped after it.

    Ctrl-C reaches both of us: the command decides what it means. SIGTERM reaches us alone: it is passed on.
    A command ended by a signal gives 128 + its number, as in a shell.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(application.command(*arguments), env=application.env, preexec_fn=_in_our_place)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    status = process.wait()
    return status if status >= 0 else 128 - status


def _in_our_place() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    die_with_parent()
