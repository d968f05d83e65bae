/* What an officer takes is sealed with a key that only their PIN opens. The key itself is random (AES-GCM, 256 bits);
   kept is only its form wrapped by a key derived from the PIN. */

/* OWASP, Password Storage Cheat Sheet: PBKDF2 with HMAC-SHA-256, 600,000 iterations. */
export const ITERATIONS = 600000;
export const SHORTEST = 6;
const FREE_TRIES = 3;
const FIRST_PAUSE = 5; // seconds
const LONGEST_PAUSE = 900;
const AES = { name: "AES-GCM", length: 256 };

const bytes = (text) => new TextEncoder().encode(text);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

async function derived(pin, { salt, iterations }) {
  const material = await crypto.subtle.importKey("raw", bytes(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, material, AES, false, ["wrapKey", "unwrapKey"]);
}

/* What is kept of a new vault. */
export async function made(pin, iterations = ITERATIONS) {
  const vault = { salt: random(16), iterations, iv: random(12), failed: 0, until: 0 };
  const key = await crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", key, await derived(pin, vault), { name: "AES-GCM", iv: vault.iv });
  return { ...vault, wrapped };
}

/* The key of a vault, null for a wrong PIN. Nobody can read the key out of the page. */
export async function opened(vault, pin) {
  try {
    const how = { name: "AES-GCM", iv: vault.iv };
    return await crypto.subtle.unwrapKey("raw", vault.wrapped, await derived(pin, vault), how, AES, false, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

/* `name` is sealed in with the content: a row that is put in another's place does not open. */
export async function sealedBytes(key, name, content) {
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: bytes(name) };
  return { iv, sealed: await crypto.subtle.encrypt(how, key, content) };
}

export const unsealedBytes = (key, name, { iv, sealed: content }) => crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes(name) }, key, content);

export const sealed = (key, name, value) => sealedBytes(key, name, bytes(JSON.stringify(value)));
export const unsealed = async (key, name, row) => JSON.parse(new TextDecoder().decode(await unsealedBytes(key, name, row)));

/* For how many seconds nobody may try after so many wrong PINs. */
export const pause = (failed) => (failed < FREE_TRIES ? 0 : Math.min(FIRST_PAUSE * 2 ** (failed - FREE_TRIES), LONGEST_PAUSE));

/* Whether a PIN is among the first that anybody tries: one sign repeated, or a run such as 123456. */
export function isGuessed(pin) {
  const steps = new Set([...pin].slice(1).map((sign, place) => sign.codePointAt(0) - pin.codePointAt(place)));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]);
}

/* 256 random bits as URL-safe text: the secret address of an application. */
export const token = () => btoa(String.fromCharCode(...random(32))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
