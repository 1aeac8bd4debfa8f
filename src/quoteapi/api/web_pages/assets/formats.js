/** Formats: what a document is, by its file's suffix, or by how its text begins. */

/** What the API's formats are called on this page. */
export const FORMATS = { text: "Plain text", html: "HTML page", srt: "SubRip (.srt)", vtt: "WebVTT (.vtt)" };
const SUFFIXES = { txt: "text", text: "text", md: "text", html: "html", htm: "html", xhtml: "html", srt: "srt", vtt: "vtt" };
const BEGINNINGS = {
  vtt: /^\uFEFF?WEBVTT(?:\s|$)/,
  srt: /^\uFEFF?\s*\d+\s*\n\d+:\d\d:\d\d[,.]\d+\s*-->/,
  html: /^\uFEFF?\s*<(?:!doctype html|html|head|body)\b/i,
};

/** What a field for files accepts. */
export const ACCEPTED = [...Object.keys(SUFFIXES).map((suffix) => `.${suffix}`), "text/plain", "text/html", "text/vtt"].join(",");

/** The format of a file; null where it is none of these. */
export function formatOfFile({ name, type }) {
  const suffix = name.match(/\.([^.]+)$/)?.[1].toLowerCase();
  return SUFFIXES[suffix] ?? (type.startsWith("text/") ? "text" : null);
}

/** The format that a text's beginning tells; null where it may be anything. */
export const formatOfText = (text) => Object.keys(BEGINNINGS).find((format) => BEGINNINGS[format].test(text)) ?? null;
