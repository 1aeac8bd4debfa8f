/** The article: its paragraphs as text nodes, each stretch of a quote in a mark, and the way from an offset back to its place. */

import { element, fill } from "./dom.js";
import { holderOf } from "./nesting.js";
import { paragraphsOf, segmentsOf } from "./segments.js";
import { voiceIdOf } from "./voices.js";

const HEADLINE = 140; // characters: a first paragraph that is shorter and no sentence is set as a headline

/** An article that is shown. */
export class Article {
  /** Shows a text; quotes count its UTF-16 units. */
  constructor(box, text, quotes, voices) {
    this.voices = voices;
    this.marks = [];
    this.byQuote = new Map(quotes.map((quote) => [quote.id, { quote, parts: [] }]));
    this.nodes = [];
    const paragraphs = paragraphsOf(text);
    const drawn = paragraphs.map(({ start, end }, index) => element("p", { class: isHeadline(text.slice(start, end), index, paragraphs) && "headline" }));
    for (const { start, end, paragraph, quotes: over } of segmentsOf(paragraphs, quotes)) {
      const node = document.createTextNode(text.slice(start, end));
      this.nodes.push({ start, end, node });
      drawn[paragraph].append(over.length ? this.#marked(node, over) : node);
    }
    fill(box, ...drawn);
  }

  #marked(node, over) {
    const quote = over.at(-1);
    const mark = element("mark", {}, node);
    if (!this.buttonOf(quote)) mark.dataset.own = quote.id;
    for (const { id } of over) this.byQuote.get(id).parts.push(mark);
    this.marks.push({ mark, over });
    return mark;
  }

  /**
   * Colours every mark by its innermost quote that is shown, and names the doubtful ones; the others become plain text.
   *
   * A paraphrase and the quoted words in it have one tag, behind the last of them.
   */
  paint(isShown, isDoubtful) {
    const tags = new Map();
    for (const { mark, over } of this.marks) {
      const shown = over.filter(isShown);
      const quote = shown.at(-1);
      mark.className = "";
      delete mark.dataset.tag;
      const own = over.at(-1);
      if (mark.dataset.own) makeButton(mark, isShown(own) ? `${this.#said(own, isDoubtful)}: ${own.text}` : null);
      mark.dataset.quote = (quote ?? own).id;
      if (quote === undefined) continue;
      mark.className = `quote ${quote.kind} ${this.voices.get(voiceIdOf(quote))?.colour ?? "voice-none"}`;
      const holder = holderOf(quote, shown);
      if (shown.length > 1 && holder === quote) mark.classList.add("inner");
      if (isDoubtful(quote)) mark.classList.add("doubtful");
      tags.set(holder, { mark, quotes: [...(tags.get(holder)?.quotes ?? []), quote] });
    }
    for (const { mark, quotes } of tags.values()) mark.dataset.tag = this.#tag(quotes, isDoubtful);
  }

  #tag(quotes, isDoubtful) {
    const [{ kind, speaker }] = quotes;
    if (kind === "other") return "not speech";
    const initials = speaker === null ? "nobody named" : this.voices.get(speaker.id).initials;
    const paraphrase = quotes.every((quote) => quote.kind === "indirect");
    return [initials, paraphrase && "paraphrase", quotes.some(isDoubtful) && "doubtful"].filter(Boolean).join(" · ");
  }

  #said(quote, isDoubtful) {
    if (quote.kind === "other") return "Not speech";
    return [quote.speaker?.name ?? "Nobody named", quote.kind === "indirect" && "paraphrase", isDoubtful(quote) && "doubtful"].filter(Boolean).join(", ");
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
function makeButton(mark, name) {
  const attributes = { role: "button", tabindex: "0", "aria-pressed": mark.getAttribute("aria-pressed") ?? "false", "aria-label": name };
  for (const [attribute, value] of Object.entries(attributes)) {
    if (name === null) mark.removeAttribute(attribute);
    else mark.setAttribute(attribute, value);
  }
}

function isHeadline(paragraph, index, paragraphs) {
  return index === 0 && paragraphs.length > 1 && paragraph.length < HEADLINE && !/[.!?…:”"]\s*$/.test(paragraph);
}
