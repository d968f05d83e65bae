/* Applications on this device, in the order in which they were taken; sealed one by one. */
import * as store from "./store.js";
import { sealed, unsealed } from "./vault.js";

export class Queue {
  constructor(db, vault, key) {
    Object.assign(this, { db, vault, key, writing: Promise.resolve() });
  }

  /* What cannot be read any more (its row was changed from outside) is listed, and never sent. */
  async all() {
    const rows = await store.under(this.db, "entries", "vault", this.vault);
    return Promise.all(rows.map(async (row) => {
      try {
        return { ...await unsealed(this.key, this.name(row.id), row), id: row.id, place: row.place };
      } catch {
        return { id: row.id, place: row.place, state: "unreadable" };
      }
    }));
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
  }

  name(id) { return `${this.vault}/${id}`; }
}
