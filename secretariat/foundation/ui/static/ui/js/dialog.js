// Opens and closes dialogs. Without scripts a link to the dialog shows it (dialog.css), so both ways stay open.
export function enhance(element) {
  if (element.dataset.opens) {
    element.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById(element.dataset.opens)?.showModal();
    });
  }
  if ("closes" in element.dataset) {
    element.addEventListener("click", (event) => {
      event.preventDefault();
      const dialog = element.closest("dialog");
      if (dialog?.open) dialog.close();
      else history.replaceState(null, "", location.pathname + location.search);
    });
  }
  if (element.localName === "dialog") {
    element.addEventListener("click", (event) => { if (event.target === element) element.close(); });
    if (location.hash === `#${element.id}` || element.querySelector(".form-errors")) element.showModal();
  }
}
