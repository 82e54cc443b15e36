// The reader's own time beside a moment that is told in another zone: <span data-local-time data-local-zone data-local-words hidden>.
// English pages write days as the house does: 27 January 2027.
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

function told(at, timeZone) {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", hourCycle: "h23", timeZone }).format(at);
}

for (const place of document.querySelectorAll("[data-local-time]")) {
  const at = new Date(place.dataset.localTime);
  const here = told(at);
  // Who lives in one of the zones already told needs no third one.
  if ([place.dataset.localZone, "UTC"].some((zone) => told(at, zone) === here)) continue;
  place.textContent = ` · ${place.dataset.localWords.replace("%s", here)}`;
  place.hidden = false;
}
