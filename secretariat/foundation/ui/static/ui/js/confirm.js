// Asks before a form goes out that has data-confirm="…". Without scripts the form goes at once; what cannot be undone
// has a page or a dialog of its own.
import { word } from "./words.js";

export function enhance(form) {
  let agreed = false;
  form.addEventListener("submit", (event) => {
    if (agreed) return;
    event.preventDefault();
    ask(form.dataset.confirm, event.submitter).then((yes) => {
      if (!yes) return;
      agreed = true;
      form.requestSubmit(event.submitter);
    });
  });
}

function ask(question, submitter) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const text = document.createElement("p");
  text.textContent = question;
  text.id = "confirm-question";
  dialog.setAttribute("aria-labelledby", text.id);
  const yes = button("button button--main", submitter?.textContent.trim() || word("yes"), "yes");
  const no = button("button button--quiet", word("cancel"), "");
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "form";
  const row = document.createElement("p");
  row.className = "form-buttons";
  row.append(yes, no);
  form.append(text, row);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    submitter?.focus();
    resolve(dialog.returnValue === "yes");
  }));
}

function button(look, text, value) {
  const element = document.createElement("button");
  Object.assign(element, { className: look, textContent: text, value });
  return element;
}
