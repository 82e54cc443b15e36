// A button that copies: data-copy is the text, or "#id" of the element whose text or value is copied.
import { announce, word } from "./words.js";

export function enhance(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const asked = button.dataset.copy;
    const source = asked.startsWith("#") ? document.getElementById(asked.slice(1)) : null;
    await navigator.clipboard.writeText(source ? (source.value ?? source.textContent).trim() : asked);
    announce(word("copied"));
  });
}
