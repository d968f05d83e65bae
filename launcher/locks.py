"""Locks that the kernel lets go when their holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyLockedError(Exception):
    """Another process holds the lock."""


def open_lock(path: Path) -> int:
    """This function will open a file, or a folder, to lock it; the descriptor is not inherited."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT
    return os.open(path, flags | os.O_CLOEXEC, 0o644)


def take(descriptor: int, *, shared: bool = False, wait: bool = True) -> None:
    """This function will lock an open file, or raise AlreadyLockedError if it may not wait."""
    mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, mode if wait else mode | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyLockedError from None


@contextmanager
def held(path: Path, *, wait: bool = True) -> Iterator[int]:
    """This function will hold the lock on a path alone while the block runs."""
    descriptor = open_lock(path)
    try:
        take(descriptor, wait=wait)
        yield descriptor
    finally:
        os.close(descriptor)
