/* The drawing of a process, changed by mouse and keyboard: only what a service package may hold can be drawn. The form
   below sends the file; the server checks it and says what is wrong. Without this script the list does the same. */
const LL = {
  name: "LivingLab",
  uri: "urn:livinglab:package:1",
  prefix: "ll",
  xml: { tagAlias: "lowerCase" },
  types: [
    ["UserTask", ["form", "within", "calendar", "not-by"]],
    ["ServiceTask", ["kind", "document", "day", "hour", "counter", "places", "opens", "closes", "ahead"]],
    ["BusinessRuleTask", ["rule"]],
    ["SendTask", ["message"]],
    ["ReceiveTask", ["waits-for"]],
    ["EndEvent", ["outcome"]],
    ["CatchEvent", ["calendar"]],
    ["Process", ["silence"]],
  ].map(([type, names]) => ({
    name: `Said${type}`,
    extends: [`bpmn:${type}`],
    properties: names.map((name) => ({ name, isAttr: true, type: "String" })),
  })),
};

/* what can be drawn: type, icon, and the key of its word */
const STEPS = [
  ["userTask", "bpmn:UserTask", "bpmn-icon-user-task"],
  ["sendTask", "bpmn:SendTask", "bpmn-icon-send"],
  ["businessRuleTask", "bpmn:BusinessRuleTask", "bpmn-icon-business-rule"],
  ["serviceTask", "bpmn:ServiceTask", "bpmn-icon-service"],
  ["receiveTask", "bpmn:ReceiveTask", "bpmn-icon-receive"],
  ["exclusiveGateway", "bpmn:ExclusiveGateway", "bpmn-icon-gateway-xor"],
  ["parallelGateway", "bpmn:ParallelGateway", "bpmn-icon-gateway-parallel"],
  ["intermediateCatchEvent", "bpmn:IntermediateCatchEvent", "bpmn-icon-intermediate-event-catch-timer"],
  ["endEvent", "bpmn:EndEvent", "bpmn-icon-end-event-none"],
];
const TIMED = { eventDefinitionType: "bpmn:TimerEventDefinition" };

const local = (element) => {
  const type = element.businessObject.$type.replace("bpmn:", "");
  return type.charAt(0).toLowerCase() + type.slice(1);
};
const shapeOf = (factory, type) =>
  factory.createShape({ type, ...(type === "bpmn:IntermediateCatchEvent" ? TIMED : {}) });

/* the column of parts at the left, in place of the library's own */
function Palette(palette, create, elementFactory, globalConnect, words) {
  const start = (type) => (event) => create.start(event, shapeOf(elementFactory, type));
  palette.registerProvider({
    getPaletteEntries: () => Object.fromEntries([
      ["connect", { group: "tools", className: "bpmn-icon-connection-multi", title: words.connect,
        action: { click: (event) => globalConnect.start(event) } }],
      ...STEPS.map(([key, type, icon]) => [key, {
        group: "steps", className: icon, title: words[key],
        action: { click: start(type), dragstart: start(type) },
      }]),
    ]),
  });
}
Palette.$inject = ["palette", "create", "elementFactory", "globalConnect", "words"];

/* what can be done with a chosen part, in place of the library's own */
function Pad(contextPad, connect, modeling, autoPlace, elementFactory, words) {
  const isLane = (element) => local(element) === "lane";
  contextPad.registerProvider({
    getMultiElementContextPadEntries: () => ({}),
    getContextPadEntries: (element) => {
      if (isLane(element)) return {};
      const remove = { group: "edit", className: "bpmn-icon-trash", title: words.remove,
        action: { click: () => modeling.removeElements([element]) } };
      if (element.waypoints || element.type === "label" || local(element) === "endEvent") return { remove };
      const link = (event) => connect.start(event, element);
      return {
        ...Object.fromEntries(STEPS.map(([key, type, icon]) => [key, {
          group: "model", className: icon, title: words[key],
          action: { click: () => autoPlace.append(element, shapeOf(elementFactory, type)) },
        }])),
        connect: { group: "connect", className: "bpmn-icon-connection-multi", title: words.connect,
          action: { click: link, dragstart: link } },
        ...(local(element) === "startEvent" ? {} : { remove }),
      };
    },
  });
}
Pad.$inject = ["contextPad", "connect", "modeling", "autoPlace", "elementFactory", "words"];

/* durations: P3D, PT4H, PT30M, or =param.ID */
const durationOf = (number, unit) =>
  unit.startsWith("=") || !unit ? unit : unit === "D" ? `P${number}D` : `PT${number}${unit}`;
const partsOf = (value) => {
  const found = /^P(?:(\d+)(D)|T(\d+)([HM]))$/.exec(value);
  return found ? [found[1] || found[3], found[2] || found[4]] : ["", value];
};

class Panel {
  constructor(root, modeler) {
    this.root = root;
    this.modeler = modeler;
    this.modeling = modeler.get("modeling");
    this.chosen = null;
    for (const field of root.querySelectorAll("[data-field]")) {
      field.addEventListener("change", () => this.say(field));
    }
    modeler.on("selection.changed", ({ newSelection }) => this.show(newSelection.length === 1 ? newSelection[0] : null));
    modeler.on("element.changed", ({ element }) => { if (element === this.chosen) this.show(element); });
  }

