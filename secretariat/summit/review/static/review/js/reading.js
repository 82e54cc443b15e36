// Keys while reading: a number scores the criterion at hand and goes on to the next one; n and p change the item.
const form = document.querySelector("form[data-reading]");
const written = (target) => target.matches?.("textarea, select, input:not([type=radio])");
const free = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector("dialog[open]");

const criteria = form ? [...form.querySelectorAll("[data-criterion]")] : [];
const scored = (criterion) => criterion.querySelector("input:checked");

function current(target) {
  return target.closest?.("[data-criterion], [data-sure]") ?? criteria.find((criterion) => !scored(criterion)) ?? criteria.at(-1);
}

function mark(criterion) {
  for (const each of criteria) each.toggleAttribute("data-current", each === criterion);
}

function score(event) {
  const criterion = current(event.target);
  // 0 stands for the ten of a scale that ends there.
  const value = event.key === "0" && !criterion.querySelector('input[value="0"]') ? "10" : event.key;
  const radio = criterion.querySelector(`input[value="${value}"]`);
  if (!radio) return;
  event.preventDefault();
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  // How sure she is stands after the criteria, and is no stop on the way through them.
  const next = criteria.includes(criterion) ? criteria[criteria.indexOf(criterion) + 1] : undefined;
  const goal = next ? scored(next) ?? next.querySelector("input") : form.querySelector("textarea");
  goal.focus();
  mark(next);
}

document.addEventListener("keydown", (event) => {
  if (!free(event) || written(event.target)) return;
  if (form && /^\d$/.test(event.key)) score(event);
  else if (event.target.matches?.("input[type=radio]")) document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`)?.click();
});
form?.addEventListener("focusin", (event) => mark(event.target.closest("[data-criterion]")));
