/* Taking an application: page after page, checked as far as a device can, kept with each keystroke. */
import { answered, label } from "./answers.js";
import { asked, mistakes } from "./checks.js";
import { attaching } from "./attaching.js";
import { onPaper } from "./paper.js";
import { printed } from "./slip.js";
import * as pages from "./pages.js";
import { token } from "./vault.js";
import { sentence, today, word } from "./words.js";

export function taking(desk, { done }) {
  const { part } = desk;
  const form = part("questions");
  let entry;
  let service;
  let writes = 0; // the keystrokes so far: only after the last one everything is kept
  const files = attaching(desk, form, { current: () => ({ entry, service }), problem: (name, text) => problems(text ? [{ name, text }] : []) });

  /* The buttons that begin, by village. */
  function offer() {
    const villages = desk.officer.villages;
    part("offers").replaceChildren(...villages.flatMap((village) => {
      const head = villages.length > 1 ? [Object.assign(document.createElement("h3"), { textContent: village.name })] : [];
      const list = Object.assign(document.createElement("ul"), { className: "offers" });
      list.append(...village.services.map((one) => line(village, one)));
      return [...head, list];
    }));
    part("offers-none").hidden = villages.some(({ services }) => services.length);
  }

  function line(village, one) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: word("begin"), disabled: Boolean(one.refusal) });
    button.setAttribute("aria-label", word("begin-service", { service: one.name }));
    button.addEventListener("click", () => begin(village, one));
    const paper = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: word("paper") });
    paper.setAttribute("aria-label", `${word("paper")}: ${one.name}`);
    paper.addEventListener("click", async () => {
      const form = await desk.form(one.version);
      return form ? onPaper(desk, form) : desk.note("no-form");
    });
    item.append(Object.assign(document.createElement("b"), { textContent: one.name }), " ", button, " ", paper);
    if (one.refusal) item.append(Object.assign(document.createElement("span"), { className: "hint", textContent: one.refusal }));
    return item;
  }

  async function begin(village, one) {
    entry = {
      id: crypto.randomUUID(), token: token(), village: village.code, version: one.version, service: one.name,
      taken_at: new Date().toISOString(), typed: {}, files: {}, state: "typing", problems: [], reason: "", label: "", page: "",
    };
    await desk.queue.keep(entry);
    await edit(entry);
  }

  /* Goes on where it was left; what was refused, at its first mistake. */
  async function edit(chosen) {
    entry = chosen;
    service = await desk.form(entry.version);
    if (!service) return desk.note("no-form");
    for (const { id, type } of Object.values(service.fields)) if (type === "file" && !entry.files?.[id]) delete entry.typed[id]; // of older scripts
    entry.state = "typing";
    await desk.queue.keep(entry); // from here on it is not sent
    const back = entry.problems.map(([name, text]) => ({ name, text }));
    const at = (name) => open().find(({ fields }) => fields.includes(name.split("-")[0]));
    const page = back.map(({ name }) => at(name)).find(Boolean) ?? open().find(({ id }) => id === entry.page) ?? open()[0];
    await ask(page);
    const here = back.filter(({ name }) => at(name) === page);
    if (here.length) problems(here);
  }

  const open = () => {
    const shown = asked(service, entry.typed);
    return service.pages.filter(({ fields }) => fields.some((one) => shown.includes(one)));
  };

  async function ask(page) {
    entry.page = page.id;
    await desk.queue.keep(entry);
    const places = open().map(({ id }) => id);
    part("form-service").textContent = word("page-of", { service: entry.service, page: places.indexOf(page.id) + 1, pages: places.length });
    part("form-title").textContent = page.title;
    form.querySelector("[data-slot]").innerHTML = page.html; // drawn and escaped by the server
    pages.fill(form, entry.typed);
    pages.show(form, asked(service, entry.typed));
    files.draw();
    problems([]);
    part("back").hidden = places.indexOf(page.id) === 0;
    desk.show("form");
  }

  form.addEventListener("input", kept);
  form.addEventListener("change", kept);
  async function kept() {
    const mine = ++writes;
    form.dataset.kept = "no";
    Object.assign(entry.typed, pages.typed(form));
    entry.label = label(service, entry.typed);
    pages.show(form, asked(service, entry.typed));
    await desk.queue.keep(entry);
    if (mine === writes) form.dataset.kept = "yes";
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=_add]");
    if (!button) return;
    event.preventDefault();
    pages.addRow(form, button.value).querySelector("input, select, textarea").focus();
    kept();
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await files.settled();
    await kept();
    const page = service.pages.find(({ id }) => id === entry.page);
    const shown = asked(service, entry.typed).filter((one) => page.fields.includes(one));
    const found = wrong(shown);
    problems(found);
    if (found.length) return;
    const following = open()[open().findIndex(({ id }) => id === entry.page) + 1];
    if (following) await ask(following);
    else check();
  });

  part("back").addEventListener("click", async () => {
    await files.settled();
    await kept();
    await ask(open()[open().findIndex(({ id }) => id === entry.page) - 1]);
  });
  for (const button of desk.root.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  for (const button of desk.root.querySelectorAll("[data-home]")) button.addEventListener("click", () => done());

  const wrong = (ids) => mistakes(service, ids, entry.typed, today()).map((one) => ({ name: one.name, text: sentence(service.sentences, one) }));

  function problems(found) {
    pages.say(form, found, word("error"));
    const box = part("problems");
    box.hidden = !found.length;
    box.querySelector("ul").replaceChildren(...found.map(({ name, text }) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: `#${name}`, textContent: text });
      link.addEventListener("click", (event) => {
        const field = form.querySelector(`[id="${CSS.escape(name)}"]`);
        if (!field) return;
        event.preventDefault();
        (field.matches("fieldset") ? field.querySelector("input, select, textarea") : field).focus();
      });
      item.append(link);
      return item;
    }));
    if (found.length) box.focus();
  }

  /* Every answer once more, before it is kept to be sent. */
  function check() {
    part("check-service").textContent = entry.service;
    part("answers").replaceChildren(...answered(service, entry.typed).map(({ id, title, rows }) => {
      const section = Object.assign(document.createElement("section"), { className: "answered" });
      const list = Object.assign(document.createElement("dl"), { className: "answers" });
      for (const [question, text] of rows) {
        const row = document.createElement("div");
        row.append(Object.assign(document.createElement("dt"), { textContent: question }), Object.assign(document.createElement("dd"), { textContent: text }));
        list.append(row);
      }
      const change = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: word("change", { page: title }) });
      change.addEventListener("click", () => ask(service.pages.find((one) => one.id === id)));
      section.append(Object.assign(document.createElement("h3"), { textContent: title }), list, change);
      return section;
    }));
    part("purpose").textContent = word("purpose", { purpose: service.purpose, months: service.months });
    part("fee").textContent = service.fee;
    desk.show("check");
  }

  part("keep").addEventListener("click", async () => {
    const found = wrong(asked(service, entry.typed));
    if (found.length) {
      const field = found[0].name.split("-")[0];
      await ask(service.pages.find(({ fields }) => fields.includes(field)));
      return problems(found);
    }
    for (const id of Object.keys(entry.files ?? {})) if (!asked(service, entry.typed).includes(id)) await desk.queue.attach(entry, id, null);
    Object.assign(entry, { state: "ready", page: "", problems: [], reason: "" });
    await desk.queue.keep(entry); // on the disk before anything is said of it
    return printed(desk, entry);
  });

  return { offer, edit };
}
