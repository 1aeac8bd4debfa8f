/** Against a service that has been started; QUOTEAPI_URL says where. */

import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { ArticleError, BrokenAnswerError, Client, NoAnswerError, ProblemError, UnreachableError, type Answer, type Article } from "../src/index.js";

const URL = process.env["QUOTEAPI_URL"];
assert.ok(URL, "set QUOTEAPI_URL to where a service runs");

// Outside the basic plane, joined by a zero-width joiner, letters of a base and combining marks, right to left.
const TEXT = [
  "🌊🌊 The flood reached Kelby 🏘️ at dawn.",
  "“We lost the quay 😢, not the people 👨‍👩‍👧,” said Zoe\u0301 Nu\u0308mann, the harbour master.",
  "“It will,” she told reporters in Cafe\u0301 Süd, “take years 🚢.”",
  "“שלום to all who helped,” said Dana Levi (דנה לוי), a diver.",
].join("\n\n");

/** Every stretch of an answer that has words and offsets. */
function* stretches(value: unknown): Generator<{ start: number; end: number; text: string; spans?: unknown }> {
  if (typeof value === "object" && value !== null) {
    if ("start" in value && "text" in value && typeof value.start === "number") {
      yield value as { start: number; end: number; text: string };
    }
    for (const part of Object.values(value)) {
      yield* stretches(part);
    }
  }
}

