/** Sources: the texts beside the draft, one at a time; the passages that are quoted are marked in them, and scrolled to. */

import { Article } from "./article.js";
import { element, fill } from "./dom.js";
import { highlight } from "./highlight.js";
import { timeOf } from "./statuses.js";

/** The passages of a quote in a source, or else the nearest one, if it is there. */
const passagesOf = (quote, id) => [...quote.passages, quote.nearest].filter((passage) => passage?.id === id);

/** The panel with the source that is looked at. */
export class SourcePanel {
  #sources = new Map();
  #quotes = [];
  #shown = null;

  /** `onChoose` is told the id of the quote whose passage is clicked. */
  constructor(box, onChoose) {
    this.box = box;
    this.text = element("div", { class: "source-text", tabindex: 0, role: "region", "aria-label": "The source" });
    this.choices = element("fieldset", { class: "choices" });
    fill(box, this.choices, this.text);
    this.text.addEventListener("click", ({ target }) => {
      const mark = target.closest("mark.quote");
      if (mark) onChoose(mark.dataset.quote);
    });
  }

  /** Shows the sources of a verification, the first one open. */
  show(answer, sent) {
    this.#quotes = answer.quotes;
    this.#sources = new Map(answer.sources.map(({ id, text }, index) => [id, { id, text: text ?? sent[index].text, box: null, article: null }]));
    const radios = [...this.#sources.keys()].map((id) => {
      const radio = element("input", { type: "radio", name: "source", value: id });
      radio.addEventListener("change", () => this.#open(id));
      return element("label", {}, radio, element("bdi", {}, id));
    });
    fill(this.choices, element("legend", {}, radios.length === 1 ? "Source" : "Sources"), ...radios);
    this.#open(answer.sources[0].id);
  }

  /** The text of a source, to which offsets refer. */
  textOf(id) {
    return this.#sources.get(id).text;
  }

  /** Opens the source in which a quote stands, and scrolls to its passage; null takes the marks of the last one away. */
  look(quote) {
    const id = quote && (quote.passages[0] ?? quote.nearest)?.id;
    if (id) this.#open(id);
    for (const { article } of this.#sources.values()) if (article) this.#paint(article, quote);
    if (id) this.#scroll();
  }

  /** Brings the panel itself into view: on a phone it stands below the draft. */
  reveal() {
    this.box.scrollIntoView();
    this.text.focus({ preventScroll: true });
  }

  #open(id) {
    const source = this.#sources.get(id);
    if (!source.article) {
      const marked = this.#quotes.map((quote) => ({ quote, id: quote.id, text: quote.text, spans: passagesOf(quote, id) })).filter(({ spans }) => spans.length);
      source.box = element("div", { class: "article" });
      source.article = new Article(source.box, source.text, marked);
      this.#paint(source.article, null);
    }
    this.#shown = source;
    this.text.setAttribute("aria-label", `The source ${id}`);
    for (const radio of this.choices.querySelectorAll("input")) radio.checked = radio.value === id;
    fill(this.text, source.box);
    const changed = this.#quotes.flatMap(({ changes }) => changes.filter((change) => change.source?.id === id).map((change) => [change.source, change]));
    highlight("dropped", source.article, changed);
  }

  /** Gives every mark the look of the quote that is looked at, or else of the innermost one; behind a passage of the former stands its time. */
  #paint(article, looked) {
    for (const { mark, over, end } of article.marks) {
      const { quote, spans } = over.find((one) => one.quote === looked) ?? over.at(-1);
      mark.className = `quote status-${quote.status}`;
      mark.dataset.quote = quote.id;
      delete mark.dataset.tag;
      if (quote !== looked) continue;
      mark.classList.add("looked");
      const time = spans.find((passage) => passage.end === end)?.time;
      if (time) mark.dataset.tag = timeOf(time);
    }
  }

  #scroll() {
    const mark = this.#shown.box.querySelector(".looked");
    if (!mark) return;
    const [at, top] = [mark, this.text].map((part) => part.getBoundingClientRect().top);
    this.text.scrollTop += at - top - this.text.clientHeight / 4;
  }
}
