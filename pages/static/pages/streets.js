// A map with streets for whoever presses the button: before that neither Leaflet nor a tile is asked for.
const styles = (href) =>
  new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: reject }));
  });
const link = ({ name, url }) => Object.assign(document.createElement("a"), { href: url, textContent: name });
const show = (box, frame) => {
  const { L } = window;
  const { tiles, attribution, label, closer, further, failed } = box.dataset;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moves = { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still };
  const map = L.map(frame, { zoomControl: false, ...moves });
  L.control.zoom({ zoomInTitle: closer, zoomOutTitle: further }).addTo(map);
  map.attributionControl.setPrefix(false);
  frame.role = "group";
  frame.ariaLabel = label;
  // The site's name alone: many tile servers refuse requests that do not say where they come from.
  const pictures = L.tileLayer(tiles, { attribution, maxZoom: 19, referrerPolicy: "strict-origin" });
  pictures.once("tileerror", () => (box.querySelector("[role=status]").textContent = failed));
  const icon = L.divIcon({ className: "pin", iconSize: [32, 32] });
  const found = L.geoJSON(JSON.parse(box.dataset.features), {
    style: { className: "area" },
    pointToLayer: ({ properties }, at) => L.marker(at, { icon, title: properties.name }),
    onEachFeature: ({ properties }, one) => {
      if (!properties.url) return;
      one.bindPopup(link(properties), { closeButton: false });
      one.on("popupopen", () => one.getPopup().getContent().focus());
      one.on("popupclose", () => one.getElement()?.focus());
    },
  });
  map.fitBounds(found.getBounds(), { maxZoom: 15, padding: [32, 32], animate: false });
  pictures.addTo(map);
  found.addTo(map);
  frame.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
    if (event.key === " " && event.target.matches(".pin")) {
      event.preventDefault();
      found.eachLayer((one) => one.getElement() === event.target && one.openPopup());
    }
  });
};
for (const box of document.querySelectorAll("[data-tiles]")) {
  const button = box.querySelector("button");
  const said = box.querySelector("[role=status]");
  box.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = box.dataset.wait;
    button.disabled = true;
    try {
      await Promise.all([import(box.dataset.script), ...box.dataset.styles.split(" ").map(styles)]);
    } catch {
      said.textContent = box.dataset.failed;
      button.disabled = false;
      return;
    }
    said.textContent = "";
    const frame = Object.assign(document.createElement("div"), { className: "streets" });
    button.parentElement.nextElementSibling.remove(); // who would see the request: it has been made
    button.parentElement.replaceWith(frame);
    show(box, frame);
    frame.focus();
  });
}
