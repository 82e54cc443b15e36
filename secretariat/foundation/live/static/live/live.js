// Live updates. An element says data-live="desk call:…"; when one of its channels rings it gets the event "live",
// which htmx takes for a trigger: hx-get="…" hx-trigger="live". One stream serves the whole page. Where no stream
// can be had, the elements are refreshed slowly instead.
const CALM = 1000; // ms: several rings at once refresh an element once
const BUSY = 5000; // ms: what somebody works in is left alone so long
const POLL = 60_000;
const LONGEST = 60_000;

let source = null;
let heard = ""; // the channels of the open stream
let last = ""; // the number of the last event, to come back with
let wait = 1000;
let again = 0;
const waking = new WeakMap();

const elements = () => [...document.querySelectorAll("[data-live]")];
const channelsOf = (element) => element.dataset.live.split(/\s+/).filter(Boolean);
const wanted = () => [...new Set(elements().flatMap(channelsOf))].sort().join(",");

function wake(element, within, detail = {}) {
  if (waking.has(element)) return;
  const tell = () => {
    if (element.contains(document.activeElement)) return waking.set(element, setTimeout(tell, BUSY));
    waking.delete(element);
    element.dispatchEvent(new CustomEvent("live", { detail }));
  };
  waking.set(element, setTimeout(tell, within));
}

// A reload reaches every page at once: they ask for their parts spread over some seconds.
const wakeAll = () => elements().forEach((element) => wake(element, Math.random() * 3000));

function close() {
  clearTimeout(again);
  source?.close();
  source = null;
}

function retry() {
  close();
  again = setTimeout(connect, wait * (0.5 + Math.random()));
  wait = Math.min(wait * 2, LONGEST);
}

function listen({ url, ticket }) {
  const address = new URL(url, location.href);
  address.searchParams.set("ticket", ticket);
  if (last) address.searchParams.set("last", last);
  source = new EventSource(address);
  const on = (name, act) => source.addEventListener(name, (event) => {
    [last, wait] = [event.lastEventId || last, 1000];
    act(event);
  });
  on("hello", () => {});
  on("rung", (event) => {
    const detail = JSON.parse(event.data);
    elements().filter((e) => channelsOf(e).includes(detail.channel)).forEach((e) => wake(e, CALM, detail));
  });
  on("reload", wakeAll);
  on("renew", () => { close(); connect(); });
  source.onerror = () => retry(); // with a new ticket: the old one may be what was wrong
}

async function connect() {
  close();
  heard = wanted();
  if (!heard || document.hidden || !window.EventSource) return;
  try {
    const answer = await fetch(`/live/?channels=${encodeURIComponent(heard)}`, { cache: "no-store" });
    if (answer.status === 404) return; // nothing here for this reader to hear
    listen(await answer.json());
  } catch {
    retry();
  }
}

document.addEventListener("visibilitychange", () => (document.hidden ? close() : connect()));
document.addEventListener("htmx:load", () => { if (wanted() !== heard) connect(); });
setInterval(() => { if (source?.readyState !== 1 && !document.hidden) wakeAll(); }, POLL);
connect();
