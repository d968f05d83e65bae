/* Applications on this device, in the order in which they were taken; sealed one by one. */
import * as store from "./store.js";
import { ids } from "./files.js";
import { sealed, unsealed } from "./vault.js";

export class Queue {
  constructor(db, vault, key, files) {
    Object.assign(this, { db, vault, key, files, writing: Promise.resolve(), leaving: "" });
  }

  /* What cannot be read any more (its row was changed from outside) is listed, and never sent. */
  async all() {
    const rows = await store.under(this.db, "entries", "vault", this.vault);
    return Promise.all(rows.map((row) => this.read(row)));
  }

  /* An application as it stands now, null for one that was deleted. */
  async now({ place }) {
    await this.writing.catch(() => {});
    const row = await store.get(this.db, "entries", place);
    return row ? this.read(row) : null;
  }

  async read(row) {
    try {
      return { ...await unsealed(this.key, this.name(row.id), row), id: row.id, place: row.place };
    } catch {
      return { id: row.id, place: row.place, state: "unreadable" };
    }
  }

  /* Resolves when the entry is on the disk; writes follow each other in the order of their calls. */
  keep(entry) {
    const { place, id, ...said } = structuredClone(entry);
    this.writing = this.writing.catch(() => {}).then(async () => {
      const row = { id, vault: this.vault, ...await sealed(this.key, this.name(id), said) };
      const known = entry.place ?? place;
      entry.place = await store.put(this.db, "entries", known === undefined ? row : { ...row, place: known });
    });
    return this.writing;
  }

  async drop(entry) {
    await this.writing.catch(() => {});
    await store.drop(this.db, "entries", entry.place);
    await this.files.drop(ids(entry));
  }

  /* Keeps a file as the answer to a question, `text` as what people read of it; null takes it away. What was there goes
     once the application is on the disk without it. Where there is no room, nothing changes. */
  async attach(entry, question, file, text = "") {
    const before = { files: entry.files ?? {}, typed: entry.typed };
    const id = file && (await this.files.keep(entry, file));
    entry.files = { ...before.files, [question]: file && { id, name: file.name, type: file.type, size: file.size } };
    entry.typed = { ...before.typed, [question]: file ? [text] : [] };
    try {
      await this.keep(entry);
    } catch (error) {
      Object.assign(entry, before);
      if (id) await this.files.drop([id]).catch(() => {});
      throw error;
    }
    if (before.files[question]) await this.files.drop([before.files[question].id]);
  }

  /* Keeps an application that was sent, without what it held. */
  async sent(entry, kept) {
    const held = ids(entry);
    await this.keep(Object.assign(entry, kept, { typed: {}, files: {} }));
    await this.files.drop(held);
  }

  name(id) { return `${this.vault}/${id}`; }
}
