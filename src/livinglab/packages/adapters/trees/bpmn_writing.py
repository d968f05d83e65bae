"""A process file from its merged tree, with the shapes of the diagram that belong to what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from livinglab.packages.adapters.trees.bpmn import DIAGRAM, NAMESPACES, diagram_of, local, tag_of
from livinglab.packages.adapters.xml_files import Element as Node
from livinglab.packages.adapters.xml_files import read_xml
from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, children, text

_OWN: Final = frozenset({"element", "process", "lane", "strays", "laneSet", "text"})
_PREFIXES: Final = {prefix: address for address, prefix in NAMESPACES.items()}


def write_bpmn(element: Element, sources: Sequence[str]) -> str:
    """This function will write a process; `sources` are the file in base, ours and theirs, empty where there is none.

    Flows are listed at their nodes (`incoming`, `outgoing`) where one of the sources did so.
    """
    roots = [read_xml("process.bpmn", source) if source else None for source in sources]
    listed = any(f"{word}>" in source for source in sources for word in ("incoming", "outgoing"))
    lines = list(_body(element, listed=listed))
    lines += _diagram(element, roots)
    foreign = _foreign("\n".join(lines))
    for prefix, address in foreign.items():
        lines = [line.replace(f"{{{address}}}", f"{prefix}:") for line in lines]
    used = {
        prefix: address
        for prefix, address in _PREFIXES.items()
        if prefix and f"{prefix}:" in "\n".join(lines)
    }
    spaces = [f' xmlns="{_PREFIXES[""]}"']
    spaces += [f" xmlns:{prefix}={quoteattr(address)}" for prefix, address in {**used, **foreign}.items()]
    head = ["<definitions" + "\n            ".join(spaces) + _said(children(element, "definitions")) + ">"]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *head, *lines, "</definitions>"]) + "\n"


def _body(element: Element, *, listed: bool) -> Iterator[str]:
    elements, lanes = children(element, "elements"), children(element, "lanes")
    yield from _inner(children(element, "definitions"), "  ")
    processes = children(element, "processes")
    for key, process in processes.items():
        facts = children(process)
        yield f"  <process{_said(facts)}>"
        here = {name: lane for name, lane in lanes.items() if _home(lane, processes) == key}
        inside = {name: one for name, one in elements.items() if _home(one, processes) == key}
        named = text(process, "laneSet")
        if here or named:
            yield f"    <laneSet{f' id={quoteattr(named)}' if named else ''}>"
            for name, lane in here.items():
                yield from _lane(name, lane, inside)
            yield "    </laneSet>"
        yield from _inner(facts, "    ")
        for name, one in inside.items():
            flows = _flows(name, elements) if listed else ()
            yield from _element(text(one, "element"), children(one), "    ", flows)
        yield "  </process>"


def _home(part: Element, processes: Mapping[str, Element]) -> str:
    """Return the process a part stands in; one whose process went away, as a conflict says, stands in the first."""
    named = text(part, "process")
    return named if named in processes else next(iter(processes))


def _lane(name: str, lane: Element, elements: Mapping[str, Element]) -> Iterator[str]:
    members = [key for key, one in elements.items() if text(one, "lane") == name]
    refs = [
        f"        <flowNodeRef>{escape(key)}</flowNodeRef>" for key in (*members, *children(lane, "strays"))
    ]
    inner = [*_inner(children(lane), "        "), *refs]
    if inner:
        yield from (f"      <lane{_said(children(lane))}>", *inner, "      </lane>")
    else:
        yield f"      <lane{_said(children(lane))}/>"


def _flows(name: str, elements: Mapping[str, Element]) -> Sequence[str]:
    into = [key for key, one in elements.items() if text(one, "targetRef") == name]
    out = [key for key, one in elements.items() if text(one, "sourceRef") == name]
    return [
        *(f"<incoming>{escape(key)}</incoming>" for key in into),
        *(f"<outgoing>{escape(key)}</outgoing>" for key in out),
    ]


def _element(tag: str, facts: Mapping[str, Element], indent: str, flows: Sequence[str] = ()) -> Iterator[str]:
    opened = f"{indent}<{tag}{_said(facts)}"
    said = text(Branch(facts), "text")
    inner = [*(f"{indent}  {flow}" for flow in flows), *_inner(facts, indent + "  ")]
    if inner:
        yield from (f"{opened}>{escape(said)}", *inner, f"{indent}</{tag}>")
    elif said:
        yield f"{opened}>{escape(said)}</{tag}>"
    else:
        yield f"{opened}/>"


def _inner(facts: Mapping[str, Element], indent: str) -> Iterator[str]:
    for key, part in facts.items():
        if not key.startswith("<"):
            continue
        tag = key.strip("<>").partition("[")[0]
        inner = {"text": part} if isinstance(part, Leaf) else children(part)
        yield from _element(tag, inner, indent)


def _said(facts: Mapping[str, Element]) -> str:
    return "".join(
        f" {key}={quoteattr(str(part.value))}"
        for key, part in facts.items()
        if isinstance(part, Leaf) and key not in _OWN and not key.startswith("<")
    )


def _diagram(element: Element, roots: Sequence[Node | None]) -> Iterator[str]:
    """Take each shape from the side that drew it anew; one whose element went away goes too."""
    drawn = [{} if root is None else _shapes(root) for root in roots]
    kept = {
        *children(element, "elements"),
        *children(element, "lanes"),
        *children(element, "processes"),
    }
    base, ours, theirs = drawn
    shapes = []
    for key in dict.fromkeys((*ours, *theirs, *base)):
        was, here, there = (side.get(key) for side in (base, ours, theirs))
        shape = there if here is None or (here == was and there is not None) else here
        if key in kept and shape is not None:
            shapes.append(shape)
    if shapes:
        plane = next(iter(children(element, "processes")), "")
        yield f'  <{DIAGRAM} id="diagram">'
        yield f'    <bpmndi:BPMNPlane id="plane" bpmnElement={quoteattr(plane)}>'
        for shape in shapes:
            yield from (f"      {line}" for line in shape)
        yield "    </bpmndi:BPMNPlane>"
        yield f"  </{DIAGRAM}>"


def _shapes(root: Node) -> dict[str, tuple[str, ...]]:
    return {
        node.attributes.get(("", "bpmnElement"), ""): tuple(_copied(node, "")) for node in diagram_of(root)
    }


def _copied(node: Node, indent: str) -> Iterator[str]:
    said = "".join(f" {local(key)}={quoteattr(value)}" for key, value in node.attributes.items())
    inner = [line for part in node.children for line in _copied(part, indent + "  ")]
    words = escape(node.text.strip())
    if inner:
        yield from (f"{indent}<{tag_of(node)}{said}>{words}", *inner, f"{indent}</{tag_of(node)}>")
    else:
        end = f">{words}</{tag_of(node)}>" if words else "/>"
        yield f"{indent}<{tag_of(node)}{said}{end}"


def _foreign(text_so_far: str) -> dict[str, str]:
    """Give each namespace that this platform does not know a prefix of its own."""
    found: dict[str, str] = {}
    for part in text_so_far.split("{")[1:]:
        address, closed, rest = part.partition("}")
        if (
            closed
            and rest[:1].isalpha()
            and ":" in address
            and " " not in address
            and address not in found.values()
        ):
            found[f"x{len(found) + 1}"] = address
    return found
