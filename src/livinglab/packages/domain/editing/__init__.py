"""Editing the files of a package as plain data: each function returns new data and leaves the given as it is."""
