import { word } from "./words.js";

/* The way to the server. What happens is said by one word: ok, signed-out, forbidden, unreachable; of an application also
   sent or refused. */

const PATIENCE = 8000; // for the forms: who waits at the counter goes on with those that are kept
const PATIENCE_SENDING = 30000; // in milliseconds
const PATIENCE_FILE = 300000; // 2 MB over a network of 64 kbit/s

async function asked(address, patience, how = {}) {
  if (!navigator.onLine) return { state: "unreachable" };
  let answer;
  try {
    answer = await fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(patience), ...how });
  } catch {
    return { state: "unreachable" };
  }
  if (answer.type === "opaqueredirect") return { state: "signed-out" };
  if (answer.status === 403) return { state: "forbidden" };
  const isRefused = answer.status >= 400 && answer.status < 500; // too large, say: sending it again changes nothing
  const said = await answer.json().catch(() => (isRefused ? {} : null));
  return said ? { state: "ok", status: answer.status, said } : { state: "unreachable" }; // a hotspot's page in the way
}

/* The forms with who is signed in and the token that writing needs. */
export async function forms(address) {
  const found = await asked(address, PATIENCE);
  return found.state === "ok" && found.status !== 200 ? { state: "unreachable" } : found;
}

/* Sends the files of an application that are not there yet; who breaks off goes on with the next one. What is refused is
   collected, so that the answers go on to the server all the same. */
async function sendFiles(queue, { files: address, csrf }, entry) {
  const problems = [];
  for (const [question, one] of Object.entries(entry.files ?? {})) {
    if (!one || one.sent) continue;
    const content = await queue.files.content(entry, one).catch(() => null);
    if (!content) {
      problems.push([question, word("file-gone")]);
      continue;
    }
    const body = new FormData();
    for (const name of ["token", "version", "village", "taken_at"]) body.append(name, entry[name]);
    body.append("question", question);
    body.append("file", content, one.name);
    const found = await asked(address, PATIENCE_FILE, { method: "POST", body, headers: { "X-CSRFToken": csrf } });
    if (found.state !== "ok") return found;
    if (found.status === 200 && "sha256" in found.said) {
      one.sent = found.said.sha256;
      await queue.keep(entry);
    } else if (found.said.reason) return { state: "refused", kept: { problems: [], reason: found.said.reason } };
    else if (found.status >= 400 && found.status < 500) problems.push(...(found.said.problems ?? [[question, word("file-refused")]]));
    else return { state: "unreachable" };
  }
  return { state: "ok", problems };
}

/* What an application says of its files: the hash that the server gave, "" for one that it does not have, null for one
   that was taken away. */
const named = (entry) => Object.fromEntries(Object.entries(entry.files ?? {}).map(([question, one]) => [question, one && (one.sent ?? "")]));

async function sendOne(queue, how, entry) {
  const before = await sendFiles(queue, how, entry);
  if (before.state !== "ok") return before;
  const found = await sendAnswers(how, entry);
  const lost = (found.missing ?? []).filter((question) => entry.files?.[question]?.sent);
  for (const question of lost) delete entry.files[question].sent; // the server forgot its form after a month, say
  if (lost.length) return { state: "again" };
  const refused = before.problems.map(([question]) => question);
  if (found.state === "refused" && refused.length) found.kept.problems = [...before.problems, ...found.kept.problems.filter(([question]) => !refused.includes(question))];
  return found;
}

async function sendAnswers({ address, csrf }, entry) {
  const { token, version, village, taken_at, typed } = entry;
  const body = JSON.stringify({ token, version, village, taken_at, typed, files: named(entry) });
  const found = await asked(address, PATIENCE_SENDING, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } });
  if (found.state !== "ok") return found;
  const { number, address: at, problems = [], reason = "", missing = [] } = found.said;
  if (found.status === 200 && number) return { state: "sent", kept: { number, address: at, problems: [], reason: "" } };
  if (found.status === 422) return { state: "refused", missing, kept: { problems, reason: "", address: at ?? "" } };
  if (found.status >= 400 && found.status < 500) return { state: "refused", kept: { problems: [], reason } };
  return { state: "unreachable" };
}

/* Sends what is ready, one after the other in its order, from one window at a time. Each answer is kept before the next
   one is sent; who does not hear an answer sends the same again, and the server knows it by its token. Resolves to the
   word that stopped it, or "ok". */
export function sendAll(queue, { told, ...how }) {
  return navigator.locks.request("livinglab-counter-sending", async () => {
    for (const one of await queue.all()) {
      const entry = await queue.now(one); // while others were sent it may have been opened, corrected or deleted
      if (entry?.state !== "ready") continue;
      queue.leaving = entry.id; // nobody changes it meanwhile
      told(entry);
      const found = await sendOne(queue, how, entry).then((end) => (end.state === "again" ? sendOne(queue, how, entry) : end)).finally(() => { queue.leaving = ""; });
      if (!found.kept) return found.state === "again" ? "unreachable" : found.state;
      if (found.state === "sent") await queue.sent(entry, { ...found.kept, state: "sent" });
      else await queue.keep(Object.assign(entry, found.kept, { state: found.state }));
      told(entry);
    }
    return "ok";
  });
}
