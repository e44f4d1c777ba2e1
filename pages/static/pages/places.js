// Corrects "open now" by the clock, and sorts places by their distance from this device. The position is sent nowhere.
const tell = () => {
  const now = Date.now() / 1000;
  for (const badge of document.querySelectorAll("[data-coming]")) {
    const span = JSON.parse(badge.dataset.coming).find(([, end]) => end > now);
    if (!span) continue;
    const open = span[0] <= now;
    badge.textContent = span[open ? 2 : 3];
    badge.classList.toggle("good", open);
  }
};
tell();
setInterval(tell, 30000);

const radians = (degrees) => (degrees * Math.PI) / 180;
const kilometres = (place, here) => {
  const { latitude, longitude } = place.dataset;
  if (!latitude) return Infinity;
  const north = radians(latitude - here.latitude) / 2;
  const east = radians(longitude - here.longitude) / 2;
  return 12742 * Math.asin(Math.hypot(Math.sin(north), Math.sqrt(Math.cos(radians(latitude)) * Math.cos(radians(here.latitude))) * Math.sin(east)));
};
for (const button of navigator.geolocation ? document.querySelectorAll("[data-near]") : []) {
  const said = button.parentElement.querySelector("[role=status]");
  const list = document.getElementById(button.dataset.near);
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = button.dataset.wait;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const far = [...list.children].map((place) => [kilometres(place, coords), place]);
        far.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
        for (const [distance, place] of far) {
          const line = place.querySelector("[data-distance]");
          line.hidden = distance === Infinity;
          line.textContent = line.dataset.distance.replace("%s", distance.toFixed(1));
          list.append(place);
        }
        document.getElementById("near-what")?.remove();
        said.textContent = button.dataset.done;
      },
      () => (said.textContent = button.dataset.failed),
      { maximumAge: 60000, timeout: 20000 },
    );
  });
}
