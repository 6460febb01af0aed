// Settings: how this browser likes the page: light or dark, 24-hour clock or not.

const read = (key, otherwise) => {
  try {
    return localStorage.getItem(key) ?? otherwise;
  } catch {
    return otherwise;
  }
};
const write = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    /* A private window forgets; nothing is lost. */
  }
};

export const hour24 = () => read("hour24", "yes") === "yes";
export const setHour24 = (on) => write("hour24", on ? "yes" : "no");

const system = matchMedia("(prefers-color-scheme: dark)");

/** Without a choice of its own the page follows the system, also when that changes at dusk. */
export function applyTheme(theme = read("theme", "")) {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  root.toggleAttribute("data-dark", isDark());
  system.onchange = () => root.toggleAttribute("data-dark", isDark());
}

export const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

export function toggleTheme() {
  const theme = isDark() ? "light" : "dark";
  write("theme", theme);
  applyTheme(theme);
}
