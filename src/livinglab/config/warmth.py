"""What a server does before its first visitor, so that nobody pays for the start."""

import gc

from django.template import engines
from django.template.backends.jinja2 import Jinja2

from livinglab.assessments import queries as assessments


def warm_up() -> None:
    """This function will compile the templates, read the instruments, and keep both out of the collector's way.

    Freezing matters: with the instruments in memory a full collection costs more than drawing a page. In a
    server that forks workers it also keeps the memory shared. For the rest the collector waits longer than it
    would by itself, which is twelve times in the drawing of one page.
    """
    for engine in engines.all():
        if isinstance(engine, Jinja2):
            for name in engine.env.list_templates(extensions=["html", "svg"]):
                engine.env.get_template(name)
    assessments.instruments()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
