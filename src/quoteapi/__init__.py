"""quoteapi: who said what in a news article, and who they are."""
