/* Files that answer questions, sealed one by one beside the applications; an application names them by their ids. */
import * as store from "./store.js";
import { sealedBytes, unsealedBytes } from "./vault.js";

export class Files {
  constructor(db, vault, key) {
    Object.assign(this, { db, vault, key });
  }

  /* Resolves to the file's id once it is on the disk. */
  async keep(entry, file) {
    const id = crypto.randomUUID();
    const row = await sealedBytes(this.key, this.name(entry, id), await file.arrayBuffer());
    return store.put(this.db, "files", { id, vault: this.vault, ...row });
  }

  async content(entry, { id, type }) {
    const row = await store.get(this.db, "files", id);
    return new Blob([await unsealedBytes(this.key, this.name(entry, id), row)], { type });
  }

  async drop(ids) {
    for (const id of ids) await store.drop(this.db, "files", id);
  }

  /* Drops what no application names: a device that stopped between a file and its application leaves such a one. */
  async sweep(entries) {
    if (entries.some(({ state }) => state === "unreadable")) return; // what it names cannot be known
    const named = new Set(entries.flatMap(ids));
    await this.drop((await store.keysUnder(this.db, "files", "vault", this.vault)).filter((id) => !named.has(id)));
  }

  name(entry, id) { return `${this.vault}/${entry.id}/${id}`; }
}

/* The ids of the files that an application names. */
export const ids = (entry) => Object.values(entry.files ?? {}).filter(Boolean).map(({ id }) => id);
