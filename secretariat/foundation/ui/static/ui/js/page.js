// What a page marks with an attribute gets its behaviour from a module of that name, fetched only where it is needed.
const PARTS = {
  "[data-autosave]": "./autosave.js",
  "[data-choosing]": "./choosing.js",
  "[data-closes], [data-opens], dialog[data-dialog]": "./dialog.js",
  "form[data-confirm]": "./confirm.js",
  "[data-copy]": "./copy.js",
  "[data-counts]": "./counter.js",
  "[data-focus]": "./focus.js",
  "form[data-finds]": "./found.js",
  "[data-keys]": "./keys.js",
  "input[data-suggests]": "./suggest.js",
  "[data-menu]": "./menu.js",
  "[data-switches-theme]": "./themes.js",
  "input[data-upload]": "./upload.js",
};
const seen = new WeakMap();

async function give(root, selector, address) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  if (!found.length) return;
  const part = await import(address);
  for (const element of found) {
    const done = seen.get(element) ?? new Set();
    if (done.has(selector)) continue;
    seen.set(element, done.add(selector));
    part.enhance(element);
  }
}

const enhance = (root) => Promise.all(Object.entries(PARTS).map(([selector, address]) => give(root, selector, address)));

enhance(document.documentElement).then(() => { document.documentElement.dataset.enhanced = ""; });
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));
