/** Snippets: the same request as code, ready to run. A key stands in them as a variable, never as itself. */

/** A request as JSON on one line; its strings and lists are written alike in JSON, Python and JavaScript. */
const literal = (request) => JSON.stringify(request);

const LANGUAGES = {
  curl: (request, address, keyed) =>
    [
      `curl --fail-with-body --silent --show-error '${address}' \\`,
      ...(keyed ? ['  -H "Authorization: Bearer $QUOTEAPI_KEY" \\'] : []),
      "  -H 'Content-Type: application/json' --data-binary @- <<'ARTICLE'",
      literal(request),
      "ARTICLE",
    ].join("\n"),
  Python: (request, address, keyed) =>
    [
      "import json",
      ...(keyed ? ["import os"] : []),
      "from urllib.request import Request, urlopen",
      "",
      `article = ${literal(request)}`,
      'headers = {"Content-Type": "application/json"}',
      ...(keyed ? ['headers["Authorization"] = "Bearer " + os.environ["QUOTEAPI_KEY"]'] : []),
      `with urlopen(Request("${address}", json.dumps(article).encode(), headers)) as response:`,
      "    answer = json.load(response)",
      'for quote in answer["quotes"]:',
      '    print((quote["speaker"] or {}).get("name"), "|", quote["text"])',
    ].join("\n"),
  JavaScript: (request, address, keyed) =>
    [
      `const article = ${literal(request)};`,
      'const headers = { "Content-Type": "application/json" };',
      ...(keyed ? ["headers.Authorization = `Bearer ${process.env.QUOTEAPI_KEY}`;"] : []),
      `const response = await fetch("${address}", { method: "POST", headers, body: JSON.stringify(article) });`,
      "const answer = await response.json();",
      "if (!response.ok) throw new Error(answer.detail);",
      "for (const quote of answer.quotes) console.log(quote.speaker?.name, \"|\", quote.text);",
    ].join("\n"),
};

/** The languages, in the order in which they are offered. */
export const languages = Object.keys(LANGUAGES);

/** A request in a language; `keyed` where the server asks for a key. */
export const snippet = (language, request, address, keyed) => LANGUAGES[language](request, address, keyed);
