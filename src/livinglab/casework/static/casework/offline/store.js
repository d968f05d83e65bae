/* IndexedDB as promises. What is written has reached the disk ("strict") when the promise resolves. */
const NAME = "livinglab-counter";
const VERSION = 1;
/* A database of its own: scripts that a device put on its shelf before there were files still open the other one. */
const FILES = "livinglab-counter-files";

export function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("vaults", { keyPath: "id" });
      request.result.createObjectStore("forms", { keyPath: "id" });
      request.result.createObjectStore("entries", { keyPath: "place", autoIncrement: true }).createIndex("vault", "vault");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export function openFiles() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(FILES, VERSION);
    request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "id" }).createIndex("vault", "vault");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const answered = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export const get = (db, store, key) => answered(db.transaction(store).objectStore(store).get(key));
export const all = (db, store) => answered(db.transaction(store).objectStore(store).getAll());
export const keysUnder = (db, store, index, value) => answered(db.transaction(store).objectStore(store).index(index).getAllKeys(value));
export const under = (db, store, index, value) => answered(db.transaction(store).objectStore(store).index(index).getAll(value));

function written(db, store, act) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, "readwrite", { durability: "strict" });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/* Resolves to the key of what was written. */
export const put = (db, store, value) => written(db, store, (one) => one.put(value));
export const drop = (db, store, key) => written(db, store, (one) => one.delete(key));
