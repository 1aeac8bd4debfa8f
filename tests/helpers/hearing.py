"""Sources for checking drafts: a hearing's transcript, and an article about it. Invented."""

TRANSCRIPT = (
    "JANE ROE: We will not give up. It will take nine years, but we will rebuild the wall, and [applause] nobody will pay more than"
    " 1,200 pounds for it. The mayor told me so himself.\n\n"
    "TOM HART: I have nothing to add to that, thank you very much. The harbour was closed on Monday because the crane had fallen into the"
    " water."
)
"""Two labelled speakers."""
ARTICLE = (
    "“It will,” Jane Roe said, “take years. We were lucky, and the old wall held.” She went on: “We have no choice but to close the"
    " harbour.”\n\n"
    "“I never said that the mayor knew,” said Tom Hart, the mayor’s deputy. “He told me on Monday that the crane had fallen into the water,"
    " and that nobody was hurt when it happened.”"
)
"""Two speakers, in a reporter's sentences."""
