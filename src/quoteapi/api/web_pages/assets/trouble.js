/** Trouble: a problem shown as what it says, with the control that helps: another try, the same in another way, or a field for the key. */

import { element, fill } from "./dom.js";
import { hasKey, useKey } from "./request.js";

const UNAUTHORIZED = 401;
/** Problems whose remedy is a change of the request: what this page says in place of their detail, and what its button changes. */
const REMEDIES = {
  "/problems/unsupported-language": {
    detail: "The text does not look like English, and English is the only language that this service reads.",
    label: "Read it as English anyway",
    change: { language: "en" },
  },
  "/problems/unsupported-include": {
    detail: "The model on this server does not find paraphrases.",
    label: "Read it without paraphrases",
    change: { without: "indirect" },
  },
};
let ticking = 0;

/** Takes away whatever is shown. */
export function forget(box) {
  clearInterval(ticking);
  box.hidden = true;
  fill(box);
}

/** What the reader is told of a problem, or of one of its errors: here, a remedy has words of its own. */
export const wordsOf = (problem, error = problem) => REMEDIES[problem.type]?.detail ?? error.detail;

/**
 * Shows a Problem; `retry` sends the request again, with a change where the problem's remedy is one.
 *
 * `places` are fields (an id and a name) at which errors are told, by the pointers of these: the box leads there.
 */
export function showTrouble(box, problem, retry, places = new Map()) {
  forget(box);
  const again = (change) => {
    forget(box);
    retry(change);
  };
  const remedy = REMEDIES[problem.type];
  const more = remedy ? [] : problem.errors.filter(({ detail }) => detail !== problem.detail);
  fill(box,
    element("h2", {}, problem.title),
    element("p", {}, wordsOf(problem), problem.status === UNAUTHORIZED && hasKey() && " The key that was given is not valid."),
    ...more.filter(({ pointer }) => !places.has(pointer)).map(({ pointer, detail }) => element("p", {}, element("code", {}, pointer), ` ${detail}`)),
    places.size > 0 && element("p", {}, "Look at: ", ...[...places.values()].flatMap(({ id, name }, index) => [index ? ", " : "", element("a", { href: `#${id}` }, name)])),
    remedy ? remedyButton(remedy, again) : problem.status === UNAUTHORIZED ? keyForm(again) : retryButton(problem.retryAfter, again),
    problem.type?.startsWith("/problems/") && element("p", { class: "hint" }, element("a", { href: `.${problem.type}` }, "What this problem means")),
  );
  box.hidden = false;
  box.querySelector("input")?.focus();
}

/** A button that sends the request again, changed. */
function remedyButton({ label, change }, again) {
  const button = element("button", { type: "button", class: "primary" }, label);
  button.addEventListener("click", () => again(change));
  return button;
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
  button.addEventListener("click", () => again());
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
