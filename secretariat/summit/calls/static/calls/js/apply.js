// The long form, made easier where scripts run: a search among names of places, and rows added in place.

for (const box of document.querySelectorAll("[data-places]")) {
  const search = box.querySelector("[data-places-search]");
  const chosen = box.querySelector("[data-places-chosen]");
  const places = [...box.querySelectorAll(".place")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  search.parentElement.hidden = false;
  search.addEventListener("input", (event) => {
    event.stopPropagation(); // looking for a name is no change of the draft
    const wanted = plain(search.value.trim());
    for (const place of places) place.hidden = !plain(place.textContent).includes(wanted);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // one name is left: it is meant
    const left = places.filter((place) => !place.hidden);
    if (left.length === 1) left[0].querySelector("input").click();
  });
  box.addEventListener("change", () => {
    const names = places.filter((place) => place.querySelector("input").checked).map((place) => place.textContent.trim());
    chosen.textContent = names.join("; ") || chosen.dataset.none;
  });
}

for (const people of document.querySelectorAll("[data-rows]")) {
  const total = people.querySelector("input[name$='-TOTAL_FORMS']");
  people.querySelector("[data-rows-add]")?.addEventListener("click", (event) => {
    const rows = people.querySelectorAll("[data-row]");
    if (rows.length >= 20) return;
    event.preventDefault();
    const copy = rows[rows.length - 1].cloneNode(true);
    const from = `-${rows.length - 1}-`, to = `-${rows.length}-`;
    for (const part of copy.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replaceAll(from, to));
      }
      if ("value" in part) part.value = "";
    }
    rows[rows.length - 1].after(copy);
    total.value = rows.length + 1;
    copy.querySelector("input").focus();
  });
}
