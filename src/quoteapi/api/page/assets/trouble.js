/** Trouble: a problem shown as what it says, with a button to try again when that may help, or a field for the key that is missing. */

import { element } from "./dom.js";
import { hasKey, useKey } from "./request.js";

const UNAUTHORIZED = 401;
let ticking = 0;

/** Takes away whatever is shown. */
export function forget(box) {
  clearInterval(ticking);
  box.hidden = true;
  box.replaceChildren();
}

/** Shows a Problem; `retry` sends the request again. */
export function showTrouble(box, problem, retry) {
  forget(box);
  const again = () => {
    forget(box);
    retry();
  };
  const rest = problem.status === UNAUTHORIZED ? keyForm(again) : retryButton(problem.retryAfter, again);
  box.append(
    element("h2", {}, problem.title),
    element("p", {}, problem.status === UNAUTHORIZED && hasKey() ? `${problem.detail} The key that was given is not taken.` : problem.detail),
    ...problem.errors.map(({ pointer, detail }) => element("p", {}, element("code", {}, pointer), ` ${detail}`)),
    rest ?? "",
    problem.type?.startsWith("/problems/") ? element("p", { class: "hint" }, element("a", { href: `.${problem.type}` }, "What this problem means")) : "",
  );
  box.hidden = false;
  box.querySelector("input")?.focus();
}

/** A button that is there at once and works when the server said it would; null where trying again does not help. */
function retryButton(seconds, again) {
  if (seconds === null) return null;
  const button = element("button", { type: "button", class: "primary" });
  const end = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `Try again in ${left} s` : "Try again";
    if (left <= 0) clearInterval(ticking);
  };
  ticking = setInterval(tick, 250);
  tick();
  button.addEventListener("click", again);
  return button;
}

function keyForm(again) {
  const field = element("input", { type: "password", id: "key", autocomplete: "off", required: true, pattern: "[\\x21-\\x7e]+", "aria-describedby": "key-hint" });
  const form = element("form", { class: "key" },
    element("label", { for: "key" }, "API key"), field, element("button", { type: "submit", class: "primary" }, "Use this key"),
    element("p", { class: "hint", id: "key-hint" }, "Kept in this page’s memory alone: it is gone when you leave or reload."));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    useKey(field.value);
    again();
  });
  return form;
}
