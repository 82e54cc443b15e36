// What scripts say, in the reader's language: the template "words" of the page carries it as attributes.
const kept = document.getElementById("words")?.dataset ?? {};

export function word(name, values = {}) {
  return (kept[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export function clock(date = new Date()) {
  return date.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function size(bytes) {
  const units = ["B", "KiB", "MiB", "GiB"];
  const step = bytes > 0 ? Math.min(3, Math.floor(Math.log2(bytes) / 10)) : 0;
  const number = (bytes / 1024 ** step).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${number} ${units[step]}`;
}

// Says something in passing: read aloud, and seen for a few seconds.
export function announce(text) {
  const region = document.getElementById("announcements");
  if (!region || !text) return;
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = text;
  region.append(toast);
  setTimeout(() => toast.remove(), 6000);
}
