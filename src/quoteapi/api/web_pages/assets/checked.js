/** Checked: a draft as it is shown when its quotes have been verified, the source beside it, and the one quote that is looked at. */

import { Article, makeButton } from "./article.js";
import { byId, element, fill } from "./dom.js";
import { showFinding, spokenFinding } from "./finding.js";
import { highlight } from "./highlight.js";
import { SourcePanel } from "./sources.js";
import { capital, isProblem, othersOf, STATUSES, summaryOf, verdict } from "./statuses.js";
import { counted, wordsIn } from "./voices.js";

/** Whether the source stands beside the draft, and whether the finding does, too. */
const [beside, roomy] = ["48.01rem", "75.01rem"].map((width) => matchMedia(`(min-width: ${width})`));
const SHORTCUTS = { n: 1, p: -1 };

/** What is shown of one verification after the other. */
export class Checked {
  #quotes = [];
  #looked = null;

  constructor() {
    this.sources = new SourcePanel(byId("source"), (id) => {
      this.look(this.#quotes.find((quote) => quote.id === id));
      if (beside.matches) this.#bringIntoView();
    });
    byId("next").addEventListener("click", () => this.#step(1));
    byId("previous").addEventListener("click", () => this.#step(-1));
    const box = byId("checked");
    box.addEventListener("click", ({ target }) => this.#at(target) && this.look(this.#at(target)));
    box.addEventListener("focusin", ({ target }) => {
      if (!this.#at(target)) return;
      this.look(this.#at(target));
      target.scrollIntoView({ block: "nearest" }); // out from under the sheet that a narrow window shows the finding in
      this.#speak();
    });
    box.addEventListener("keydown", (event) => {
      if ((event.key !== "Enter" && event.key !== " ") || !this.#at(event.target)) return;
      event.preventDefault();
      this.look(this.#at(event.target));
    });
    addEventListener("keydown", (event) => {
      if (byId("read").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target !== document.body && !byId("read").contains(event.target)) return;
      if (event.key === "Escape") this.#letGo();
      else if (SHORTCUTS[event.key.toLowerCase()]) this.#step(SHORTCUTS[event.key.toLowerCase()]);
    });
  }

  /** Shows what came of a request's draft. */
  show(request, answer) {
    const { quotes } = answer;
    const text = answer.text ?? request.draft.text;
    this.#quotes = quotes;
    this.problems = quotes.filter(isProblem);
    this.draft = new Article(byId("checked"), text, quotes);
    this.#paint();
    this.sources.show(answer, request.sources);
    byId("read-title").textContent = summaryOf(quotes);
    byId("summary").textContent = [othersOf(quotes), `${counted(wordsIn(text), "word")}, ${counted(answer.sources.length, "source")}.`].filter(Boolean).join(" ");
    byId("spoken").textContent = `${summaryOf(quotes)}. ${othersOf(quotes)}`;
    byId("engine").textContent = `quoteapi ${answer.engine.version}, ${answer.engine.pipeline}`;
    fill(byId("tally"), ...tally(quotes));
    byId("results").hidden = !quotes.length;
    byId("stepping").hidden = !this.problems.length;
    this.#looked = null;
    this.look(roomy.matches && this.problems.length ? this.problems[0] : null);
  }

  /** Looks at a quote, or at none. */
  look(quote) {
    if (this.#looked) this.#press(this.#looked, false);
    this.#looked = quote;
    if (quote) this.#press(quote, true);
    showFinding(byId("detail"), quote, { onClose: () => this.#letGo(), textOf: (id) => this.sources.textOf(id), onSource: () => this.sources.reveal() });
    this.sources.look(quote);
    const place = this.problems.indexOf(quote);
    byId("position").textContent = place < 0 ? counted(this.problems.length, "problem") : `Problem ${place + 1} of ${this.problems.length}`;
  }

  #press(quote, on) {
    for (const part of this.draft.partsOf(quote)) part.classList.toggle("looked", on);
    this.draft.buttonOf(quote)?.setAttribute("aria-pressed", String(on));
  }

  #letGo() {
    if (!this.#looked) return;
    if (byId("detail").contains(document.activeElement)) this.draft.buttonOf(this.#looked)?.focus();
    this.look(null);
  }

  /** Looks at the problem after the quote that is looked at, or before it; behind the last comes the first. */
  #step(by) {
    if (!this.problems.length) return;
    const now = this.#looked ? this.#quotes.indexOf(this.#looked) : by > 0 ? -1 : this.#quotes.length;
    const places = this.problems.map((quote) => this.#quotes.indexOf(quote));
    const next = by > 0 ? places.find((place) => place > now) ?? places[0] : places.findLast((place) => place < now) ?? places.at(-1);
    this.look(this.#quotes[next]);
    this.#bringIntoView();
    this.#speak();
  }

  #bringIntoView() {
    this.draft.partsOf(this.#looked)[0]?.scrollIntoView({ block: "nearest" });
  }

  #speak() {
    byId("spoken").textContent = spokenFinding(this.#looked);
  }

  /** The innermost quote that an element stands in; undefined where it is in none. */
  #at(target) {
    return this.draft?.quoteAt(target);
  }

  /** Colours every mark by its innermost quote's status, tags each quote behind its last words, and marks the words that differ. */
  #paint() {
    const last = new Map();
    for (const { mark, over } of this.draft.marks) {
      const quote = over.at(-1);
      mark.className = `quote status-${quote.status}`;
      mark.dataset.quote = quote.id;
      if (mark.dataset.own) makeButton(mark, `${capital(verdict(quote).join(", "))}: ${quote.text}`);
      for (const one of over) last.set(one, mark);
    }
    const tags = new Map();
    for (const [quote, mark] of last) tags.set(mark, [...(tags.get(mark) ?? []), quote]);
    for (const [mark, quotes] of tags) mark.dataset.tag = quotes.map(tagOf).join(" · ");
    highlight("added", this.draft, this.#quotes.flatMap(({ changes }) => changes.filter(({ draft }) => draft).map((change) => [change.draft, change])));
  }
}

const tagOf = (quote) => `${STATUSES[quote.status].sign} ${verdict(quote).join(" · ")}`;

/** How many quotes have each status. */
function tally(quotes) {
  return Object.entries(STATUSES).map(([status, { sign, name }]) => [status, sign, name, quotes.filter((quote) => quote.status === status).length])
    .filter(([, , , number]) => number)
    .map(([status, sign, name, number]) => element("li", { class: `status-${status}` }, element("span", { class: "sign", "aria-hidden": "true" }, sign), ` ${number} ${name}`));
}
