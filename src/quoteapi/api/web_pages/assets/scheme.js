/** The scheme: light or dark as the system has it, until the reader switches. */

const KEPT = "quoteapi-scheme";

/** Makes a button the switch between light and dark; it says which of them it leads to. */
export function watchScheme(button) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  const tell = () => (button.textContent = `Switch to ${isDark() ? "light" : "dark"}`);
  if (kept()) root.dataset.scheme = kept();
  button.addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark";
    keep(root.dataset.scheme);
    tell();
  });
  system.addEventListener("change", tell);
  tell();
}

/** What was chosen on an earlier visit; browsers that keep nothing have nothing. */
function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(scheme) {
  try {
    localStorage.setItem(KEPT, scheme);
  } catch {
    // the choice holds until the page is left
  }
}
