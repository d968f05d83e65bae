"""Puts a page of the Django template engine (allauth's) into the layout that every page shares."""

from django import template
from django.forms import BoundField
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag(takes_context=False)
def part(content: str) -> SafeString:
    """This function will keep a rendered part of the page for `framed`: ``{% part as title %}…{% endpart %}``."""
    return mark_safe(content.strip())  # noqa: S308  rendered by the engine, which escaped what it had to


@register.simple_tag(takes_context=True)
def framed(context: RequestContext, *, with_tabs: bool = False) -> str:
    """This function will render the parts `title`, `head`, `main` and `scripts` inside the shared layout."""
    request = context.request
    parts = {name: context.get(f"{name}_part", "") for name in ("title", "head", "main", "scripts")}
    page = {**parts, "with_tabs": with_tabs}
    return mark_safe(render_to_string("accounts/frame.html", page, request=request, using="jinja2"))  # noqa: S308


@register.filter
def input_of(field: BoundField) -> SafeString:
    """This function will return a form field's control in our look; its label says what a placeholder would."""
    field.field.widget.attrs.pop("placeholder", None)
    kind = getattr(field.field.widget, "input_type", "")
    return field.as_widget(attrs={} if kind in {"checkbox", "radio"} else {"class": "input"})


@register.filter
def is_choice(field: BoundField) -> bool:
    """This function will say whether the field is a box to tick, whose label stands after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox"
