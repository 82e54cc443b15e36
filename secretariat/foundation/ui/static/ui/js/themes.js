// The choice between light, dark and what the device says; kept on this device.
export function enhance(group) {
  group.hidden = false;
  const buttons = [...group.querySelectorAll("[data-theme-choice]")];
  const kept = () => { try { return localStorage.getItem("theme") ?? ""; } catch { return ""; } };
  const show = (choice) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const choice = button.dataset.themeChoice;
      try { localStorage.setItem("theme", choice); } catch { /* for this page only */ }
      if (choice) document.documentElement.dataset.theme = choice;
      else delete document.documentElement.dataset.theme;
      show(choice);
    });
  }
  show(kept());
}
