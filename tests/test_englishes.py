"""Englishes: the marks, the titles and the verbs that papers of one part of the world have and others have not."""

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article


def speakers(engine: QuoteEngine, text: str) -> list[tuple[str, str | None, str | None]]:
    """Each quote with its speaker's name and role; words that are nobody's speech are left out."""
    quotes = engine.extract(Article(text=text)).quotes
    return [(quote.text, *((quote.speaker.name, quote.speaker.role) if quote.speaker else (None, None))) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("'The pumps were never on,' said Jane Roe. 'I told them so in '09.'", ["The pumps were never on,", "I told them so in '09."]),
        ("‘It's the dogs’ home or nothing,’ said Jane Roe.", ["It's the dogs’ home or nothing,"]),
        ("'Twas the worst o' nights. 'I've nine buckets,' said Jane Roe, 'and one roof.'", ["I've nine buckets, and one roof."]),
        (
            "‘He said, “Get out,” and the lads’ van was gone,’ Jane Roe said.",
            ["He said, “Get out,” and the lads’ van was gone,", "Get out,"],
        ),
        ("Rock 'n' roll saved the pier. 'The '60s paid for it,' Tom O'Neill said.", ["The '60s paid for it,"]),
        (
            "'We're not goin' anywhere,' said Jane Roe. 'The workers' canteen stays.'",
            ["We're not goin' anywhere,", "The workers' canteen stays."],
        ),
        ("«The road is done,» said Jane Roe. «Now somebody has to pay.»", ["The road is done,", "Now somebody has to pay."]),
        ("« The road is done, » said Jane Roe.", ["The road is done,"]),
        ("»The road is done,« said Jane Roe.", ["The road is done,"]),
        ("„The road is done,“ said Jane Roe.", ["The road is done,"]),
        ("„The road is done,” said Jane Roe.", ["The road is done,"]),
        ("‹The road is done,› said Jane Roe.", ["The road is done,"]),
        ("‚The road is done,‘ said Jane Roe.", ["The road is done,"]),
        ("‟The road is done,” said Jane Roe.", ["The road is done,"]),
        ("＂The road is done,＂ said Jane Roe.", ["The road is done,"]),
        ("«He told me ‹never again› and hung up,» said Jane Roe.", ["He told me ‹never again› and hung up,", "never again"]),
    ],
)
def test_every_paper_has_marks_of_its_own(engine: QuoteEngine, text: str, words: list[str]) -> None:
    """Single ones outside and double ones inside, with apostrophes among them; guillemets either way; low ones."""
    assert [quote.text.strip() for quote in engine.extract(Article(text=text)).quotes] == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The tank was desilted twice,” alleged Smt. Radha Menon, ward councillor.", "Radha Menon"),
        ("Shri Anil Deshpande opined that the contractors had “slept on the file”.", "Anil Deshpande"),
        ("“A sum of Rs 4 lakh crore is not a typing error,” averred Adv. Meena Kulkarni.", "Meena Kulkarni"),
        ("Dr. Farida Ansari intimated the court that her client was “not in a position to travel”.", "Farida Ansari"),
        ("“The bridge will be thrown open by Diwali,” informed Executive Engineer R. K. Swamy.", "R. K. Swamy"),
        ("Thiru K. Murugan stated, “The lake belongs to the birds.”", "K. Murugan"),
        ("Maulana Tariq Qasmi said the ban was “against the book”.", "Tariq Qasmi"),
        ("“The clinic has no light since Sallah,” Alhaji Musa Danladi disclosed on Monday.", "Musa Danladi"),
        ("Otunba Femi Adeyinka lamented that the road had become “a fish pond”.", "Femi Adeyinka"),
        ("“My people will not move,” vowed Oba Rasheed Akinlade.", "Rasheed Akinlade"),
        ("Chief Emeka Obiora, a lawyer, posited that the law was “dead on arrival”.", "Emeka Obiora"),
        ("Engr. Tunde Bello said the turbine was “sick, not dead”.", "Tunde Bello"),
        ("Hajia Aisha Sule said: “The market women fed the strike.”", "Aisha Sule"),
        ("“This House is not a bazaar,” ruled Rt. Hon. Peter Okello.", "Peter Okello"),
        ("Adv. Sipho Dube SC argued that the search was “a fishing trip”.", "Sipho Dube"),
        ("Aunty Rose Mundine said the creek was “older than the law”.", "Rose Mundine"),
        ("“Our rice is not for sale to ghosts,” Atty. Joan Cruz stressed.", "Joan Cruz"),
        ("“The dam is at the critical level,” bared Engineer Lito Ramos.", "Lito Ramos"),
        ("Gov. Ramon Dizon scored the contractor for “sleeping on the job”.", "Ramon Dizon"),
        ("Datuk Seri Halimah Yusof said: “A river is not a drain with ducks.”", "Halimah Yusof"),
        ("Tan Sri Lim Kok Hua urged the board to “read its own minutes”.", "Lim Kok Hua"),
        ("Dato' Ahmad Fauzi said: “The jetty is safe.”", "Ahmad Fauzi"),
        ("“The lift is older than my son,” said Mdm Goh Siew Lan, 78.", "Goh Siew Lan"),
        ("Datin Paduka Rosnah Ali quipped: “Even the fish complain.”", "Rosnah Ali"),
    ],
)
def test_honorifics_are_no_part_of_a_name(engine: QuoteEngine, text: str, name: str) -> None:
    """In India and Pakistan, Nigeria, Uganda and South Africa, Australia, the Philippines, Malaysia and Singapore."""
    assert [found for _, found, _ in speakers(engine, text)] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The tea is late,” said Amy Tan, a clerk.", "Amy Tan"),
        ("“The tea is late,” said the ambassador of Sri Lanka, Nimal Silva.", "Nimal Silva"),
    ],
)
def test_words_of_double_titles_are_names_elsewhere(engine: QuoteEngine, text: str, name: str) -> None:
    """Tan and Sri, which are a title only together."""
    assert [found for _, found, _ in speakers(engine, text)] == [name]


