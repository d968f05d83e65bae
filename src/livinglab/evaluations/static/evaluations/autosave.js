/* An answer or a score that saves itself. Every keystroke is kept in this browser first, and leaves it only when the server has
   stored exactly that. The form works without this script; what can go wrong (a broken connection, a lapsed sign-in,
   somebody else's change, a refusal) is said beside the buttons and loses nothing. */
const PAUSE = 1000; // after the last keystroke, in milliseconds
const RETRY = 15000; // while the connection is broken
const PREFIX = "livinglab-draft:";

const drafts = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  keep(key, draft) { try { localStorage.setItem(key, JSON.stringify(draft)); return true; } catch { return false; } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  /* On a shared computer nobody finds what somebody else typed. */
  dropOthers(mine) {
    const owner = mine.split(":", 2).join(":") + ":";
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && !key.startsWith(owner)) localStorage.removeItem(key);
    } catch { /* nothing was kept */ }
  },
};
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

class AutosaveForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.line = this.querySelector(".save-state");
    this.texts = this.dataset.texts.split(" ");
    this.base = Number(this.form.elements.base_version.value);
    this.stored = "fresh" in this.dataset ? this.values() : null; // null: the form holds what was refused
    this.unanswered = []; // what was sent without hearing whether it arrived
    drafts.dropOthers(this.dataset.key);
    this.offer();
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("change", (event) => { if (event.target.name === "met") this.lower(); this.offer(); this.typed(); });
    this.form.addEventListener("click", (event) => this.insert(event));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.form.addEventListener("keydown", (event) => this.shortcut(event));
    addEventListener("online", () => this.send());
    addEventListener("pageshow", () => { this.leaving = false; });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && !this.leaving) this.send(); });
    this.restore();
  }

  /* what the form holds, as the server reads it */
  values() {
    const { elements } = this.form;
    const values = { level: this.level(), met: [...this.form.querySelectorAll("[name=met]")].filter((one) => one.type === "hidden" || one.checked).map((one) => one.value).sort() };
    for (const name of this.texts) values[name] = elements[name] ? elements[name].value.replace(/\r\n?/g, "\n") : "";
    return values;
  }

  level() {
    const field = this.form.elements.level;
    return field instanceof RadioNodeList || field?.type === "radio" ? [...this.form.querySelectorAll("[name=level]")].find((one) => one.checked)?.value ?? "" : field?.value ?? "";
  }

  fill(values) {
    for (const name of this.texts) if (this.form.elements[name]) this.form.elements[name].value = values[name];
    for (const box of this.form.querySelectorAll("[name=met][type=checkbox]")) box.checked = values.met.includes(box.value);
    this.fillLowest(values.met.includes(this.dataset.lowest));
    this.offer();
    for (const field of this.form.querySelectorAll("[name=level]")) {
      if (field.type === "radio") { field.checked = field.value === values.level; if (field.checked) field.disabled = false; } else field.value = values.level;
    }
  }

  /* The lowest level has no box: it is met or not as somebody stored it. */
  fillLowest(isMet) {
    this.form.querySelector("[name=met][type=hidden]")?.remove();
    if (!isMet) return;
    this.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "met", value: this.dataset.lowest }));
  }

  /* --- the ladder: levels are cumulative --- */
  offered() {
    const met = new Set(this.values().met);
    let level = Number(this.dataset.lowest);
    while (level < Number(this.dataset.highest) && met.has(String(level + 1))) level += 1;
    return level;
  }

  offer() {
    const offered = this.offered();
    for (const field of this.form.querySelectorAll("[name=level][type=radio]")) field.disabled = Number(field.value) > offered && !field.checked;
  }

  lower() {
    const offered = this.offered();
    const chosen = this.form.querySelector("[name=level][type=radio]:checked");
    if (!chosen || Number(chosen.value) <= offered || this.form.elements.external_source?.value) return;
    this.form.querySelector(`[name=level][value="${offered}"]`).checked = true;
    this.note = this.dataset.lowered.replace("{level}", offered);
  }

  insert(event) {
    const button = event.target.closest("[data-scaffold]");
    if (!button) return;
    event.preventDefault();
    const field = this.form.elements[button.dataset.scaffold];
    const before = field.value.trimEnd();
    field.value = before ? `${before}\n\n${button.dataset.text}` : button.dataset.text;
    const gap = field.value.indexOf("<<", before.length);
    field.focus();
    if (gap >= 0) field.setSelectionRange(gap, field.value.indexOf(">>", gap) + 2);
    this.typed();
  }

  /* --- keeping and sending --- */
  typed() {
    if (this.stored !== null && same(this.values(), this.stored)) {
      drafts.drop(this.dataset.key);
      return;
    }
    this.keep();
    if (this.conflicted) return;
    this.say("waiting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  keep() {
    drafts.keep(this.dataset.key, { base: this.base, values: this.values(), unanswered: this.unanswered });
  }

  /* Ctrl+S and Ctrl+Enter (⌘ on a Mac) press the button that the form names. */
  shortcut(event) {
    const isMeant = (event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter");
    if (!isMeant || !this.dataset.submit) return;
    event.preventDefault();
    this.form.requestSubmit(this.form.querySelector(`[name=intent][value="${this.dataset.submit}"]`));
  }

  /* Without a connection the browser would put its own page in the place of the form. */
  submitted(event) {
    clearTimeout(this.timer);
    if (navigator.onLine) { this.leaving = true; return; }
    event.preventDefault();
    this.say("unsent");
  }

  restore() {
    const draft = drafts.read(this.dataset.key);
    if (!draft || this.stored === null) return;
    const settled = draft.settled !== undefined && ("settled" in this.dataset || this.base > draft.settled);
    if (settled || same(draft.values, this.stored)) {
      drafts.drop(this.dataset.key);
      return;
    }
    this.base = draft.base;
    this.unanswered = draft.unanswered ?? [];
    this.form.elements.base_version.value = draft.base;
    this.fill(draft.values);
    this.note = this.dataset.restored;
    this.send();
  }

  async send() {
    clearTimeout(this.timer);
    if (this.conflicted) return;
    if (this.sending) { this.again = true; return; }
    const values = this.values();
    if (this.stored !== null && same(values, this.stored)) return;
    this.sending = true;
    this.unanswered = [...this.unanswered.filter((one) => !same(one, values)), values].slice(-5);
    this.keep();
    this.say("saving");
    try {
      const response = await this.post();
      await this.answered(response, values);
    } catch {
      this.say("offline");
      this.timer = setTimeout(() => this.send(), RETRY);
    } finally {
      this.sending = false;
      if (this.again) { this.again = false; this.send(); }
    }
  }

  async post(repeated = false) {
    const body = new URLSearchParams(new FormData(this.form));
    const response = await fetch(this.form.action, { method: "POST", body, redirect: "manual", headers: { "X-Autosave": "true" } });
    if (response.status !== 403 || repeated || !(await this.renew())) return response;
    return this.post(true);
  }

  /* After signing in again in another tab the form's token is old; the page has the new one. */
  async renew() {
    const page = await fetch(location.href, { redirect: "manual" });
    if (!page.ok) return false;
    const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("autosave-form [name=csrfmiddlewaretoken]");
    if (found) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = found.value;
    return Boolean(found);
  }

  async answered(response, sent) {
    if (response.status === 409) return this.contested(await response.json());
    if (response.type === "opaqueredirect" || response.status === 403 || response.status === 422) {
      this.unanswered = this.unanswered.filter((one) => !same(one, sent));
      this.keep();
    }
    if (response.type === "opaqueredirect" || response.status === 403) return this.say("signedOut");
    if (response.status === 422) {
      this.renewLive((await response.json()).live);
      return this.say("refused");
    }
    if (!response.ok) throw new Error(String(response.status));
    return this.saved(await response.json(), sent);
  }

  saved(answer, sent) {
    const now = this.values();
    let stored = sent;
    if (answer.merged) {
      const lost = Object.keys(sent).some((name) => !same(now[name], sent[name]) && !same(answer.merged[name], sent[name]));
      if (lost) { // typed on where somebody else's words came in: the server merges once more from the old base
        this.again = true;
        return;
      }
      stored = answer.merged;
      const merged = { ...answer.merged };
      for (const name of Object.keys(sent)) if (!same(now[name], sent[name])) merged[name] = now[name];
      this.fill(merged);
    }
    this.base = answer.version;
    this.form.elements.base_version.value = answer.version;
    this.stored = stored;
    this.unanswered = [];
    this.renewLive(answer.live);
    document.body.dispatchEvent(new CustomEvent("autosaved"));
    if (same(this.values(), stored)) {
      drafts.drop(this.dataset.key);
      this.say("saved", { time: answer.saved_at });
    } else {
      this.keep();
      this.again = true;
    }
  }

  /* What stands in the way may be one's own: it arrived, and the answer to it was lost. */
  contested(found) {
    if (!this.unanswered.some((one) => same(one, found.stored))) return this.conflict(found.changed_by);
    this.base = found.version;
    this.form.elements.base_version.value = found.version;
    this.stored = found.stored;
    this.unanswered = [];
    this.keep();
    this.again = true;
  }

  conflict(who) {
    this.conflicted = true;
    this.say("conflict", { who: who || this.dataset.somebody });
    const button = document.createElement("button");
    Object.assign(button, { type: "submit", className: "button", name: "intent", value: "save", textContent: this.dataset.both });
    this.line.append(" ", button);
  }

  renewLive(html) {
    if (html) document.getElementById("live").innerHTML = html;
  }

  say(what, parts = {}) {
    let text = this.dataset[what];
    for (const [name, value] of Object.entries(parts)) text = text.replace(`{${name}}`, value);
    const state = { signedOut: "refused" }[what] ?? what;
    this.line.dataset.state = state;
    this.line.textContent = this.note && what !== "waiting" && what !== "saving" ? `${text} ${this.note}` : text;
    if (what === "saved") this.note = "";
  }
}

/* The page that settles a conflict: once its form is stored, the draft has done its work. */
class MergeForm extends HTMLElement {
  connectedCallback() {
    this.querySelector("form").addEventListener("submit", () => {
      const draft = drafts.read(this.dataset.key);
      if (draft) drafts.keep(this.dataset.key, { ...draft, settled: Number(this.dataset.version) });
    });
  }
}

/* The answer cannot be written any more, but something typed here never arrived: it is shown, to be copied. */
class DraftShelf extends HTMLElement {
  connectedCallback() {
    const draft = drafts.read(this.dataset.key);
    if (!draft) return;
    const fields = [...this.querySelectorAll("[data-field]")];
    const unstored = fields.filter(({ dataset }) => (draft.values[dataset.field] ?? "") !== dataset.stored);
    if (!unstored.length) { drafts.drop(this.dataset.key); return; }
    for (const field of unstored) {
      field.value = draft.values[field.dataset.field];
      field.closest(".field").hidden = false;
    }
    this.querySelector("button").addEventListener("click", () => { drafts.drop(this.dataset.key); this.hidden = true; });
    this.hidden = false;
  }
}

customElements.define("autosave-form", AutosaveForm);
customElements.define("draft-shelf", DraftShelf);
customElements.define("merge-form", MergeForm);
