/* Who may use the counter on this device, and the PIN that opens what they took. */
import * as store from "./store.js";
import { Files } from "./files.js";
import { Queue } from "./queue.js";
import { SHORTEST, isGuessed, made, opened, pause } from "./vault.js";
import { word } from "./words.js";

const ONE_WINDOW = "livinglab-counter-open";
const WAIT = 3000; // for a window that is just being closed, in milliseconds

export function doors(desk) {
  const { root, part } = desk;
  const idOf = (officer) => `${root.dataset.region}/${officer.id}`;
  let entered = () => {};

  /* Keeps for whoever is signed in which villages they work in and what is offered there. */
  async function refresh(pack) {
    const id = idOf(pack.officer);
    const known = await store.get(desk.db, "vaults", id);
    const { officer, villages, at, refusal } = pack;
    const vault = { ...known, id, region: root.dataset.region, officer, villages, at, refusal };
    await store.put(desk.db, "vaults", vault);
    if (desk.officer?.id === id) desk.officer = vault;
  }

  /* Shows the door that fits: a new PIN, the PIN, or what is missing. */
  async function open(pack, then) {
    entered = then;
    const here = (await store.all(desk.db, "vaults")).filter((one) => one.region === root.dataset.region);
    const own = pack && here.find((one) => one.id === idOf(pack.officer));
    if (own && !own.wrapped) return own.refusal && !own.villages.length ? refuse(own.refusal) : prepare(own);
    const locked = here.filter((one) => one.wrapped);
    if (!locked.length) return desk.show("first");
    return ask(locked, own ?? locked[0]);
  }

  function refuse(reason) {
    part("first-reason").textContent = reason;
    desk.show("first");
  }

  function prepare(vault) {
    part("setup-name").textContent = word("for", { name: vault.officer.name });
    desk.show("setup");
    part("setup-form").onsubmit = async (event) => {
      event.preventDefault();
      const { pin, again, lost } = event.target.elements;
      const wrong = problem(pin.value, again.value, lost.checked);
      said("setup-problem", wrong ? word(wrong, { limit: SHORTEST }) : "");
      if (wrong) return;
      const sealed = { ...await store.get(desk.db, "vaults", vault.id), ...await made(pin.value) };
      await store.put(desk.db, "vaults", sealed);
      await enter(sealed, await opened(sealed, pin.value), event.target);
    };
  }

  function problem(pin, again, knowsLoss) {
    if ([...pin].length < SHORTEST) return "pin-short";
    if (isGuessed(pin)) return "pin-guessed";
    if (pin !== again) return "pin-differs";
    return knowsLoss ? "" : "pin-loss";
  }

  function ask(vaults, first) {
    const choice = part("who");
    choice.replaceChildren(...vaults.map((one) => new Option(one.officer.name, one.id, false, one.id === first.id)));
    choice.closest(".field").hidden = vaults.length < 2;
    part("locked-name").textContent = vaults.length < 2 ? word("for", { name: first.officer.name }) : "";
    desk.show("locked");
    part("locked-form").onsubmit = (event) => {
      event.preventDefault();
      attempt(event.target, choice.value);
    };
    part("forget").onclick = () => forget(choice.value);
  }

  /* A try counts before it is made: who closes the page in between has tried too. */
  async function attempt(form, id) {
    const button = form.querySelector("[type=submit]");
    const field = form.elements["unlock-pin"];
    const vault = await store.get(desk.db, "vaults", id);
    const left = Math.ceil((vault.until - Date.now()) / 1000);
    if (left > 0) return said("locked-problem", word("pin-wait", { seconds: left }));
    const failed = vault.failed + 1;
    await store.put(desk.db, "vaults", { ...vault, failed, until: Date.now() + pause(failed) * 1000 });
    button.disabled = true;
    said("locked-problem", "");
    const key = await opened(vault, field.value);
    button.disabled = false;
    if (!key) {
      field.value = "";
      field.focus();
      const seconds = pause(failed);
      return said("locked-problem", seconds ? word("pin-wrong-wait", { seconds }) : word("pin-wrong"));
    }
    const open = { ...vault, failed: 0, until: 0 };
    await store.put(desk.db, "vaults", open);
    return enter(open, key, form);
  }

  async function forget(id) {
    if (!confirm(word("forget-sure"))) return;
    for (const row of await store.under(desk.db, "entries", "vault", id)) await store.drop(desk.db, "entries", row.place);
    for (const file of await store.keysUnder(desk.files, "files", "vault", id)) await store.drop(desk.files, "files", file);
    await store.drop(desk.db, "vaults", id);
    location.reload();
  }

  async function enter(vault, key, form) {
    if (!(await alone())) return said(form.id.replace(/^oc-(\w+)-form$/, "$1-problem"), word("other-window"));
    form.reset();
    desk.officer = vault;
    const files = new Files(desk.files, vault.id, key);
    desk.queue = new Queue(desk.db, vault.id, key, files);
    await files.sweep(await desk.queue.all()).catch(() => {}); // the next time
    await entered();
  }

  /* One window at a time has the counter open: two would type over each other. */
  const alone = () => new Promise((resolve) => {
    const how = { signal: AbortSignal.timeout(WAIT) };
    navigator.locks.request(ONE_WINDOW, how, () => { resolve(true); return new Promise(() => {}); }).catch(() => resolve(false));
  });

  function said(name, text) {
    part(name).textContent = text;
    part(name).hidden = !text;
  }

  return { open, refresh };
}
