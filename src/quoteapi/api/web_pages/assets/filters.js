/** Filters: which quotes are shown, by speaker, by kind and by how sure their speaker is. */

import { element, fill } from "./dom.js";
import { countable } from "./nesting.js";
import { voiceIdOf } from "./voices.js";

/** What the API's kinds are called on this page. */
const KINDS = { direct: "direct", mixed: "fragments", indirect: "paraphrases", other: "not speech" };
const THRESHOLD = 60; // percent: the service's confidence is calibrated, so fewer than six in ten of those below it would be right

/** The choices of one reader for one answer. */
export class Filters {
  /** Puts the controls into a box; `onChange` is called whenever a choice is made. */
  constructor(box, quotes, onChange) {
    this.speakers = new Set();
    this.kinds = new Set(quotes.map((quote) => quote.kind));
    this.doubtfulOnly = false;
    this.threshold = THRESHOLD;
    const changed = (choose) => (event) => {
      choose(event.target);
      onChange();
    };
    const counting = countable(quotes);
    const kinds = Object.keys(KINDS).filter((kind) => this.kinds.has(kind)).map((kind) => {
      const number = counting.filter((quote) => quote.kind === kind).length;
      return checkbox(`${KINDS[kind]} ${number}`, true, changed(({ checked }) => this.kinds[checked ? "add" : "delete"](kind)), `sample ${kind}`);
    });
    const number = element("output", { for: "threshold" });
    const tell = () => (number.textContent = `${this.threshold}% sure (${countable(quotes.filter(this.isDoubtful)).length})`);
    const range = element("input", { type: "range", id: "threshold", min: 0, max: 100, step: 5, value: THRESHOLD });
    range.addEventListener("input", changed(({ value }) => {
      this.threshold = Number(value);
      tell();
    }));
    tell();
    fill(box,
      element("fieldset", { class: "kinds" }, element("legend", {}, "Kinds"), ...kinds),
      element("div", { class: "doubt" }, element("label", { for: "threshold" }, "Flag when under "), number, range),
      checkbox("Only flagged quotes", false, changed(({ checked }) => (this.doubtfulOnly = checked))),
    );
  }

  /** Whether a quote's speaker is less sure than the threshold. */
  isDoubtful = (quote) => quote.kind !== "other" && quote.confidence * 100 < this.threshold;

  /** Whether a quote is to be shown. */
  isShown = (quote) =>
    this.kinds.has(quote.kind) && (!this.doubtfulOnly || this.isDoubtful(quote)) && (this.speakers.size === 0 || this.#isChosen(quote));

  #isChosen(quote) {
    return quote.kind !== "other" && this.speakers.has(voiceIdOf(quote));
  }
}

function checkbox(label, checked, listener, look) {
  const box = element("input", { type: "checkbox", checked });
  box.addEventListener("change", listener);
  return element("label", {}, box, " ", element("span", { class: look }, label));
}
