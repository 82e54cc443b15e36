// Keys of the page: whatever has data-key="x" is clicked or focused by x; "?" opens the dialog that lists them.
// Said twice, the page's own meaning holds before the masthead's, which stands above it.
const keyed = () => new Map([...document.querySelectorAll("[data-key]")].map((each) => [each.dataset.key, each]));
const TYPED = "input, textarea, select, [contenteditable]";

export function enhance(dialog) {
  const list = dialog.querySelector("[data-keys-list]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPED)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      fill(list);
      dialog.showModal();
      return;
    }
    const target = keyed().get(event.key);
    if (!target || target.disabled) return;
    event.preventDefault();
    if (target.matches(TYPED)) target.focus();
    else target.click();
  });
}

function fill(list) {
  for (const old of list.querySelectorAll("[data-found]")) old.remove();
  for (const target of keyed().values()) {
    const row = document.createElement("div");
    row.dataset.found = "";
    const key = document.createElement("kbd");
    key.textContent = target.dataset.key;
    const term = document.createElement("dt");
    term.append(key);
    const meaning = document.createElement("dd");
    meaning.textContent = target.dataset.keyLabel || target.getAttribute("aria-label") || target.textContent.trim();
    row.append(term, meaning);
    list.append(row);
  }
}
