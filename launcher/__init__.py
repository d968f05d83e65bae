"""The launcher behind ./run, ./test and ./livinglab.

It uses the standard library alone, because it runs before the virtual environment exists: it makes that
environment, starts PostgreSQL, brings the database up to date and then starts the program itself.
"""
