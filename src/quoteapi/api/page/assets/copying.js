/** Copying: texts to the clipboard and to files. Formats other than JSON are the server's own, asked for by `Accept`. */

import { byId, element, fill } from "./dom.js";
import { ADDRESS, hasKey, post } from "./request.js";
import { languages, snippet } from "./snippets.js";

const FORMATS = { JSON: "application/json", CSV: "text/csv", Markdown: "text/markdown", "JSON-LD": "application/ld+json" };

/** Offers the copies of a request's answer. `tell` says what was done, `fail` shows a Problem and how to try again. */
export function offerCopies(box, request, answer, { tell, fail }) {
  const written = (accept) => (accept === FORMATS.JSON ? Promise.resolve(JSON.stringify(answer, null, 2)) : post(request, { accept }));
  const button = (label, act) => {
    const made = element("button", { type: "button" }, label);
    const attempt = async () => {
      try {
        tell(await act());
      } catch (error) {
        if (error.title === undefined) throw error;
        fail(error, attempt);
      }
    };
    made.addEventListener("click", attempt);
    return made;
  };
  fill(box,
    ...Object.entries(FORMATS).map(([name, accept]) => button(`Copy ${name}`, () => copied(written(accept), name))),
    button("Download HTML", async () => downloaded(await post(request, { accept: "text/html" }), "quotes.html", "text/html")),
  );
}

/** Offers the request as code, one language at a time. */
export function offerSnippets(box, request, { tell }) {
  const code = element("pre", { tabindex: 0, role: "region", "aria-label": "Code" });
  let chosen = languages[0];
  const choose = (language) => {
    chosen = language;
    code.textContent = snippet(language, request, ADDRESS, hasKey());
  };
  const choices = languages.map((language) => {
    const radio = element("input", { type: "radio", name: "language", checked: language === chosen });
    radio.addEventListener("change", () => choose(language));
    return element("label", {}, radio, ` ${language}`);
  });
  const copy = element("button", { type: "button" }, "Copy the code");
  copy.addEventListener("click", async () => tell(await copied(Promise.resolve(code.textContent), chosen)));
  fill(box, element("div", { class: "actions" }, element("fieldset", { class: "options" }, element("legend", {}, "Language"), ...choices), copy), code);
  choose(chosen);
}

/**
 * Copies a text that may still be on its way, and says so.
 *
 * The promise is given to the clipboard itself, so that the click counts even where the text takes long. Without a clipboard (a page
 * that is not served over HTTPS has none), the text is shown to copy by hand.
 */
async function copied(promise, name) {
  const taken = clipboardTakes(promise);
  const text = await promise; // a Problem is thrown here
  if (await taken) return `${name} copied.`;
  byHand(text, name);
  return `${name} is shown to be copied by hand.`;
}

async function clipboardTakes(promise) {
  const blob = promise.then((text) => new Blob([text], { type: "text/plain" }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return false;
  }
}

function byHand(text, name) {
  const dialog = byId("fallback");
  const area = element("textarea", { readonly: true, rows: 12, "aria-label": name });
  area.value = text;
  const close = element("button", { type: "button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  fill(dialog, element("h2", { id: "fallback-title" }, `Copy the ${name} from here`),
    element("p", {}, "The browser keeps the clipboard from pages that are not served over HTTPS."), area, element("div", { class: "actions" }, close));
  dialog.showModal();
  area.select();
}

function downloaded(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = element("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // after any browser has taken it
  return `${name} downloaded.`;
}
