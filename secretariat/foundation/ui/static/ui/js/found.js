// What is found below a box while somebody writes: arrows go through the lines, Escape puts them away.
export function enhance(form) {
  const box = form.querySelector("input");
  const place = form.querySelector("[data-found-lines]");
  form.addEventListener("keydown", (event) => {
    const lines = [...place.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && place.childElementCount) {
      event.preventDefault();
      place.replaceChildren();
      box.focus();
    } else if (step && lines.length) {
      event.preventDefault();
      const stops = [box, ...lines];
      const at = stops.indexOf(document.activeElement);
      stops[(at + step + stops.length) % stops.length].focus();
    }
  });
}
