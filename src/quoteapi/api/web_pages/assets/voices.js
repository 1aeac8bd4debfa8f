/** Voices: the speakers as they are shown, each with a colour, initials and what they said. */

import { countable, outermost } from "./nesting.js";

/** As many colours as page.css has; more speakers share them and are told apart by their initials. */
const COLOURS = 10;
const DETERMINERS = new Set(["the", "a", "an", "my", "his", "her", "its", "their", "our"]);
const NOTHING_SAID = { quotes: 0, paraphrases: 0, words: 0 };
const letters = new Intl.Segmenter("en", { granularity: "grapheme" });
const words = new Intl.Segmenter("en", { granularity: "word" });

/** How many words a text has. */
export function wordsIn(text) {
  let count = 0;
  for (const { isWordLike } of words.segment(text)) count += isWordLike;
  return count;
}

/** Whose voice a quote is, by the speaker's id; null where nobody is named, and for words that are not speech. */
export const voiceIdOf = (quote) => quote.speaker?.id ?? null;

/** Every speaker of an answer in its order; last, under null, what nobody is named for, if there is such a quote. */
export function voicesOf(answer) {
  const voices = new Map();
  const taken = new Set();
  for (const [index, speaker] of answer.speakers.entries()) {
    voices.set(speaker.id, {
      id: speaker.id,
      name: speaker.name,
      type: speaker.type,
      role: roleBeside(speaker),
      sameAs: speaker.same_as,
      initials: initialsOf(speaker.name, taken),
      colour: `voice-${index % COLOURS}`,
      ...NOTHING_SAID,
    });
  }
  const speech = answer.quotes.filter((quote) => quote.kind !== "other");
  if (speech.some((quote) => quote.speaker === null)) {
    voices.set(null, { id: null, name: "Nobody named", type: null, role: null, initials: "?", colour: "voice-none", ...NOTHING_SAID });
  }
  const of = (quote) => voices.get(voiceIdOf(quote));
  for (const quote of countable(speech)) of(quote)[quote.kind === "indirect" ? "paraphrases" : "quotes"] += 1;
  for (const quote of outermost(speech)) of(quote).words += wordsIn(quote.text);
  return voices;
}

/** A speaker's role as it stands beside the name; null where it says nothing that the name does not. */
function roleBeside({ name, role }) {
  if (role === null) return null;
  const said = new Set(plainWords(name));
  return plainWords(role.text).every((word) => said.has(word)) ? null : role.text;
}

function plainWords(phrase) {
  return [...words.segment(phrase.toLowerCase())].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment).filter((word) => !DETERMINERS.has(word));
}

/** The first letters of the first and the last name; with a number where somebody has them already. */
function initialsOf(name, taken) {
  const parts = name.replace(/^(?:the|a|an|my|his|her|their|our)\s+/i, "").split(/\s+/);
  const first = (part) => [...letters.segment(part)][0]?.segment.toUpperCase() ?? "";
  const plain = first(parts[0]) + (parts.length > 1 ? first(parts.at(-1)) : "");
  let initials = plain;
  for (let number = 2; taken.has(initials); number++) initials = plain + number;
  taken.add(initials);
  return initials;
}

/** Numbers of quotes and paraphrases in words; of paraphrases only where there are some. */
export function countedSpeech(quotes, paraphrases) {
  return [(quotes || !paraphrases) && counted(quotes, "quote"), paraphrases && counted(paraphrases, "paraphrase")].filter(Boolean);
}

/** A number of things in words. */
export const counted = (number, thing) => `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
