// A file in pieces, resumed where it stopped. Without scripts the file input sends the file with its form.
import { size, word } from "./words.js";

export function enhance(input) {
  const box = input.closest("[data-upload-box]");
  const part = (name) => box.querySelector(`[data-upload-${name}]`);
  let running = null;
  input.addEventListener("change", () => {
    running?.abort();
    const file = input.files[0];
    part("file").value = "";
    part("state").hidden = !file;
    if (!file) return;
    running = new AbortController();
    part("name").textContent = file.name;
    send(input, file, part, running.signal).catch((trouble) => {
      if (trouble.name !== "AbortError") part("words").textContent = trouble.message || word("uploadStopped");
    });
  });
  part("stop").addEventListener("click", () => {
    running?.abort();
    input.value = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

async function send(input, file, part, signal) {
  const token = input.form.elements.csrfmiddlewaretoken.value;
  const call = (address, options) => attempt(address, { ...options, signal, headers: { "X-CSRFToken": token, Accept: "application/json", ...options.headers } }, part);
  const about = new URLSearchParams({ name: file.name, size: file.size, modified: file.lastModified });
  let upload = await call(input.dataset.upload, { method: "POST", body: about }); // the same file goes on where it stopped
  while (upload.received < file.size) {
    const end = Math.min(file.size, upload.received + upload.piece);
    upload = await call(upload.path, {
      method: "PUT", body: file.slice(upload.received, end),
      headers: { "Content-Range": `bytes ${upload.received}-${end - 1}/${file.size}`, "Content-Type": "application/octet-stream" },
    });
    part("bar").max = file.size;
    part("bar").value = upload.received;
    part("words").textContent = word("uploaded", { done: size(upload.received), total: size(file.size) });
  }
  const sha256 = crypto.subtle ? hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())) : "";
  const kept = await call(upload.path, { method: "POST", body: new URLSearchParams({ sha256 }) });
  part("file").value = kept.file;
  part("words").textContent = word("uploadDone", { total: size(file.size) });
  input.value = "";
  part("file").dispatchEvent(new Event("change", { bubbles: true }));
}

// Tries again with growing pauses while the network or the server is away; a refusal ends it with the server's words.
async function attempt(address, options, part) {
  for (let pause = 1000; ; pause = Math.min(30_000, 2 * pause)) {
    const answer = await fetch(address, options).catch((trouble) => { if (trouble.name === "AbortError") throw trouble; });
    const told = answer?.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer?.ok || (answer?.status === 409 && "received" in told)) return told;
    if (answer && answer.status < 500 && answer.status !== 429) throw new Error(told.message ?? word("uploadStopped"));
    part("words").textContent = word("uploadWaits");
    await new Promise((resolve) => setTimeout(resolve, pause));
    options.signal.throwIfAborted();
  }
}

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
