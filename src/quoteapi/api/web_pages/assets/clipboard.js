/** The clipboard, and files to save: the two ways of taking a text along. */

import { byId, element, fill } from "./dom.js";

/**
 * Copies a text that may still be on its way, and says so.
 *
 * The promise is given to the clipboard itself, so that the click counts even where the text takes long. Without a clipboard (a page
 * that is not served over HTTPS has none), the text is shown to copy by hand.
 */
export async function copied(promise, name) {
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

/** Saves a text as a file, and says so. */
export function downloaded(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = element("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // after any browser has taken it
  return `${name} downloaded.`;
}
