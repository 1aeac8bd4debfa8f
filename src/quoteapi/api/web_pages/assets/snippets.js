/** Snippets: the same request as code, ready to run. A key stands in them as a variable, never as itself. */

import { addressOf } from "./request.js";

/** What the code prints of each quote, by the address that is asked. */
const PRINTED = {
  quotes: { Python: '(quote["speaker"] or {}).get("name")', JavaScript: "quote.speaker?.name" },
  verify: { Python: 'quote["status"]', JavaScript: "quote.status" },
};

/** A request as JSON on one line; its strings and lists are written alike in JSON, Python and JavaScript. */
const literal = (request) => JSON.stringify(request);

const LANGUAGES = {
  curl: (path, request, keyed) =>
    [
      `curl --fail-with-body --silent --show-error '${addressOf(path)}' \\`,
      ...(keyed ? ['  -H "Authorization: Bearer $QUOTEAPI_KEY" \\'] : []),
      "  -H 'Content-Type: application/json' --data-binary @- <<'REQUEST'",
      literal(request),
      "REQUEST",
    ].join("\n"),
  Python: (path, request, keyed) =>
    [
      "import json",
      ...(keyed ? ["import os"] : []),
      "from urllib.request import Request, urlopen",
      "",
      `request = ${literal(request)}`,
      'headers = {"Content-Type": "application/json"}',
      ...(keyed ? ['headers["Authorization"] = "Bearer " + os.environ["QUOTEAPI_KEY"]'] : []),
      `with urlopen(Request("${addressOf(path)}", json.dumps(request).encode(), headers)) as response:`,
      "    answer = json.load(response)",
      'for quote in answer["quotes"]:',
      `    print(${PRINTED[path].Python}, "|", quote["text"])`,
    ].join("\n"),
  JavaScript: (path, request, keyed) =>
    [
      `const request = ${literal(request)};`,
      'const headers = { "Content-Type": "application/json" };',
      ...(keyed ? ["headers.Authorization = `Bearer ${process.env.QUOTEAPI_KEY}`;"] : []),
      `const response = await fetch("${addressOf(path)}", { method: "POST", headers, body: JSON.stringify(request) });`,
      "const answer = await response.json();",
      "if (!response.ok) throw new Error(answer.detail);",
      `for (const quote of answer.quotes) console.log(${PRINTED[path].JavaScript}, "|", quote.text);`,
    ].join("\n"),
};

/** The languages, in the order in which they are offered. */
export const languages = Object.keys(LANGUAGES);

/** A request to a path in a language; `keyed` where the server asks for a key. */
export const snippet = (language, path, request, keyed) => LANGUAGES[language](path, request, keyed);
