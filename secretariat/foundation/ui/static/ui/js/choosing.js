// Rows that are ticked: a box in the head for the page, shift for a run of rows, and how many there are.
import { word } from "./words.js";

export function enhance(table) {
  const boxes = [...table.querySelectorAll("tbody input[name='row']")];
  const form = boxes.length && document.getElementById(boxes[0].getAttribute("form"));
  const place = table.querySelector("thead .tabular-tick");
  if (!form || !place) return;
  const whole = Object.assign(document.createElement("input"), { type: "checkbox" });
  whole.setAttribute("aria-label", place.textContent.trim());
  place.replaceChildren(whole);
  const told = form.insertBefore(document.createElement("span"), form.querySelector("label"));
  told.className = "tabular-chosen-count";
  told.setAttribute("role", "status");
  let last = null;
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    whole.checked = chosen === boxes.length;
    whole.indeterminate = chosen > 0 && !whole.checked;
    told.textContent = chosen ? word("chosen", { count: chosen }) : "";
  };
  whole.addEventListener("change", () => {
    for (const box of boxes) box.checked = whole.checked;
    count();
  });
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last && last !== box) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      count();
    });
  }
  count();
}
