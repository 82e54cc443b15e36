// A form that saves itself: some seconds after a change and on leaving a field. What cannot be sent stays on the device.
import { clock, word } from "./words.js";

export function enhance(form) {
  const state = form.querySelector("[data-autosave-state]") ?? form.appendChild(document.createElement("p"));
  state.setAttribute("role", "status");
  state.classList.add("save-state");
  const every = 1000 * (Number(form.dataset.autosaveEvery) || 5);
  const key = `draft:${location.pathname}:${form.id}`;
  let timer, held, sending = false, dirty = false, stopped = false, wait = every;

  const tell = (name, values, trouble = false) => {
    state.textContent = word(name, values);
    state.classList.toggle("save-state--trouble", trouble);
  };
  const typed = () => JSON.stringify([...new FormData(form)].filter(([name, value]) =>
    typeof value === "string" && name !== "csrfmiddlewaretoken"));
  const keep = () => { try { sessionStorage.setItem(key, typed()); } catch { /* full or refused */ } };
  const later = (after) => { clearTimeout(timer); timer = setTimeout(save, after); };

  async function save() {
    if (!dirty || sending || stopped) return;
    sending = true;
    dirty = false;
    tell("saving");
    try {
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: data, redirect: "manual", headers: { Accept: "application/json", "X-Autosave": "1" },
      });
      await settle(answer);
    } catch {
      dirty = true;
      keep();
      tell("offline", {}, true);
      wait = Math.min(60_000, wait * 2);
      later(wait);
    } finally {
      sending = false;
      if (held) held = form.requestSubmit(held.submitter);
      else if (dirty && !stopped && wait === every) later(every);
    }
  }

  async function settle(answer) {
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok) {
      wait = every;
      sessionStorage.removeItem(key);
      for (const [name, value] of Object.entries(told.fields ?? {})) if (form.elements[name]) form.elements[name].value = value;
      return tell("saved", { time: clock() });
    }
    keep();
    dirty = true;
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    stopped = true; // signed out, closed, or changed by somebody else: only the reader can go on
    tell(answer.status === 409 ? "conflict" : "refused", {}, true);
    if (told.message) state.textContent = told.message;
    form.dispatchEvent(new CustomEvent("autosave:stopped", { bubbles: true, detail: told }));
  }

  const changed = () => { dirty = true; keep(); if (!sending && wait === every) later(every); };
  for (const kind of ["input", "change"]) form.addEventListener(kind, changed);
  form.addEventListener("focusout", () => { if (wait === every) save(); });
  addEventListener("online", () => { wait = every; save(); });
  form.addEventListener("submit", (event) => {
    if (sending) { // what is being saved changes the version that the form must name: send it off after that
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { submitter: event.submitter };
      return;
    }
    stopped = true;
    dirty = false;
    sessionStorage.removeItem(key);
  }, { capture: true });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  restore(form, key, changed, () => tell("restored"));
}

function restore(form, key, changed, tell) {
  const kept = sessionStorage.getItem(key);
  if (!kept) return;
  for (const [name, value] of JSON.parse(kept)) {
    const control = form.elements[name];
    if (control && "value" in control && control.type !== "hidden" && control.type !== "checkbox") control.value = value;
  }
  changed();
  tell();
}
