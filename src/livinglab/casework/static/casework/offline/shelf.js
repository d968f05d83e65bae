/* The shelf: everything that the page needs to open without a network, whole or not at all. */
const PARTS = "link[rel=stylesheet], link[rel=preload], link[rel=modulepreload], link[rel=icon], link[rel=manifest], script[src]";

/* Puts a page and its parts on a new shelf, and throws the older ones away once it is full. A page that answers with
   another one (the sign-in) is not put there. Resolves to whether there is a new shelf. */
export async function renew(path) {
  const prefix = `livinglab-counter:${path}:`;
  const before = (await caches.keys()).filter((name) => name.startsWith(prefix));
  const name = `${prefix}${Date.now()}`;
  try {
    const page = await fetched(path);
    const parts = new DOMParser().parseFromString(await page.clone().text(), "text/html").querySelectorAll(PARTS);
    const addresses = new Set([...parts].map((one) => new URL(one.getAttribute("href") ?? one.getAttribute("src"), location.href).pathname));
    const found = await Promise.all([...addresses].map(async (address) => [address, await fetched(address)]));
    const shelf = await caches.open(name);
    for (const [address, answer] of found) await shelf.put(address, answer);
    await shelf.put(path, page); // last: a shelf that was cut short has no page
  } catch {
    await caches.delete(name);
    return false;
  }
  await Promise.all(before.map((one) => caches.delete(one)));
  return true;
}

async function fetched(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/* Lets the browser open the page without a network from now on. */
export const watch = (path) => navigator.serviceWorker.register("/sw.js", { scope: path });
