// A form with a file is sent with a bar that shows how much has gone; without this script the browser sends it by itself.
(() => {
  const form = document.querySelector("form[enctype]");
  const bar = document.getElementById("sending");
  if (!form || !bar) return;
  form.addEventListener("submit", (event) => {
    if (!form.querySelector("input[type=file]")?.files.length) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    bar.hidden = false;
    request.upload.addEventListener("progress", (sent) => {
      const percent = sent.lengthComputable ? Math.floor((100 * sent.loaded) / sent.total) : 0;
      bar.querySelector("progress").value = percent;
      bar.querySelector("output").textContent = `${percent} %`;
    });
    request.addEventListener("load", () => {
      if (request.status < 400 && request.responseURL !== location.href) return location.assign(request.responseURL);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", () => {
      button.disabled = false;
      bar.querySelector("output").textContent = bar.dataset.failed;
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
})();
