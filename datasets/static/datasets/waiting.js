// While a file is worked on, its progress changes in place; when the work is done, the page is loaded anew.
(() => {
  const renew = async () => {
    const shown = document.getElementById("waiting");
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("waiting");
      if (!fresh) return location.reload();
      if (fresh.textContent !== shown.textContent) shown.replaceWith(fresh);
    } catch {
      // The connection is away for a moment: try again.
    }
    setTimeout(renew, 1500);
  };
  setTimeout(renew, 1500);
})();
