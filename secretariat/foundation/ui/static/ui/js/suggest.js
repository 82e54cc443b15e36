// A box for a number or a name: what may be meant is listed below it while somebody writes (a combobox as ARIA has it).
const WAIT = 200;
let boxes = 0;

export function enhance(box) {
  const list = document.createElement("ul");
  list.id = `suggested-${++boxes}`;
  list.className = "suggested";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels?.[0]?.textContent.trim() ?? "");
  list.hidden = true;
  const place = document.createElement("span");
  place.className = "suggesting";
  box.replaceWith(place);
  place.append(box, list);
  const told = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(told)) box.setAttribute(name, value);

  let timer = 0, asking = null, at = -1;
  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const choose = (line) => {
    box.value = line.dataset.value;
    close();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const go = (step) => {
    const lines = [...list.children];
    at = (at + step + lines.length + (at < 0 && step < 0 ? 1 : 0)) % lines.length;
    lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
    lines[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", lines[at].id);
  };
  const show = ({ items, told }) => {
    list.replaceChildren(...items.map((item, place) => {
      const line = document.createElement("li");
      Object.assign(line, { id: `${list.id}-${place}`, role: "option" });
      line.dataset.value = `${item.number} ${item.name}`.trim();
      for (const part of ["number", "name", "about"]) {
        line.append(Object.assign(document.createElement("span"), { className: `suggested-${part}`, textContent: item[part] }), " ");
      }
      return line;
    }));
    close();
    if (!items.length || document.activeElement !== box) return;
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    box.setAttribute("aria-description", told);
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggests}?q=${encodeURIComponent(box.value)}`, { signal: asking.signal });
      if (answer.ok) show(await answer.json());
    } catch { /* no connection, or something newer was asked: the box takes what is written */ }
  };
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  box.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const line = event.target.closest("li");
    if (line) choose(line);
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden) return;
    if (step) go(step);
    else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
