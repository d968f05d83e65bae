/* Answers for the page of the offline counter from what the page has put on its shelf (shelf.js): first from there, so
   that a network that is there but does not answer stops nobody; the page renews the shelf by itself. Registered for that
   page alone: nothing else of the site passes through here. */
const PREFIX = `livinglab-counter:${new URL(self.registration.scope).pathname}:`;
const KEPT = ["style", "script", "font", "image", "manifest"];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || (request.mode !== "navigate" && !KEPT.includes(request.destination))) return;
  event.respondWith(kept(request).then((found) => found ?? fetch(request)));
});

async function kept(request) {
  const newest = (await caches.keys()).filter((name) => name.startsWith(PREFIX)).sort().at(-1);
  if (!newest) return undefined;
  const shelf = await caches.open(newest);
  return shelf.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
}
