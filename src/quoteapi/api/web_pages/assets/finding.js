/** The finding: what came of a quote, in words: its status, draft and source word by word, each change, and whose words they are. */

import { element, fill } from "./dom.js";
import { capital, CHANGES, isGrave, STATUSES, timeOf, verdict } from "./statuses.js";

const FLAGS = {
  negation: "it may reverse the meaning",
  number: "another figure",
  name: "another name",
  punctuation: "the words are the same",
  capitals: "the words are the same",
};
const SPEAKERS = { same: ["✓", "Same speaker"], different: ["≠", "Other speaker"], unknown: ["?", "Speaker not known"] };
const GAP = " … ";
const REACH = 60; // UTF-16 units: words that were left out as near to a passage as this are shown with it

/** Shows a quote in the box; null shows how to choose one. `textOf` gives the text of a source by its id. */
export function showFinding(box, quote, { onClose, textOf, onSource }) {
  box.classList.toggle("chosen", quote !== null);
  if (quote === null) {
    fill(box, element("h2", { id: "detail-title" }, "What came of it"), legend());
    return;
  }
  const { sign, name, meaning } = STATUSES[quote.status];
  const close = element("button", { type: "button", class: "close", "aria-label": "Close the details" }, "×");
  close.addEventListener("click", onClose);
  const reveal = element("button", { type: "button", class: "reveal" }, "Read it in the source");
  reveal.addEventListener("click", onSource);
  const passages = quote.passages.length ? quote.passages : [quote.nearest].filter(Boolean);
  fill(box,
    element("h2", { id: "detail-title", class: `verdict status-${quote.status}` }, element("span", { class: "sign", "aria-hidden": "true" }, sign), ` ${capital(name)}`),
    element("p", { class: "meaning" }, `${capital(meaning)}.`),
    close,
    element("dl", { class: "compared" },
      ...row("Draft", said(quote.speaker.draft, written(quote.spans, "ins", quote.changes.filter(({ draft }) => draft).map((change) => ({ ...change.draft, change }))))),
      ...(passages.length ? row(quote.passages.length ? "Source" : "Nearest", sourced(passages, quote, textOf)) : [])),
    quote.changes.length > 0 && element("ul", { class: "changes" }, ...quote.changes.map(changed)),
    agreement(quote),
    passages.length > 0 && reveal,
  );
}

/** The same in a sentence, for who listens. */
export function spokenFinding(quote) {
  const changes = quote.changes.map(({ kind, draft, source, flags }) => `${CHANGES[kind].toLowerCase()}: ${[source?.text, draft?.text].filter(Boolean).join(" to ")}${flags.map((flag) => `, ${flag}`).join("")}`);
  return `${[verdict(quote).join(", "), quote.text, ...changes].join(". ")}.`;
}

const row = (whose, words) => [element("dt", {}, whose), element("dd", {}, words)];

/** Words with the name of who says them, where somebody is named. */
const said = (speaker, words) => element("span", {}, words, speaker !== null && element("cite", {}, element("bdi", {}, speaker)));

/** Stretches as one line, those that differ in `ins` or `del`. */
function written(spans, tag, differing) {
  const pieces = spans.flatMap(({ start, end, text }, index) => {
    const inside = differing.filter((one) => one.start >= start && one.end <= end).sort((one, other) => one.start - other.start);
    const line = [index ? GAP : null];
    let at = start;
    for (const { start: from, end: to, change } of inside) {
      line.push(text.slice(at - start, from - start), element(tag, { class: change.flags.some(isGrave) && "grave" }, text.slice(from - start, to - start)));
      at = to;
    }
    return [...line, text.slice(at - start)];
  });
  return element("q", {}, ...pieces);
}

/** The passages of a source as one line, with words that were left out beside them; under it the source's name and the time. */
function sourced(passages, quote, textOf) {
  const dropped = quote.changes.filter(({ source }) => source).map((change) => ({ ...change.source, change }));
  const wide = passages.map(({ id, start, end }) => {
    const beside = dropped.filter((one) => one.id === id && one.end > start - REACH && one.start < end + REACH);
    const [from, to] = [Math.min(start, ...beside.map((one) => one.start)), Math.max(end, ...beside.map((one) => one.end))];
    return { start: from, end: to, text: textOf(id).slice(from, to) };
  });
  const places = new Set(passages.map(({ id, time }) => (time ? `${id}, ${timeOf(time)}` : id)));
  return element("span", {}, said(quote.passages.length ? quote.speaker.source : null, written(wide, "del", dropped)), element("span", { class: "place" }, ...[...places].flatMap((place, index) => [index ? " · " : null, element("bdi", {}, place)])));
}

function changed({ kind, draft, source, flags }) {
  return element("li", {}, element("b", {}, CHANGES[kind]), " ",
    source && element("del", { class: flags.some(isGrave) && "grave" }, source.text), source && draft && " → ",
    draft && element("ins", { class: flags.some(isGrave) && "grave" }, draft.text),
    ...flags.flatMap((flag) => [" ", element("span", { class: isGrave(flag) ? "flag grave" : "flag" }, flag), element("span", { class: "why" }, ` ${FLAGS[flag]}`)]));
}

function agreement({ speaker, status }) {
  if (status === "absent") return null;
  const [sign, words] = SPEAKERS[speaker.status];
  const named = (name) => element("bdi", {}, name ?? "nobody named");
  return element("p", { class: `agreement ${speaker.status}` }, element("span", { class: "sign", "aria-hidden": "true" }, sign), " ", element("b", {}, words),
    " ", element("span", {}, "draft: ", named(speaker.draft), ", source: ", named(speaker.source)));
}

function legend() {
  return element("div", {},
    element("p", { class: "hint" },
      element("span", { class: "with-mouse" }, "Choose a quote to see its passage in the source. N and P go to the next and the previous problem, Escape lets it go."),
      element("span", { class: "with-touch" }, "Tap a quote to see its passage in the source.")),
    element("ul", { class: "legend" }, ...Object.entries(STATUSES).map(([status, { sign, name, meaning }]) =>
      element("li", { class: `status-${status}` }, element("span", { class: "sign", "aria-hidden": "true" }, sign), " ", element("b", {}, name), ` ${meaning}`))));
}
