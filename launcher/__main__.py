"""The entry of ./run, ./test and ./livinglab: `python -m launcher COMMAND …`."""

import signal
import sys
from collections.abc import Callable

from launcher import checks, command_line, run
from launcher.console import CannotContinueError, say

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run.main,
    "test": checks.main,
    "livinglab": command_line.main,
}


def main() -> int:
    """This function will run one of the commands and give its exit status."""
    name, *arguments = sys.argv[1:]
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # all three unwind what has been started
    try:
        return COMMANDS[name](arguments)
    except CannotContinueError as problem:
        say(f"\n{problem}")
        return problem.exit_status
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
