// Hands out what the reader saved where the network does not answer. It saves nothing by itself: portal/static/portal/keep.js does, when asked.
const SAVED = "saved";
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// The saved copy, marked with its day; without one, the list of what is saved, in the language of the address.
const copy = async (url) => {
  const saved = await caches.open(SAVED);
  const [, language] = new URL(url).pathname.split("/");
  const page = (await saved.match(url)) ?? (await saved.match(`/${language}/saved/`)) ?? (await saved.match("/km/saved/"));
  if (!page) return Response.error();
  const html = (await page.text()).replace("<html ", `<html data-saved="${page.headers.get("date")}" `);
  return new Response(html, { headers: page.headers });
};
// A page that is gone, or has become sensitive since, does not stay on the device.
const seen = async (answer) => {
  const gone = answer.status === 404 || answer.status === 410 || answer.headers.get("cache-control")?.includes("no-store");
  if (gone) await (await caches.open(SAVED)).delete(answer.url);
  return answer;
};
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith("/admin/")) return;
  const kept = () => caches.match(request, { ignoreVary: true });
  if (request.mode === "navigate") event.respondWith(fetch(request, { cache: "no-cache" }).then(seen, () => copy(request.url)));
  else if (pathname.startsWith("/static/")) event.respondWith(kept().then((found) => found ?? fetch(request)));
  else if (!pathname.startsWith("/api/")) event.respondWith(fetch(request).catch(async () => (await kept()) ?? Response.error()));
});
