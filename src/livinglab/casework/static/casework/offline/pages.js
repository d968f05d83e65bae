/* A page of a form in the document: filled from what was typed, read back, and what is wrong said where it is wrong. */

/* Everything that was typed on the page, by name, as a form posts it; files are kept apart (attaching.js). */
export function typed(form) {
  const found = {};
  for (const field of form.elements) if (field.name && field.type !== "submit" && field.type !== "file") found[field.name] = [];
  for (const [name, value] of new FormData(form)) if (typeof value === "string") (found[name] ??= []).push(value);
  return found;
}

export function fill(form, values) {
  for (const counter of form.querySelectorAll("[name^=_rows_]")) {
    const wanted = Number(values[counter.name]?.[0] ?? 1);
    while (Number(counter.value) < wanted) addRow(form, counter.name.slice("_rows_".length));
  }
  for (const field of form.elements) {
    const given = values[field.name];
    if (!given || field.type === "file" || field.name.startsWith("_rows_")) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else if (field.type !== "submit") field.value = given[0] ?? "";
  }
}

/* One more row of a list: the first one with other names and nothing in it. */
export function addRow(form, id) {
  const rows = form.querySelectorAll(`[id="${CSS.escape(id)}"] > .row`);
  const place = rows.length;
  const row = rows[0].cloneNode(true);
  for (const one of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const text = one.getAttribute(name);
      if (text) one.setAttribute(name, text.replaceAll(`${id}-0-`, `${id}-${place}-`));
    }
    if (one.type === "radio" || one.type === "checkbox") one.checked = false;
    else if ("value" in one && one.matches("input, textarea, select")) one.value = "";
  }
  row.querySelector("legend").textContent = String(place + 1);
  rows[place - 1].after(row);
  form.elements[`_rows_${id}`].value = String(place + 1);
  return row;
}

/* Shows the questions that are asked; what a hidden one holds stays, in case it is asked again. */
export function show(form, ids) {
  for (const one of form.querySelectorAll("[data-question]")) one.hidden = !ids.includes(one.dataset.question);
}

/* Says mistakes ({name, text}) at their fields; an empty list takes away what was said. */
export function say(form, mistakes, spoken) {
  for (const one of form.querySelectorAll(".field-error")) one.remove();
  for (const one of form.querySelectorAll("[aria-describedby$='-error']")) {
    one.removeAttribute("aria-invalid");
    describe(one, (ids) => ids.filter((id) => !id.endsWith("-error")));
  }
  for (const one of form.querySelectorAll(".wrong")) one.classList.remove("wrong");
  for (const { name, text } of mistakes) {
    const field = form.querySelector(`[id="${CSS.escape(name)}"]`);
    const around = field?.matches("fieldset") ? field : field?.closest(".field");
    if (!around) continue;
    const error = Object.assign(document.createElement("p"), { className: "field-error", id: `${name}-error` });
    error.append(Object.assign(document.createElement("span"), { className: "spoken", textContent: `${spoken} ` }), text);
    around.querySelector("label, legend").after(error);
    around.classList.add("wrong");
    if (!field.matches("fieldset")) field.setAttribute("aria-invalid", "true");
    describe(field, (ids) => [...ids, error.id]);
  }
}

function describe(field, change) {
  const ids = change((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}
