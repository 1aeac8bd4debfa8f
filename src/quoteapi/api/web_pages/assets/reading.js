/** Reading: an answer as it is shown, the article with its quotes, the speakers, the filters, and the one quote that is looked at. */

import { Article } from "./article.js";
import { showDetail, spokenDetail } from "./detail.js";
import { byId } from "./dom.js";
import { Filters } from "./filters.js";
import { countable } from "./nesting.js";
import { paint } from "./painting.js";
import { cardOf, showPeople } from "./people.js";
import { Thread } from "./thread.js";
import { counted, countedSpeech, voiceIdOf, voicesOf, wordsIn } from "./voices.js";

const thread = new Thread(byId("thread"), (id) => cardOf(byId("people"), id));
let shown = null;
let kept = null;
let looked = null;

/** Shows an answer about a text. */
export function showAnswer(text, answer) {
  const voices = voicesOf(answer);
  const article = new Article(byId("article"), text, answer.quotes);
  const quotes = new Map(answer.quotes.map((quote) => [quote.id, quote]));
  const filters = new Filters(byId("filters"), answer.quotes, () => refresh());
  shown = { article, voices, filters, quotes };
  showPeople(byId("people"), voices, (chosen) => {
    filters.speakers = chosen;
    refresh();
  });
  byId("summary").textContent = summaryOf(text, answer);
  byId("engine").textContent = `quoteapi ${answer.engine.version}, ${answer.engine.pipeline}`;
  [kept, looked] = [null, null];
  refresh();
}

function summaryOf(text, answer) {
  const speech = countable(answer.quotes.filter((quote) => quote.kind !== "other"));
  if (!speech.length) return `No quotes in ${counted(wordsIn(text), "word")}.`;
  const paraphrases = speech.filter((quote) => quote.kind === "indirect").length;
  const said = countedSpeech(speech.length - paraphrases, paraphrases).join(" and ");
  return `${said} by ${counted(answer.speakers.length, "speaker")} in ${counted(wordsIn(text), "word")}`;
}

function refresh() {
  const { article, voices, filters, quotes } = shown;
  if (kept && !filters.isShown(kept)) keep(null);
  paint(article, voices, filters);
  look(kept, { anew: true });
  const all = [...quotes.values()];
  const visible = all.filter(filters.isShown);
  byId("spoken").textContent = visible.length === all.length ? "" : `${countable(visible).length} of ${countable(all).length} shown.`;
}

/** Looks at a quote, or at none; `anew` where what is told of it has changed. */
function look(quote, { anew = false } = {}) {
  if (quote === looked && !anew) return;
  if (looked) mark(looked, "looked", false);
  looked = quote;
  if (quote) mark(quote, "looked", true);
  const { article, voices, filters, quotes } = shown;
  showDetail(byId("detail"), quote, { voices, isDoubtful: filters.isDoubtful, others: (id) => quotes.get(id), onClose: letGo });
  thread.show(quote, article, quote && voices.get(voiceIdOf(quote)));
}

/** Keeps a quote while the pointer moves on; null lets it go. */
function keep(quote) {
  if (kept) press(kept, false);
  kept = quote;
  if (quote) press(quote, true);
}

function letGo() {
  if (looked && byId("detail").contains(document.activeElement)) shown.article.buttonOf(looked)?.focus();
  keep(null);
  look(null);
}

const mark = (quote, name, on) => shown.article.partsOf(quote).forEach((part) => part.classList.toggle(name, on));
const press = (quote, on) => shown.article.buttonOf(quote)?.setAttribute("aria-pressed", String(on));

/** Watches pointer and keyboard in the article; once, for every answer that is shown in it. */
export function watchReading() {
  const box = byId("article");
  const at = (event) => shown?.article.quoteAt(event.target);
  const focused = () => shown?.article.quoteAt(document.activeElement);
  box.addEventListener("pointerover", (event) => event.pointerType === "mouse" && at(event) && look(at(event)));
  box.addEventListener("pointerout", (event) => event.pointerType === "mouse" && at(event) && look(kept ?? focused() ?? null));
  box.addEventListener("focusin", (event) => {
    const quote = at(event);
    if (!quote) return;
    look(quote);
    event.target.scrollIntoView({ block: "nearest" }); // out from under the sheet that a narrow window shows the detail in
    byId("spoken").textContent = spokenDetail(quote, { voices: shown.voices, isDoubtful: shown.filters.isDoubtful });
  });
  box.addEventListener("focusout", (event) => byId("detail").contains(event.relatedTarget) || look(kept));
  const choose = (quote) => {
    keep(quote === kept ? null : quote);
    look(quote);
  };
  box.addEventListener("click", (event) => at(event) && choose(at(event)));
  box.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !at(event)) return;
    event.preventDefault();
    choose(at(event));
  });
  addEventListener("keydown", (event) => event.key === "Escape" && shown && letGo());
}
