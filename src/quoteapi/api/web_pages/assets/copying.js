/** Copying: an answer in every format, and its request as code. Formats other than JSON are the server's own, asked for by `Accept`. */

import { copied, downloaded } from "./clipboard.js";
import { element, fill } from "./dom.js";
import { hasKey, post } from "./request.js";
import { languages, snippet } from "./snippets.js";

const FORMATS = { JSON: "application/json", CSV: "text/csv", Markdown: "text/markdown", "JSON-LD": "application/ld+json" };

/** Offers the copies of a request's answer. `tell` says what was done, `fail` shows a Problem and how to try again. */
export function offerCopies(box, request, answer, { tell, fail }) {
  const written = (accept) => (accept === FORMATS.JSON ? Promise.resolve(JSON.stringify(answer, null, 2)) : post("quotes", request, { accept }));
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
    button("Download HTML", async () => downloaded(await post("quotes", request, { accept: "text/html" }), "quotes.html", "text/html")),
  );
}

/** Offers the request to an address (`quotes`, `verify`) as code, one language at a time. */
export function offerSnippets(box, path, request, { tell }) {
  const code = element("pre", { tabindex: 0, role: "region", "aria-label": "Code" });
  let chosen = languages[0];
  const choose = (language) => {
    chosen = language;
    code.textContent = snippet(language, path, request, hasKey());
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