  show(element) {
    this.chosen = element && element.labelTarget ? element.labelTarget : element;
    const kind = this.chosen ? local(this.chosen) : "";
    let shown = 0;
    for (const field of this.root.querySelectorAll("[data-field]")) {
      field.hidden = !field.dataset.kinds.split(" ").includes(kind);
      if (!field.hidden) { shown += 1; this.fill(field); }
    }
    this.root.querySelector("[data-panel-empty]").hidden = shown > 0;
  }

  value(attribute) {
    const said = this.chosen.businessObject;
    switch (attribute) {
      case "lane": return said.lanes && said.lanes.length ? said.lanes[0].id : "";
      case "default": return said.default ? said.default.id : "";
      case "condition": return said.conditionExpression ? said.conditionExpression.body : "";
      case "timer": return said.eventDefinitions[0].timeDuration ? said.eventDefinitions[0].timeDuration.body : "";
      case "cancelActivity": return said.cancelActivity !== false;
      default: return said.get(attribute) || "";
    }
  }

  fill(field) {
    const value = this.value(field.dataset.field);
    const [first, second] = field.querySelectorAll("input, select");
    if (first.type === "checkbox") { first.checked = value; return; }
    if (field.dataset.field === "default") {
      const own = new Set(this.chosen.outgoing.map((flow) => flow.id));
      for (const option of first.options) option.hidden = option.value !== "" && !own.has(option.value);
      for (const flow of this.chosen.outgoing) {
        if (![...first.options].some((option) => option.value === flow.id)) {
          first.add(new Option(flow.businessObject.name || flow.target.businessObject.name || flow.id, flow.id));
        }
      }
    }
    if (!second) {
      if (first.tagName === "SELECT" && ![...first.options].some((option) => option.value === value)) {
        first.add(new Option(value, value), 0);
      }
      first.value = value;
      return;
    }
    const [number, unit] = partsOf(value);
    if (![...second.options].some((option) => option.value === unit)) second.add(new Option(unit, unit));
    first.value = number;
    second.value = unit;
  }

  say(field) {
    const attribute = field.dataset.field;
    const [first, second] = field.querySelectorAll("input, select");
    const value = second ? durationOf(first.value.trim(), second.value) : first.value;
    const factory = this.modeler.get("bpmnFactory");
    const expression = (body) => (body ? factory.create("bpmn:Expression", { body }) : undefined);
    switch (attribute) {
      case "name": this.modeling.updateLabel(this.chosen, value); break;
      case "lane": this.move(value); break;
      case "default": {
        const flow = this.modeler.get("elementRegistry").get(value);
        this.modeling.updateProperties(this.chosen, { default: flow ? flow.businessObject : undefined });
        break;
      }
      case "condition": this.modeling.updateProperties(this.chosen, { conditionExpression: expression(value.trim()) }); break;
      case "timer": this.modeling.updateModdleProperties(
        this.chosen, this.chosen.businessObject.eventDefinitions[0], { timeDuration: expression(value) }); break;
      case "cancelActivity": this.modeling.updateProperties(this.chosen, { cancelActivity: first.checked }); break;
      default: this.modeling.updateProperties(this.chosen, { [attribute]: value || undefined });
    }
  }

  /* A lane is where a step stands: it is moved to the middle of the other one. */
  move(id) {
    const lane = this.modeler.get("elementRegistry").get(id);
    if (!lane) return;
    const away = lane.y + lane.height / 2 - (this.chosen.y + this.chosen.height / 2);
    this.modeling.moveElements([this.chosen], { x: 0, y: away });
  }
}

async function open(section) {
  const words = JSON.parse(section.dataset.words);
  const form = section.querySelector("[data-editor-form]");
  const xml = section.querySelector("[data-editor-xml]");
  section.hidden = false;
  const nothing = ["value", {}];
  const modeler = new BpmnJS({
    container: section.querySelector("[data-editor-canvas]"),
    moddleExtensions: { ll: LL },
    zoomScroll: { enabled: false },
    additionalModules: [{
      __init__: ["paletteProvider", "contextPadProvider"],
      words: ["value", words],
      paletteProvider: ["type", Palette],
      contextPadProvider: ["type", Pad],
      alignElementsContextPadProvider: nothing,
      alignElementsMenuProvider: nothing,
      distributeElementsMenuProvider: nothing,
    }],
  });
  // who takes part is said in the service's roles, not in its drawing
  modeler.on("commandStack.elements.delete.canExecute", 3000, ({ context }) =>
    context.elements.filter((element) => !["lane", "startEvent"].includes(local(element))));
  await modeler.importXML(xml.value);
  modeler.get("canvas").zoom("fit-viewport");
  modeler.get("canvas").scroll({ dx: 70, dy: 0 }); // beside the column of parts
  const parts = modeler.get("elementRegistry");
  for (const [id, mark] of Object.entries(JSON.parse(section.dataset.marks))) {
    if (!parts.get(id)) continue;
    modeler.get("canvas").addMarker(id, `mark-${mark.kind}`);
    if (parts.get(id).waypoints) continue;
    const word = document.createElement("span");
    word.className = "mark-word";
    word.textContent = mark.label;
    modeler.get("overlays").add(id, { position: { top: -20, left: 0 }, html: word });
  }
  new Panel(section.querySelector("[data-panel]"), modeler);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    xml.value = (await modeler.saveXML({ format: true })).xml;
    form.submit();
  });
  section.dataset.ready = "yes";
}

for (const section of document.querySelectorAll("[data-process-editor]")) {
  open(section).catch(() => { section.hidden = true; });
}
