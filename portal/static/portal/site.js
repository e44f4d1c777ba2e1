// Improves, never needed: a print button, and copying a snippet (hidden where scripts are off); leaving a sensitive page without a trace.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
}
// Whoever sent a form with something wrong in it hears that first.
document.getElementById("errors")?.focus();
// A table answers in place: its form and its links fetch the same address, and that part of the page is exchanged.
const live = document.querySelector("[data-live]");
if (live) {
  const show = async (address, remember) => {
    const response = await fetch(address);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-live]");
    if (!fresh || document.querySelector("#errors") || page.querySelector("#errors")) return location.assign(address);
    const focused = document.activeElement.id;
    const open = Array.from(live.querySelectorAll("details"), (one) => one.open);
    if (remember) history.pushState(null, "", response.url);
    live.replaceChildren(...fresh.childNodes);
    document.querySelector(".languages")?.replaceWith(page.querySelector(".languages"));
    live.querySelectorAll("details").forEach((one, index) => (one.open ||= open[index]));
    (document.getElementById(focused) ?? live.querySelector(".table-scroll"))?.focus();
  };
  live.addEventListener("submit", (event) => {
    event.preventDefault();
    show(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`, true);
  });
  live.addEventListener("change", (event) => {
    if (event.target.type === "checkbox") event.target.form.requestSubmit();
  });
  live.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="?"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href, true);
  });
  addEventListener("popstate", () => show(location.href));
}

const exit = document.querySelector("[data-leave]");
if (exit) {
  let presses = [];
  const leave = (event) => {
    event?.preventDefault();
    document.documentElement.hidden = true;
    location.replace(exit.href);
  };
  exit.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? [...presses, event.timeStamp].slice(-3) : [];
    if (presses.length === 3 && presses[2] - presses[0] < 5000) leave();
  });
  // Steps of a journey take each other's place in the list of visited pages.
  for (const link of document.querySelectorAll('.journey a[href^="#"]'))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.replace(link.hash);
    });
}
