/** The thread: from a quote to the words that name its speaker, on to whom they stand for, and to the speaker's card. */

import { shape } from "./dom.js";

const DROP = 6; // pixels below a line of text: between its marks' borders and the line that follows
const BEND = 5; // pixels: how the thread turns a corner
const LANE = 5; // pixels between two threads side by side

/** Draws one quote's thread at a time, in an SVG that lies over the article and the list of speakers. */
export class Thread {
  /** `cardFor` gives the card of a speaker by its id. */
  constructor(svg, cardFor) {
    this.svg = svg;
    this.cardFor = cardFor;
    this.drawn = null;
    const again = () => this.drawn && requestAnimationFrame(() => this.#draw());
    addEventListener("resize", again);
    addEventListener("scroll", again, { passive: true, capture: true }); // of the lists, too, which scroll by themselves
  }

  /** Draws a quote's thread and marks its words; null takes both away. */
  show(quote, article, voice) {
    this.drawn = quote && { quote, article, voice };
    this.#mark();
    this.#draw();
  }

  /** Marks cue, mention, antecedents and addressee without touching the article, where the browser can. */
  #mark() {
    if (!globalThis.CSS?.highlights) return;
    for (const name of ["cue", "mention", "link", "addressee"]) CSS.highlights.delete(name);
    if (!this.drawn) return;
    const { quote, article } = this.drawn;
    const words = { link: quote.evidence.chain, mention: [quote.mention], cue: [quote.cue], addressee: [quote.addressee] };
    for (const [name, spans] of Object.entries(words)) {
      const ranges = spans.filter(Boolean).map((span) => article.rangeOf(span));
      if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    }
  }

  #draw() {
    this.svg.replaceChildren();
    if (!this.drawn) return;
    const { quote, article, voice } = this.drawn;
    const origin = this.svg.parentElement.getBoundingClientRect(); // which it covers
    const rectsOf = (span) => [...article.rangeOf(span).getClientRects()].filter(({ width }) => width > 0);
    const at = (x, y) => [x - origin.left, y - origin.top];
    const below = (rect) => at(rect.left + rect.width / 2, rect.bottom);
    const colour = voice?.colour ?? "voice-none";
    const parts = quote.spans.map(rectsOf).filter((rects) => rects.length);
    const add = (path, kind) => this.svg.append(shape("path", { d: path, class: `${kind} ${colour}` }));
    let lane = this.#edgeOfText() - origin.left;
    const join = (from, to, kind) => add(Math.abs(from[1] - to[1]) < DROP ? under(from, to) : around(from, to, (lane -= LANE)), kind);
    for (let index = 1; index < parts.length; index++) join(below(parts[index - 1].at(-1)), below(parts[index][0]), "joint");
    const stops = [quote.mention, ...quote.evidence.chain].filter(Boolean).map((span) => rectsOf(span)[0]).filter(Boolean);
    if (!stops.length || !parts.length) return;
    const points = [below(nearest(parts.flat(), stops[0])), ...stops.map(below)];
    for (let index = 1; index < points.length; index++) {
      if (points[index - 1].join() !== points[index].join()) join(points[index - 1], points[index], "strand");
    }
    for (const [x, y] of points) this.svg.append(shape("circle", { cx: x, cy: y, r: 3.5, class: colour }));
    this.#tie(points.at(-1), at, add, colour);
  }

  /** Where the words of the article begin, in the window. */
  #edgeOfText() {
    return this.svg.parentElement.querySelector("article").getBoundingClientRect().left;
  }

  /** Leads the thread to the speaker's card where that stands beside the article; held at the list's edge while scrolled away. */
  #tie([x, y], at, add, colour) {
    const { speaker } = this.drawn.quote;
    const card = speaker && this.cardFor(speaker.id);
    if (!card) return;
    const rect = card.getBoundingClientRect();
    const list = card.closest(".sticky").getBoundingClientRect();
    if (rect.right > this.#edgeOfText()) return;
    const [endX, endY] = at(rect.right, Math.min(Math.max(rect.top + rect.height / 2, list.top), list.bottom));
    add(gutter([x, y], [endX, endY]), "strand");
    this.svg.append(shape("circle", { cx: endX, cy: endY, r: 3.5, class: colour }));
  }
}

/** A line between two points of one line of text, in the space below it. */
function under([x1, y], [x2]) {
  const side = x2 < x1 ? -1 : 1;
  const bend = Math.min(BEND, Math.abs(x2 - x1) / 2);
  return `M${x1},${y} q0,${DROP} ${side * bend},${DROP} H${x2 - side * bend} q${side * bend},0 ${side * bend},${-DROP}`;
}

/** A line from one line of text to another, in the space below each of them and down or up the margin, so that it crosses no words. */
function around([x1, y1], [x2, y2], lane) {
  const down = y2 > y1 ? 1 : -1;
  return (
    `M${x1},${y1} q0,${DROP} ${-BEND},${DROP} H${lane + BEND} q${-BEND},0 ${-BEND},${down * BEND}` +
    ` V${y2 + DROP - down * BEND} q0,${down * BEND} ${BEND},${down * BEND} H${x2 - BEND} q${BEND},0 ${BEND},${-DROP}`
  );
}

/** The same from a word to the speaker's card, up or down between the columns. */
function gutter([x, y], [endX, endY]) {
  const low = y + DROP;
  const up = endY < low ? -1 : 1;
  const bend = Math.min(10, Math.abs(endY - low) / 2);
  const turn = endX + 2 * bend;
  return `M${x},${y} q0,${DROP} ${-BEND},${DROP} H${turn + bend} q${-bend},0 ${-bend},${up * bend} V${endY - up * bend} q0,${up * bend} ${-bend},${up * bend} H${endX}`;
}

/** The rectangle that stands closest to another, counting lines before columns. */
function nearest(rects, other) {
  const far = (rect) => Math.abs(rect.top - other.top) * 4 + Math.abs(rect.left + rect.width / 2 - other.left);
  return rects.reduce((best, rect) => (far(rect) < far(best) ? rect : best));
}
