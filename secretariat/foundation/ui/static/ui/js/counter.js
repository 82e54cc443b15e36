// Counts what is typed against the limit of its field; read aloud only near the end and beyond it.
import { word } from "./words.js";

export function enhance(line) {
  const control = document.getElementById(line.dataset.counts);
  const limit = Number(control?.dataset.limit);
  if (!limit) return;
  const count = () => {
    // As the server counts: code points, and a line end as one sign of two.
    const length = [...control.value.replace(/\r?\n/g, "\r\n")].length;
    const over = length > limit;
    line.textContent = word(over ? "over" : "counted", { count: length, limit, over: length - limit });
    line.classList.toggle("field-limit--over", over);
    if (length > 0.9 * limit) line.setAttribute("role", "status");
    else line.removeAttribute("role");
  };
  control.addEventListener("input", count);
  count();
}
