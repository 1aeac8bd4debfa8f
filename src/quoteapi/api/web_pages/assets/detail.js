/** The detail: why a quote has its speaker, in words. */

import { element, fill } from "./dom.js";
import { voiceIdOf } from "./voices.js";

const KINDS = {
  direct: "Direct quote",
  mixed: "Fragment in the reporter’s sentence",
  indirect: "Paraphrase, without quotation marks",
  other: "In quotation marks, but not speech",
};
const METHODS = {
  cue: "a reporting word beside the quote",
  according_to: "“according to” or its like",
  label: "a label in front of the quote",
  colon: "a colon",
  dash: "a dash",
  action: "what the speaker does beside the quote",
  continuation: "the quote goes on from the one before",
  context: "the sentences around it",
  unattributed: "the article does not say who speaks",
  doubtful: "nobody is probable enough",
  not_speech: "a title, a term, a nickname, or words held at arm’s length",
};
const REASONS = {
  title: "the title of a work, a show or a ship",
  nickname: "what somebody or something is called",
  slogan: "a slogan",
  sign: "what a sign, a label or a screen reads",
  headline: "a headline",
  term: "a word as a word",
  scare: "words held at arm’s length",
  hypothetical: "what somebody might say",
  negated: "what nobody said",
};
const percent = (probability) => `${Math.round(probability * 100)}%`;

/** Shows a quote in the box; null shows how to choose one. `others` finds a quote by its id. */
export function showDetail(box, quote, { voices, isDoubtful, others, onClose }) {
  box.classList.toggle("chosen", quote !== null);
  const title = element("h2", { id: "detail-title" }, "Why this speaker");
  if (quote === null) {
    fill(box, title, element("p", { class: "hint" },
      element("span", { class: "with-mouse" }, "Point at a quote, or move to one with Tab, to see who said it and how that was found. Click or Enter keeps it; Escape lets it go."),
      element("span", { class: "with-touch" }, "Tap a quote to see who said it and how that was found. Tap it again to let it go.")), legend());
    return;
  }
  const voice = voices.get(voiceIdOf(quote));
  const close = element("button", { type: "button", class: "close", "aria-label": "Close the details" }, "×");
  close.addEventListener("click", onClose);
  const doubtful = isDoubtful(quote);
  fill(box,
    title,
    close,
    element("p", { class: `speaker ${voice?.colour ?? "voice-none"}` },
      voice && element("span", { class: "badge", "aria-hidden": "true" }, voice.initials),
      element("span", { class: "who" },
        element("bdi", { class: "name" }, quote.kind === "other" ? "Not speech" : voice.name),
        voice?.role && element("span", { class: "role" }, voice.role))),
    quote.kind === "other" ? null : element("p", { class: doubtful ? "sure doubtful" : "sure" },
      element("meter", { min: 0, max: 1, value: quote.confidence, "aria-label": "Confidence" }),
      element("b", {}, percent(quote.confidence)), doubtful ? " sure: doubtful, please check" : quote.speaker ? " sure of the speaker" : " sure that nobody is named"),
    facts(quote, voices, others),
    alternatives(quote),
  );
}

/** The same in a sentence, for who listens. */
export function spokenDetail(quote, { voices, isDoubtful }) {
  if (quote.kind === "other") return `Not speech${quote.reason in REASONS ? `: ${REASONS[quote.reason]}` : ""}.`;
  const { name, role } = voices.get(voiceIdOf(quote));
  const parts = [role ? `${name}, ${role}` : name, KINDS[quote.kind]];
  if (quote.cue) parts.push(`cue: ${quote.cue.text}`);
  if (quote.mention) parts.push(`named as: ${quote.mention.text}`);
  parts.push(`${percent(quote.confidence)} sure${isDoubtful(quote) ? ", doubtful" : ""}`);
  return `${parts.join(". ")}.`;
}

function facts(quote, voices, others) {
  const outer = quote.within && others(quote.within);
  const rows = [
    ["Kind", KINDS[quote.kind] + (quote.spans.length > 1 ? `, in ${quote.spans.length} parts` : "")],
    ["Cue", quote.cue && said(quote.cue.text, "cue", quote.cue.lemma !== quote.cue.text && ` (${quote.cue.lemma})`)],
    ["Named as", quote.mention && said(quote.mention.text, "mention")],
    ["That is", quote.evidence.chain.length > 0 && element("span", { class: "chain" },
      ...quote.evidence.chain.flatMap((link, index) => [index ? " → " : null, said(link.text, "link")]))],
    ["Told to", quote.addressee && said(quote.addressee.text, "addressee")],
    ["Inside", outer && `a quote of ${voices.get(voiceIdOf(outer))?.name ?? "another"}`],
    ["Because", REASONS[quote.reason]],
    ["Found by", METHODS[quote.evidence.method] ?? quote.evidence.method],
  ];
  return element("dl", {}, ...rows.filter(([, value]) => value).flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]));
}

function said(text, look, more) {
  return element("span", {}, element("bdi", { class: `word ${look}` }, text), more || null);
}

function alternatives(quote) {
  if (!quote.alternatives?.length) return null;
  return element("div", { class: "others" }, element("h3", {}, "Other candidates"), element("ul", {},
    ...quote.alternatives.map(({ name, probability }) =>
      element("li", {}, element("bdi", {}, name ?? "nobody"), element("span", {}, probability < 0.005 ? "under 1%" : percent(probability))))));
}

function legend() {
  return element("ul", { class: "legend" },
    element("li", {}, element("span", { class: "sample direct" }, "direct"), " a quoted clause or sentence"),
    element("li", {}, element("span", { class: "sample mixed" }, "fragment"), " a few quoted words in the reporter’s sentence"),
    element("li", {}, element("span", { class: "sample indirect" }, "paraphrase"), " what somebody said, in the reporter’s words"),
    element("li", {}, element("span", { class: "sample other" }, "not speech"), " a title, a term or scare quotes"),
    element("li", {}, element("span", { class: "word cue" }, "said"), " the word that introduces the quote, ", element("span", { class: "word mention" }, "she"),
      " the words that name the speaker, ", element("span", { class: "word link" }, "the mayor"), " who that is"));
}
