// The clock of who has the floor: data-clock="seconds so far", data-limit="seconds given", data-runs where time goes on.
const STEP = 1000; // ms
const begun = new WeakMap();

const words = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    if (!("runs" in clock.dataset)) continue;
    if (!begun.has(clock)) begun.set(clock, performance.now());
    const seconds = Number(clock.dataset.clock) + Math.round((performance.now() - begun.get(clock)) / STEP);
    const now = clock.querySelector("[data-clock-now]") ?? clock;
    now.textContent = words(seconds);
    clock.classList.toggle("is-over", seconds > Number(clock.dataset.limit));
  }
}

setInterval(tick, STEP);
tick();
