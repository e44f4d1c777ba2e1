// Saves a page with what it needs on this device when the reader asks, says how old the copy is, and lists what is saved.
const SAVED = "saved";
const words = document.querySelector("[data-keep]")?.dataset;
const { lang, dataset: page } = document.documentElement;
// Ours, because browsers are often built without Khmer.
const MONTHS = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ".split(" ");
const age = (text) => {
  const day = new Date(text);
  const days = Math.floor((Date.now() - day) / 864e5);
  const time = day.toTimeString().slice(0, 5);
  if (lang === "km") return `${day.getDate()} ${MONTHS[day.getMonth()]} ${day.getFullYear()} ${time} (${days > 0 ? `${days} ថ្ងៃមុន` : "ថ្ងៃនេះ"})`;
  const date = new Intl.DateTimeFormat(lang, { dateStyle: "long" }).format(day);
  return `${date} ${time} (${new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(-days, "day")})`;
};
const say = (text) => document.querySelectorAll("[data-keep-said]").forEach((line) => (line.textContent = text));

const keep = async (path) => {
  const answer = await fetch(path, { cache: "no-cache" });
  if (!answer.ok || answer.headers.get("cache-control")?.includes("no-store")) throw new Error(path);
  const saved = await caches.open(SAVED);
  const html = await answer.clone().text();
  const parts = [...html.matchAll(/(?:href|src)="(\/(?:static|media|chart)\/[^"\s]+)"/g)].map((found) => found[1]);
  const fonts = performance.getEntriesByType("resource").map((one) => one.name);
  await saved.addAll([...new Set([...parts, ...fonts.filter((name) => name.endsWith(".woff2"))])]);
  await saved.put(path, answer);
};
const everything = async () => {
  await navigator.serviceWorker.register("/service-worker.js");
  await keep(location.pathname);
  await Promise.all(["km", "en", "zh-hans"].map((language) => keep(`/${language}/saved/`)));
  navigator.storage?.persist?.();
};
const forget = async (path) => {
  const saved = await caches.open(SAVED);
  await saved.delete(path);
  if ((await pages(saved)).length) return;
  await caches.delete(SAVED);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
};
const pages = async (saved) => {
  const paths = (await saved.keys()).map((request) => new URL(request.url).pathname);
  return paths.filter((path) => !/^\/(static|media|chart)\/|^\/[a-z-]+\/saved\/$/.test(path));
};
const list = document.querySelector("[data-saved-list]");
const show = async () => {
  const saved = await caches.open(SAVED);
  const found = await pages(saved);
  document.querySelector("[data-saved-none]").hidden = found.length > 0;
  if (!found.length) await forget("");
  list.replaceChildren();
  for (const path of found) {
    const answer = await saved.match(path);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const item = list.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("h2")).appendChild(document.createElement("a"));
    Object.assign(link, { href: path, lang: read.documentElement.lang, textContent: read.querySelector("h1")?.textContent ?? read.title });
    const row = item.appendChild(Object.assign(document.createElement("p"), { className: "row" }));
    row.append(Object.assign(document.createElement("span"), { className: "meta", textContent: list.dataset.age.replace("%s", age(answer.headers.get("date"))) }));
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button secondary", textContent: list.dataset.remove });
    button.setAttribute("aria-label", `${list.dataset.remove}: ${link.textContent}`);
    button.addEventListener("click", async () => {
      await forget(path);
      await show();
      document.querySelector("h1").focus();
    });
    row.append(button);
  }
};

if (page.saved) {
  // Opened without a network.
  const notice = document.querySelector("[data-offline]");
  notice.hidden = false;
  notice.firstElementChild.textContent = (list ? notice.dataset.none : notice.dataset.aged).replace("%s", age(page.saved));
}
if (window.caches && navigator.serviceWorker) {
  if (list) show();
  else if (words) {
    const buttons = document.querySelectorAll("[data-keep]");
    const label = (kept) => buttons.forEach((button) => ((button.hidden = false), (button.textContent = kept ? words.remove : words.save)));
    let kept = (await caches.has(SAVED)) && (await (await caches.open(SAVED)).match(location.pathname));
    label(kept);
    // A saved page that is read again is saved anew, as it is now.
    if (kept && !page.saved && !location.search) keep(location.pathname).catch(() => {});
    for (const button of buttons)
      button.addEventListener("click", async () => {
        say(words.wait);
        try {
          await (kept ? forget(location.pathname) : everything());
          kept = !kept;
          say(kept ? words.done : words.removed);
        } catch {
          say(words.failed);
        }
        label(kept);
      });
  }
}
for (const button of navigator.share ? document.querySelectorAll("[data-share]") : []) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}));
}
