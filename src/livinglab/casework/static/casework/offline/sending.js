/* The way to the server. What happens is said by one word: ok, signed-out, forbidden, unreachable; of an application also
   sent or refused. */

const PATIENCE = 8000; // for the forms: who waits at the counter goes on with those that are kept
const PATIENCE_SENDING = 30000; // in milliseconds

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

async function sendOne(address, csrf, entry) {
  const { token, version, village, taken_at, typed } = entry;
  const body = JSON.stringify({ token, version, village, taken_at, typed });
  const found = await asked(address, PATIENCE_SENDING, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } });
  if (found.state !== "ok") return found;
  const { number, address: at, problems = [], reason = "" } = found.said;
  if (found.status === 200 && number) return { state: "sent", kept: { number, address: at, typed: {}, problems: [], reason: "" } };
  if (found.status === 422) return { state: "refused", kept: { problems, reason: "", address: at ?? "" } };
  if (found.status >= 400 && found.status < 500) return { state: "refused", kept: { problems: [], reason } };
  return { state: "unreachable" };
}

/* Sends what is ready, one after the other in its order, from one window at a time. Each answer is kept before the next
   one is sent; who does not hear an answer sends the same again, and the server knows it by its token. Resolves to the
   word that stopped it, or "ok". */
export function sendAll(queue, { address, csrf, told }) {
  return navigator.locks.request("livinglab-counter-sending", async () => {
    for (const entry of await queue.all()) {
      if (entry.state !== "ready") continue;
      const found = await sendOne(address, csrf, entry);
      if (!found.kept) return found.state;
      await queue.keep(Object.assign(entry, found.kept, { state: found.state }));
      told(entry);
    }
    return "ok";
  });
}
