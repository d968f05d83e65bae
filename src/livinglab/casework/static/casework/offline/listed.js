/* What is on this device: what is being typed, what waits to be sent, what came back, what was sent. */
import { printed, slipNumber } from "./slip.js";
import { moment, word } from "./words.js";

export function listed(desk, { edit, send }) {
  const { part } = desk;
  part("send").addEventListener("click", () => send());
  part("clear").addEventListener("click", async () => {
    for (const one of await desk.queue.all()) if (one.state === "sent") await desk.queue.drop(one);
    await draw();
  });

  async function draw() {
    const entries = await desk.queue.all();
    const waiting = entries.filter(({ state }) => state === "ready").length;
    part("count").textContent = waiting ? word("waiting", { number: waiting }) : word("nothing-waits");
    part("send").disabled = !waiting;
    part("clear").hidden = !entries.some(({ state }) => state === "sent");
    part("entries").replaceChildren(...entries.map(line));
  }

  function line(entry) {
    const item = document.createElement("li");
    item.dataset.state = entry.state;
    if (entry.state === "unreadable") {
      item.append(Object.assign(document.createElement("b"), { textContent: slipNumber(entry) }), ` · ${word("unreadable")}`);
      return item;
    }
    const name = entry.label || slipNumber(entry);
    item.append(Object.assign(document.createElement("b"), { textContent: name }), ` · ${entry.service} · ${moment(entry.taken_at)}`);
    item.append(Object.assign(document.createElement("p"), { textContent: word(desk.queue.leaving === entry.id ? "is-leaving" : `is-${entry.state}`, { number: entry.number }) }));
    if (entry.state === "refused") item.append(...returned(entry));
    const buttons = Object.assign(document.createElement("p"), { className: "buttons" });
    buttons.append(...acts(entry, name));
    item.append(buttons);
    return item;
  }

  /* Why it came back, and what to do. */
  function returned(entry) {
    if (entry.reason) return [Object.assign(document.createElement("p"), { className: "notice warning", textContent: `${entry.reason} ${word("reason-what")}` })];
    const list = document.createElement("ul");
    list.append(...entry.problems.map(([name, text]) => Object.assign(document.createElement("li"), { textContent: entry.files?.[name] ? `${entry.files[name].name}: ${text}` : text })));
    const what = Object.assign(document.createElement("p"), { textContent: word("problems-what") });
    if (entry.address) what.append(" ", Object.assign(document.createElement("a"), { href: `${entry.address}form/`, textContent: word("go-on-there") }));
    return [list, what];
  }

  function acts(entry, name) {
    const act = (text, run, kind = "quiet") => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: `button ${kind}`, textContent: word(text) });
      button.setAttribute("aria-label", `${word(text)}: ${name}`);
      button.addEventListener("click", run);
      return button;
    };
    const drop = act("delete", async () => {
      if (!confirm(word("delete-sure", { name }))) return;
      await desk.queue.drop(entry);
      await draw();
    }, "grave");
    const again = act("again", async () => {
      await desk.queue.keep(Object.assign(entry, { state: "ready", reason: "", problems: [] }));
      await send();
    });
    const slip = act("slip", () => printed(desk, entry));
    const change = act(entry.state === "typing" ? "go-on" : "correct", () => edit(entry));
    switch (entry.state) {
      case "sent": return [slip];
      case "ready": return desk.queue.leaving === entry.id ? [slip] : [slip, change, drop];
      case "refused": return [change, again, slip, drop];
      default: return [change, drop];
    }
  }

  return { draw };
}
