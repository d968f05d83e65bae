/* The page of the offline counter: which part of it is shown, and what its buttons do. */
import { doors } from "./doors.js";
import { taking } from "./taking.js";
import { listed } from "./listed.js";
import * as shelf from "./shelf.js";
import * as store from "./store.js";
import { forms as fetchForms, sendAll } from "./sending.js";
import { moment, word } from "./words.js";

const IDLE = 600000; // ten minutes without a touch: the page forgets the key
const root = document.getElementById("oc");
const part = (name) => document.getElementById(`oc-${name}`);

/* What the parts of the page share. `officer`: whose vault is open, with what they offer; `queue`: what they took. */
const desk = {
  root, part, db: null, files: null, officer: null, queue: null,
  show(name) {
    for (const one of root.querySelectorAll("[data-part]")) one.hidden = one.id !== `oc-${name}`;
    scrollTo(0, 0);
    part(name).querySelector("h2").focus();
  },
  note(name, said = {}) {
    part("note").replaceChildren(...(name ? [Object.assign(document.createElement("p"), { className: "notice warning", textContent: word(name, said) })] : []));
    if (name === "signed-out") part("note").firstChild.append(" ", Object.assign(document.createElement("a"), { href: root.dataset.signIn, textContent: word("sign-in") }));
  },
  async form(version) {
    const { lang } = document.documentElement;
    const other = lang === "id" ? "en" : "id";
    return await store.get(this.db, "forms", `${version}/${lang}`) ?? store.get(this.db, "forms", `${version}/${other}`);
  },
};

const AGAIN = 60_000; // in milliseconds: what waits is tried again

async function start() {
  if (!isSecureContext || !("indexedDB" in window) || !navigator.serviceWorker || !crypto.subtle || !navigator.locks) return desk.show("unable");
  desk.db = await store.open();
  desk.files = await store.openFiles();
  addEventListener("unhandledrejection", () => desk.note("not-kept")); // a full disk: nothing is confirmed before
  navigator.storage?.persist?.(); // asked, never waited for: the browser may want to know whether somebody comes back
  const { open, refresh } = doors(desk);
  const list = listed(desk, { edit: (entry) => application.edit(entry), send });
  const application = taking(desk, { done: () => home() });

  async function home() {
    await list.draw();
    application.offer();
    desk.show("home");
  }

  async function send() {
    const found = await fresh();
    if (found.state !== "ok") return;
    if (found.pack.officer.id !== desk.officer.officer.id) return desk.note("other-officer", { name: desk.officer.officer.name });
    const end = await sendAll(desk.queue, { address: root.dataset.send, files: root.dataset.file, csrf: found.pack.csrf, told: () => list.draw() });
    desk.note(end === "ok" ? "" : end);
    await list.draw();
  }

  /* Asks the server for the forms and for who is signed in; what stands in the way is said. */
  async function fresh() {
    const found = await fetchForms(root.dataset.forms);
    if (found.state === "ok") {
      const other = await fetchForms(root.dataset.otherForms);
      if (other.state === "ok") await keepForms(other.said, root.dataset.otherLanguage);
      await keepForms(found.said, document.documentElement.lang);
      await refresh(found.said); // last: what is offered here can be filled in
    }
    desk.note({ "signed-out": "signed-out", forbidden: "forbidden" }[found.state] ?? "");
    online(found.state !== "unreachable");
    return { state: found.state, pack: found.said };
  }

  async function keepForms(pack, language) {
    for (const one of pack.forms) await store.put(desk.db, "forms", { ...one, id: `${one.version}/${language}`, sentences: pack.sentences });
  }

  function online(isOnline) {
    part("state").textContent = isOnline ? word("online") : word("offline");
    if (desk.officer?.at) part("as-of").textContent = word("as-of", { moment: moment(desk.officer.at) });
  }

  const found = await fresh();
  if (found.state !== "unreachable") renewShelves();
  addEventListener("online", () => (desk.queue ? send() : fresh()));
  addEventListener("offline", () => online(false));
  setInterval(async () => {
    if (desk.queue && (await desk.queue.all()).some((one) => one.state === "ready")) send();
  }, AGAIN); // not every browser says that there is a network again
  await open(found.pack, async () => {
    online(found.state === "ok");
    stayAwake();
    await home();
  });
  root.dataset.ready = "yes";
}

async function renewShelves() {
  const paths = [root.dataset.here, root.dataset.otherHere];
  const kept = await Promise.all(paths.map((path) => shelf.renew(path)));
  await Promise.all(paths.map((path) => shelf.watch(path).catch(() => null)));
  if (kept[0]) {
    await navigator.serviceWorker.ready;
    root.dataset.kept = "yes";
    part("kept").textContent = word("kept");
  }
}

function stayAwake() {
  let timer;
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.reload(), IDLE);
  };
  for (const what of ["pointerdown", "keydown", "input"]) addEventListener(what, touched);
  part("lock").addEventListener("click", () => location.reload());
  touched();
}

start();
