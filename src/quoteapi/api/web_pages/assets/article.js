/** An article, or another text with marked stretches: its paragraphs as text nodes, each stretch of a quote in a mark, and the way from an offset back to its place. */

import { element, fill } from "./dom.js";
import { paragraphsOf, segmentsOf } from "./segments.js";

const HEADLINE = 140; // characters: a first paragraph that is shorter and no sentence is set as a headline

/** A text that is shown; what its marks look like is for whoever shows it. */
export class Article {
  /** Shows a text; quotes count its UTF-16 units. */
  constructor(box, text, quotes) {
    this.marks = [];
    this.byQuote = new Map(quotes.map((quote) => [quote.id, { quote, parts: [] }]));
    this.nodes = [];
    const paragraphs = paragraphsOf(text);
    const drawn = paragraphs.map(({ start, end }, index) => element("p", { class: isHeadline(text.slice(start, end), index, paragraphs) && "headline" }));
    for (const { start, end, paragraph, quotes: over } of segmentsOf(paragraphs, quotes)) {
      const node = document.createTextNode(text.slice(start, end));
      this.nodes.push({ start, end, node });
      drawn[paragraph].append(over.length ? this.#marked(node, over, end) : node);
    }
    fill(box, ...drawn);
  }

  #marked(node, over, end) {
    const quote = over.at(-1);
    const mark = element("mark", {}, node);
    if (!this.buttonOf(quote)) mark.dataset.own = quote.id;
    for (const { id } of over) this.byQuote.get(id).parts.push(mark);
    this.marks.push({ mark, over, end });
    return mark;
  }

  /** The marks of a quote in reading order, those of quotes inside it among them. */
  partsOf(quote) {
    return this.byQuote.get(quote.id).parts;
  }

  /** The mark that takes the focus for a quote; undefined where others inside it cover it all. */
  buttonOf(quote) {
    return this.partsOf(quote).find((part) => part.dataset.own === quote.id);
  }

  /** The quote that an element stands for or in; undefined where it is in none that is shown. */
  quoteAt(target) {
    const mark = target.closest?.("mark.quote");
    return mark ? this.byQuote.get(mark.dataset.quote).quote : undefined;
  }

  /** The DOM range of a stretch of the text. */
  rangeOf({ start, end }) {
    const range = document.createRange();
    range.setStart(...this.#placeOf(start, (node) => node.end > start));
    range.setEnd(...this.#placeOf(end, (node) => node.end >= end));
    return range;
  }

  #placeOf(offset, reaches) {
    let [low, high] = [0, this.nodes.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (reaches(this.nodes[middle])) high = middle;
      else low = middle + 1;
    }
    const { start, end, node } = this.nodes[low];
    return [node, Math.min(Math.max(offset, start), end) - start];
  }
}

/** Makes a mark a button with a name; without one, plain text again. */
export function makeButton(mark, name) {
  const attributes = { role: "button", tabindex: "0", "aria-pressed": mark.getAttribute("aria-pressed") ?? "false", "aria-label": name };
  for (const [attribute, value] of Object.entries(attributes)) {
    if (name === null) mark.removeAttribute(attribute);
    else mark.setAttribute(attribute, value);
  }
}

function isHeadline(paragraph, index, paragraphs) {
  return index === 0 && paragraphs.length > 1 && paragraph.length < HEADLINE && !/[.!?…:”"]\s*$/.test(paragraph);
}
