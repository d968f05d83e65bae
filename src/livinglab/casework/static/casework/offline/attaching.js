/* Files on a page of a form: chosen or taken by the camera, made smaller, looked at, kept at once, removed. */
import { saved, smallerPhoto, written } from "../shrink.js";
import { word } from "./words.js";

/* How content begins, and how the names of such files end; the server looks closer. */
const KINDS = [
  { kind: "image", type: "image/jpeg", begins: [0xff, 0xd8, 0xff], ends: ["jpg", "jpeg"] },
  { kind: "image", type: "image/png", begins: [0x89, 0x50, 0x4e, 0x47], ends: ["png"] },
  { kind: "pdf", type: "application/pdf", begins: [0x25, 0x50, 0x44, 0x46], ends: ["pdf"] },
];

export function attaching(desk, form, { current, problem }) {
  let working = Promise.resolve();

  form.addEventListener("change", ({ target }) => {
    if (target.type === "file" && target.files.length) working = working.then(() => choose(target, current()));
  });

  async function choose(input, { entry, service }) {
    const [file] = input.files;
    const field = service.fields[input.name];
    const told = input.parentElement.querySelector("output");
    const small = await smallerPhoto(file);
    const [found, wrong] = await looked(field, small ?? file);
    input.value = "";
    const fault = wrong || (await kept(entry, field, found));
    if (told) told.textContent = small && !fault ? saved(input, file, small) : "";
    problem(field.id, fault);
    draw();
  }

  /* "" once it is on the disk, otherwise what is said. */
  const kept = (entry, field, file) => desk.queue.attach(entry, field.id, file, `${file.name} (${written(file.size)})`).then(() => "", () => word("file-no-room"));

  /* Says under each file question what is attached, with a button that takes it away. */
  function draw() {
    const { entry } = current();
    for (const one of form.querySelectorAll(".attached")) one.remove();
    for (const input of form.querySelectorAll("input[type=file]")) {
      const file = entry.files?.[input.name];
      if (!file) continue;
      const [name] = entry.typed[input.name];
      const line = Object.assign(document.createElement("p"), { className: "attached" });
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: word("file-remove") });
      button.setAttribute("aria-label", `${word("file-remove")}: ${file.name}`);
      button.addEventListener("click", async () => {
        await desk.queue.attach(entry, input.name, null);
        problem(input.name, "");
        draw();
        input.focus();
      });
      line.append(Object.assign(document.createElement("span"), { textContent: word("file-attached", { name }) }), " ", button);
      input.closest(".field").append(line);
    }
  }

  return { draw, settled: () => working };
}

/* The file with a name that fits its content, or what is wrong with it. */
async function looked(field, file) {
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer().catch(() => new ArrayBuffer(0)));
  const found = KINDS.find(({ kind, begins }) => field.accept.includes(kind) && begins.every((byte, place) => head[place] === byte));
  if (!found) return [null, field.otherKind];
  if (file.size > field.most) return [null, field.tooLarge];
  const [, base, end = ""] = /^(.*?)(?:\.([^.]*))?$/s.exec(file.name);
  const name = found.ends.includes(end.toLowerCase()) ? file.name : `${base || "berkas"}.${found.ends[0]}`;
  return [new File([file], name, { type: found.type }), ""];
}
