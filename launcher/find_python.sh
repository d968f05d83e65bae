# Sourced by ./run, ./test and ./livinglab: hands over to the launcher, in a Python that is new enough.
# The one in .venv comes first; $PYTHON, if set, names the one that .venv is made with.

start_launcher() {
    repository=$1
    shift
    for python in "$repository/.venv/bin/python" ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            # -P: a folder called `launcher` where the person stands must not be taken for ours
            PYTHONPATH=$repository exec "$python" -P -m launcher "$@"
        fi
    done
    echo "Living Lab needs Python 3.11 or newer. On Debian 12 and later: sudo apt-get install python3 python3-venv" >&2
    exit 1
}