/** Does some work with a server of its own. */
async function serving(listener: RequestListener, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  try {
    await new Promise((resolve) => server.once("listening", resolve));
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("offsets are those of JavaScript's strings", async () => {
  const answer: Answer = await new Client({ baseUrl: URL }).quotes({ text: TEXT, id: "a1", include: ["alternatives", "mentioned"] });
  assert.equal(answer.id, "a1");
  assert.equal(answer.offset_unit, "utf16");
  assert.deepEqual(
    answer.quotes.map((quote) => quote.speaker?.name),
    ["Zoe\u0301 Nu\u0308mann", "Zoe\u0301 Nu\u0308mann", "Dana Levi"],
  );
  const found = [...stretches(answer)].filter((stretch) => stretch.spans === undefined); // a split quote is more than its text
  assert.ok(found.length > 15);
  for (const { start, end, text } of found) {
    assert.equal(TEXT.slice(start, end), text);
  }
});

test("another unit can be asked for", async () => {
  const answer = await new Client({ baseUrl: URL }).quotes({ text: TEXT, offset_unit: "codepoint" });
  assert.equal(answer.offset_unit, "codepoint");
  for (const { start, end, text } of answer.quotes.flatMap((quote) => quote.spans)) {
    assert.equal([...TEXT].slice(start, end).join(""), text);
  }
});

test("words that nobody says have a reason", async () => {
  const text = "Jane Roe never said “sorry”. “We paid,” she said.";
  const { quotes } = await new Client({ baseUrl: URL }).quotes({ text, include: ["other"] });
  assert.deepEqual(
    quotes.map(({ kind, modality, reason }) => [kind, modality, reason]),
    [["other", "denied", "negated"], ["direct", "asserted", undefined]],
  );
});

test("a problem is an error that says all of it", async () => {
  await assert.rejects(new Client({ baseUrl: URL }).quotes({ text: "Hi", people: [{ name: "" }] }), (error) => {
    assert.ok(error instanceof ArticleError && error instanceof ProblemError);
    assert.equal(error.url, `${URL}/quotes`);
    assert.ok(error.message.includes(error.url) && error.message.includes("#/people/0/name"), error.message);
    assert.equal(error.type.split("/").at(-1), "wrong-shape");
    assert.equal(error.status, 422);
    assert.equal(error.errors[0]?.pointer, "#/people/0/name");
    return true;
  });
});

test("a draft is verified against its sources", async () => {
  const draft = { text: "🌊 “We will give up,” said Jane Roe." };
  const text = "JANE ROE: 🌊 We will not give up.\n\nTOM HART: I have nothing to add.";
  const { offset_unit, quotes } = await new Client({ baseUrl: URL }).verify({ draft, sources: [{ id: "hearing", text }] });
  assert.equal(offset_unit, "utf16");
  const [quote] = quotes;
  assert.ok(quote?.source);
  assert.equal(draft.text.slice(quote.start, quote.end), quote.text);
  assert.equal(text.slice(quote.source.start, quote.source.end), "We will not give up");
  assert.deepEqual([quote.status, quote.changes[0]?.flags, quote.speaker.status], ["altered", ["negation"], "same"]);
});

test("a source that cannot be read is an error about it", async () => {
  const request = { draft: { text: "“Hi,” said Jane Roe." }, sources: [{ text: " " }] };
  await assert.rejects(new Client({ baseUrl: URL }).verify(request), (error) => {
    assert.ok(error instanceof ArticleError);
    assert.equal(error.url, `${URL}/verify`);
    assert.equal(error.errors[0]?.pointer, "#/sources/0/text");
    return true;
  });
});

test("readiness is told", async () => {
  assert.equal(await new Client({ baseUrl: URL }).ready(), true);
});

for (const status of [429, 503]) {
  for (const [form, after] of [
    ["seconds", () => "1"],
    ["date", () => new Date(Date.now() + 2000).toUTCString()],
  ] as const) {
    test(`a ${status} is sent again after the ${form} of Retry-After`, async () => {
      let earliest = Infinity;
      const bodies: string[] = [];
      const listener: RequestListener = async (request, response) => {
        bodies.push((await request.toArray()).join(""));
        if (bodies.length === 1) {
          const value = after();
          earliest = /^\d+$/.test(value) ? Date.now() + Number(value) * 1000 : Date.parse(value);
          response.writeHead(status, { "Retry-After": value }).end();
        } else {
          response.writeHead(200).end(JSON.stringify({ key: request.headers.authorization }));
        }
      };
      await serving(listener, async (baseUrl) => {
        const answer: unknown = await new Client({ baseUrl, apiKey: "secret" }).quotes({ text: "Hi" });
        assert.deepEqual(answer, { key: "Bearer secret" });
        assert.ok(Date.now() >= earliest - 5); // a timer of Node's may fire a little early
        assert.deepEqual(bodies, Array(2).fill('{"offset_unit":"utf16","text":"Hi"}'));
      });
    });
  }
}

for (const [name, status, headers, options, tries, error, retryAfter] of [
  ["a busy service is given up after the last try", 503, { "Retry-After": "0" }, { tries: 3 }, 3, "BusyError", 0],
  ["a time that makes no sense is none", 503, { "Retry-After": "soon" }, { tries: 2 }, 2, "BusyError", null],
  ["a pause beyond the deadline is not begun", 429, { "Retry-After": "3600" }, { deadline: 60_000 }, 1, "BusyError", 3600],
  ["another problem is not sent again", 500, { "Retry-After": "0" }, {}, 1, "ProblemError", 0],
  ["nor is an article that is too slow", 504, {}, {}, 1, "ProblemError", null],
  ["nor is a wrong key", 401, {}, {}, 1, "UnauthorizedError", null],
  ["nor is an article that is refused", 422, {}, {}, 1, "ArticleError", null],
] as const) {
  test(name, async () => {
    let requests = 0;
    const listener: RequestListener = (_, response) => {
      requests += 1;
      response.writeHead(status, headers).end("<h1>Sorry</h1>");
    };
    await serving(listener, async (baseUrl) => {
      await assert.rejects(new Client({ baseUrl, ...options }).quotes({ text: "Hi" }), { name: error, status, type: "about:blank", retryAfter, url: `${baseUrl}/quotes` });
      assert.equal(requests, tries);
    });
  });
}

test("what was sent is not sent again", async () => {
  let requests = 0;
  const listener: RequestListener = (request) => {
    requests += 1;
    request.socket.destroy();
  };
  await serving(listener, async (baseUrl) => {
    await assert.rejects(new Client({ baseUrl }).quotes({ text: "Hi" }), (error) => {
      assert.ok(error instanceof NoAnswerError && error.cause instanceof TypeError);
      assert.ok(error.message.includes(`${baseUrl}/quotes`), error.message);
      return true;
    });
    assert.equal(requests, 1);
  });
});

test("silence ends at the deadline, or when the caller says", async () => {
  await serving(() => {}, async (baseUrl) => {
    await assert.rejects(new Client({ baseUrl, deadline: 200 }).quotes({ text: "Hi" }), (error) => {
      assert.ok(error instanceof NoAnswerError && (error.cause as Error).name === "TimeoutError");
      return true;
    });
    const signal = AbortSignal.abort();
    await assert.rejects(new Client({ baseUrl }).quotes({ text: "Hi" }, { signal }), { name: "AbortError" });
  });
});

test("where nobody listens is told after the last try; a service that starts meanwhile answers", async () => {
  let port = 0;
  await serving(() => {}, async (url) => void (port = Number(url.split(":").at(-1))));
  const baseUrl = `http://127.0.0.1:${port}`;
  assert.equal(await new Client({ baseUrl }).ready(), false);
  await assert.rejects(new Client({ baseUrl, tries: 2 }).quotes({ text: "Hi" }), (error) => {
    assert.ok(error instanceof UnreachableError && error.cause instanceof TypeError);
    assert.equal(error.message, `No connection to ${baseUrl}/quotes (ECONNREFUSED): is the service running there?`);
    return true;
  });
  const answer = new Client({ baseUrl, tries: 100 }).quotes({ text: "Hi" });
  const server = createServer((_, response) => response.writeHead(200).end("{}"));
  setTimeout(() => server.listen(port, "127.0.0.1"), 1000);
  assert.deepEqual(await answer, {});
  server.closeAllConnections();
  server.close();
});

test("an answer that is none is told", async () => {
  for (const body of ["", "{", "<html>"]) {
    await serving((_, response) => response.writeHead(200).end(body), async (baseUrl) => {
      await assert.rejects(new Client({ baseUrl }).quotes({ text: "Hi" }), (error) => {
        assert.ok(error instanceof BrokenAnswerError && error.cause instanceof SyntaxError);
        assert.match(error.message, /not the answer of a quoteapi service/);
        return true;
      });
    });
  }
});

test("many articles are answered in their order, errors in their places", async () => {
  async function* articles(): AsyncGenerator<Article> {
    for (let number = 0; number < 6; number++) yield { id: `a${number}`, text: number === 3 ? " " : `“Wall ${number} held,” said Jane Roe.` };
  }
  const answers: (Answer | ArticleError)[] = [];
  for await (const answer of new Client({ baseUrl: URL, tries: 100 }).many(articles(), { concurrency: 3 })) answers.push(answer);
  assert.deepEqual(
    answers.map((answer) => (answer instanceof ArticleError ? answer.status : [answer.id, answer.quotes[0]?.text])),
    [["a0", "Wall 0 held,"], ["a1", "Wall 1 held,"], ["a2", "Wall 2 held,"], 422, ["a4", "Wall 4 held,"], ["a5", "Wall 5 held,"]],
  );
});

test("no more articles are under way than is said, and none after the last that is asked for", async () => {
  let [taken, open, most] = [0, 0, 0];
  function* articles(): Generator<Article> {
    for (;;) yield { id: `${taken++}`, text: "Hi" };
  }
  const listener: RequestListener = async (request, response) => {
    most = Math.max(most, ++open);
    await request.toArray();
    setTimeout(() => response.writeHead(200).end("{}", () => void open--), 20);
  };
  await serving(listener, async (baseUrl) => {
    const client = new Client({ baseUrl });
    let asked = 0;
    for await (const answer of client.many(articles(), { concurrency: 2 })) {
      assert.deepEqual(answer, {});
      if (++asked === 5) break;
    }
    assert.equal(taken, 6);
    assert.ok(most <= 2);
    assert.throws(() => client.many([], { concurrency: 0 }), RangeError);
  });
});

test("what every article would meet ends many", async () => {
  await serving((_, response) => response.writeHead(401).end(), async (baseUrl) => {
    await assert.rejects(new Client({ baseUrl }).many([{ text: "Hi" }, { text: "Hi" }]).next(), { name: "UnauthorizedError" });
  });
});