INDIA = (
    "KELPUR: Even before the first rains, the new flyover at Kelpur has sprung a leak. “I had intimated the department in "
    "March itself,” said Smt. Radha Menon, councillor of ward 14, pointing at a bucket.\n\n"
    "Executive Engineer Shri R. K. Swamy opined that the leak was “a teething issue”. “We will rectify the same within a "
    "fortnight,” he informed."
)
NIGERIA = (
    "The Chairman of the Kelwa Market Union, Alhaji Musa Danladi, has lamented the state of the abattoir. “Our cows now "
    "arrive with swimming costumes,” Danladi said on Tuesday.\n\n"
    "Reacting, the Commissioner for Health, Engr. Tunde Bello, disclosed that N2 billion had been voted. “The contractor will "
    "soon be on site,” Bello assured."
)
SINGAPORE = (
    "Residents of Block 41 will climb for another week. “I have stopped buying rice,” said Mdm Goh Siew Lan, 78, who lives on "
    "the ninth floor.\n\n"
    "Town council chairman Lim Kok Hua said that the parts were “stuck at the port”. “We feel for our seniors,” he added."
)
SWITZERLAND = (
    "The tunnel under the Kelberg will stay shut until autumn. «Nobody is going to sue a mountain,» the canton's engineer, "
    "Jane Roe, told the council. «But somebody drew the wrong line on the map.»\n\n"
    "Her predecessor, Urs Keller, called the closure ‹theatre›."
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            INDIA,
            [
                ("I had intimated the department in March itself,", "Radha Menon", "councillor of ward 14"),
                ("a teething issue", "R. K. Swamy", "Executive Engineer"),
                ("We will rectify the same within a fortnight,", "R. K. Swamy", "Executive Engineer"),
            ],
        ),
        (
            NIGERIA,
            [
                ("Our cows now arrive with swimming costumes,", "Musa Danladi", "The Chairman of the Kelwa Market Union"),
                ("The contractor will soon be on site,", "Tunde Bello", "the Commissioner for Health"),
            ],
        ),
        (
            SINGAPORE,
            [
                ("I have stopped buying rice,", "Goh Siew Lan", None),
                ("stuck at the port", "Lim Kok Hua", "Town council chairman"),
                ("We feel for our seniors,", "Lim Kok Hua", "Town council chairman"),
            ],
        ),
        (
            SWITZERLAND,
            [
                ("Nobody is going to sue a mountain,", "Jane Roe", "the canton's engineer"),
                ("But somebody drew the wrong line on the map.", "Jane Roe", "the canton's engineer"),
                ("theatre", "Urs Keller", "predecessor"),
            ],
        ),
    ],
    ids=["India", "Nigeria", "Singapore", "Switzerland"],
)
def test_an_article_of_each_part_of_the_world(engine: QuoteEngine, text: str, said: list[tuple[str, str, str | None]]) -> None:
    """Who says what in it, and as what."""
    assert speakers(engine, text) == said
