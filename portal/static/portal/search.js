// Titles while typing, and a count of what a question came to (see docs/reader.md). The form works without it.
const set = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};
for (const input of document.querySelectorAll(".search-form input")) {
  const list = set(document.createElement("ul"), { id: `${input.id}-titles`, role: "listbox", class: "suggestions", "aria-label": input.labels[0].textContent });
  list.hidden = true;
  input.form.append(list);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": list.id });
  let timer, asked, at;
  const mark = (place) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = place;
    input.removeAttribute("aria-activedescendant");
    if (at < 0) return;
    set(input, { "aria-activedescendant": list.children[at].id });
    set(list.children[at], { "aria-selected": true }).scrollIntoView({ block: "nearest" });
  };
  const show = (titles) => {
    mark(-1);
    list.replaceChildren(
      ...titles.map((one, place) => {
        const option = set(document.createElement("li"), { id: `${list.id}-${place}`, role: "option", lang: one.language, "aria-selected": false });
        option.dataset.url = one.url;
        option.textContent = one.title;
        return option;
      }),
    );
    list.hidden = !titles.length;
    set(input, { "aria-expanded": !list.hidden });
  };
  const stop = () => {
    clearTimeout(timer);
    asked?.abort();
    show([]);
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams({ q: input.value, language: document.documentElement.lang });
    const answer = await fetch(`/api/v1/search/suggestions/?${query}`, { signal: asked.signal }).catch(() => null);
    if (answer?.ok) show((await answer.json()).suggestions);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(input.value.trim() ? ask : stop, 200);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") mark(at + 1 < count ? at + 1 : -1);
    else if (event.key === "ArrowUp") mark(at < 0 ? count - 1 : at - 1);
    else if (event.key === "Escape") stop();
    else if (event.key === "Enter" && at >= 0) location.assign(list.children[at].dataset.url);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", stop);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => location.assign(event.target.dataset.url));
}
const found = document.querySelector("[data-outcome]");
if (found) {
  const tell = (more) => navigator.sendBeacon(found.dataset.outcome, new URLSearchParams({ stamp: found.dataset.stamp, ...more }));
  tell();
  const opened = (event) => {
    if (!event.target.closest(".result a")) return;
    found.removeEventListener("click", opened);
    tell({ clicked: 1 });
  };
  found.addEventListener("click", opened);
}
