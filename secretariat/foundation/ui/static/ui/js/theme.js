// Before the first paint: the reader's choice of light or dark. A plain script in the head, so that nothing flashes.
(() => {
  const page = document.documentElement;
  page.classList.add("scripted");
  if (page.dataset.theme) return; // the address asked for one
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "light" || kept === "dark") page.dataset.theme = kept;
  } catch { /* storage is refused: the device decides */ }
})();
