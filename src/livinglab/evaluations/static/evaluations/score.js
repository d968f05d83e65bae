// Keeps what an assessor types in this browser until it is stored, and saves by Ctrl+S (⌘S) or Ctrl+Enter.
// The form works without it.

const FIELDS = ["level", "facts", "analysis", "justification"];

class ScoreForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.state = this.querySelector(".save-state");
    this.key = this.dataset.key;
    if (!this.form || !this.key) return;
    if (this.dataset.saved) this.forget();
    else if (this.dataset.fresh) this.restore();
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", () => { this.leaving = true; });
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() { document.removeEventListener("keydown", this); }

  handleEvent(event) {
    const isSave = (event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter");
    if (!isSave) return;
    event.preventDefault();
    this.form.requestSubmit(this.form.querySelector("[name=intent][value=save]"));
  }

  read() {
    const given = new FormData(this.form);
    return Object.fromEntries([...FIELDS, "mark"].map((name) => [name, given.get(name) ?? ""]));
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.read()));
      this.say(this.dataset.kept);
    } catch { /* a browser that keeps nothing still has the form */ }
  }

  restore() {
    const kept = this.kept();
    if (!kept) return;
    const now = this.read();
    if (FIELDS.every((name) => kept[name] === now[name])) { this.forget(); return; }
    for (const name of FIELDS) this.fill(name, kept[name]);
    this.form.elements.mark.value = kept.mark; // somebody's newer score is noticed when this is sent
    this.say(this.dataset.restored);
  }

  kept() {
    try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; }
  }

  fill(name, value) {
    const field = this.form.elements[name];
    if (!field) return;
    if (field instanceof RadioNodeList || field.type === "radio") {
      for (const one of this.form.querySelectorAll(`[name=${name}]`)) one.checked = one.value === value;
    } else field.value = value;
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ }
  }

  say(text) { if (this.state && text) this.state.textContent = text; }
}

customElements.define("score-form", ScoreForm);
