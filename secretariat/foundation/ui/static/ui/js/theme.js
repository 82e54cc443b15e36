// Before the first paint: the reader's choice of light or dark. Runs as a plain script in the head, so nothing flashes.
(() => {
  const asked = document.currentScript.dataset.theme;
  let kept = "";
  try {
    kept = localStorage.getItem("theme") ?? "";
  } catch { /* storage is refused: the device decides */ }
  const theme = asked || kept;
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  document.documentElement.classList.add("scripted");
})();
