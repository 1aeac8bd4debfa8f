"""Pages in which elements say what marks do elsewhere."""

import pytest

pytest.importorskip("trafilatura", reason="pages need the extra [html]")

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Pier to be rebuilt | Kelby Herald</title><style>p { margin: 0 }</style></head>
<body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/p">Pier to be rebuilt by May</a></li></ul></nav></header>
<main><article>
  <h1>Pier to be rebuilt by May</h1>
  <p>The pier at Port Ellery, which a storm broke in <b>January</b>, will be rebuilt, the council decided on Tuesday in a long debate.</p>
  <p>&ldquo;We have the money,&rdquo; said Jane&nbsp;Roe, the
     harbour master. She said work would begin <q>as soon as the ice is gone</q> and take long.</p>
  <blockquote>
    <p>We asked for nothing but a pier that stands.</p>
    <p>Now we shall have one, and we are glad of it.</p>
    <footer>— <cite>Tom Hart</cite>, chairman of the fishermen's union</footer>
  </blockquote>
  <script>var teaser = "“We have the money,” said nobody.";</script>
  <figure><blockquote>Nobody told the ferry company about the plan until Monday.</blockquote>
    <figcaption>Mary Lund, ferry captain</figcaption></figure>
  <p>The ferry will stop at Kelby until then.<br>Buses replace it, the council said in a statement.</p>
  <table><tr><td>Cost</td><td>4.2 million</td></tr></table>
</article>
<aside><h3>More</h3><ul><li><a href="/s">Storm breaks the pier</a></li></ul></aside></main>
<footer><p>All rights reserved. Kelby Herald Ltd.</p></footer>
</body></html>
"""


@pytest.fixture(scope="session")
def article_page() -> str:
    """An article with its menu, its teasers and its footer."""
    return PAGE
