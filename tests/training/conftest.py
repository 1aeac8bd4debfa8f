"""Corpora of a few sentences, in the formats that the training reads."""

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quoteapi.encoder.session import VOCABULARY, packaged_folder

TREE = """\
# text = "The gate held," Ida Moor said.
1\t"\t"\tPUNCT\t``\t_\t4\tpunct\t_\tSpaceAfter=No
2\tThe\tthe\tDET\tDT\tDefinite=Def\t3\tdet\t_\tEntity=(1-object-new-cf1-2-coref
3\tgate\tgate\tNOUN\tNN\tNumber=Sing\t4\tnsubj\t_\tEntity=1)
4\theld\thold\tVERB\tVBD\tTense=Past\t9\tccomp\t_\tSpaceAfter=No
5\t,\t,\tPUNCT\t,\t_\t4\tpunct\t_\tSpaceAfter=No
6\t"\t"\tPUNCT\t''\t_\t4\tpunct\t_\t_
7-8\tIda Moor\t_\t_\t_\t_\t_\t_\t_\t_
7\tIda\tIda\tPROPN\tNNP\tNumber=Sing\t9\tnsubj\t_\tEntity=(2-person-new-cf2-1-coref
8\tMoor\tMoor\tPROPN\tNNP\tNumber=Sing\t7\tflat\t_\tEntity=2)
9\tsaid\tsay\tVERB\tVBD\tTense=Past\t0\troot\t_\tSpaceAfter=No
9.1\tso\tso\tADV\tRB\t_\t_\t_\t9:advmod\t_
10\t.\t.\tPUNCT\t.\t_\t9\tpunct\t_\t_

"""
TAGS = """\
# text = "The gate held," Ida Moor said.
1\t"\tO\t-\t-
2\tThe\tO\t-\t-
3\tgate\tO\t-\t-
4\theld\tO\t-\t-
5\t,\tO\t-\t-
6\t"\tO\t-\t-
7\tIda\tB-PER\t-\tx
8\tMoor\tI-PER\t-\tx
9\tsaid\tO\t-\t-
10\t.\tO\t-\t-

"""
NEWSWIRE = """\
Sentence #,Word,POS,Tag
Sentence: 1,President,NNP,B-per
,Lena,NNP,I-per
,Holt,NNP,I-per
,left,VBD,O
,Norland,NNP,B-geo
,.,.,O
Sentence: 2,Norlandic,JJ,B-gpe
,police,NNS,O
,saw,VBD,O
,the,DT,O
,Harbour,NNP,B-org
,Board,NNP,I-org
,.,.,O
"""
GAP_HEAD = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
GAP = """\
g-1\tIda Moor met Petra Vance after she had locked the gate.\tshe\t31\tIda Moor\t0\tTRUE\tPetra Vance\t13\tFALSE\thttp://example.org
g-2\tTom Reed told Carl Holt that a third man had lost his key.\this\t50\tTom Reed\t0\tFALSE\tCarl Holt\t14\tFALSE\thttp://example.org
"""
STORY = """\
#begin document (gate); part 0
gate\t0\t0\tIda\t_\t_\t_\t_\t_\t_\t_\t_\t(1
gate\t0\t1\tMoor\t_\t_\t_\t_\t_\t_\t_\t_\t1)
gate\t0\t2\tslept\t_\t_\t_\t_\t_\t_\t_\t_\t_
gate\t0\t3\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_

gate\t0\t0\t``\t_\t_\t_\t_\t_\t_\t_\t_\t_
gate\t0\t1\tIt\t_\t_\t_\t_\t_\t_\t_\t_\t_
gate\t0\t2\theld\t_\t_\t_\t_\t_\t_\t_\t_\t_
gate\t0\t3\t,\t_\t_\t_\t_\t_\t_\t_\t_\t_
gate\t0\t4\t''\t_\t_\t_\t_\t_\t_\t_\t_\t_
gate\t0\t5\tsaid\t_\t_\t_\t_\t_\t_\t_\t_\t_
gate\t0\t6\tshe\t_\t_\t_\t_\t_\t_\t_\t_\t(1)
gate\t0\t7\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_

#end document
"""
STORY_TEXT = "Ida Moor slept .\n“ It held , ” said she .\n"
STORY_QUOTES = "QUOTE\tQ1\t1\t0\t1\t4\t“ It held , ”\nATTRIB\tQ1\tIda_Moor-1\n"
MARKED = {
    "id": "gate",
    "text": "“The gate held,” Ida Moor said.",
    "entities": {"E1": {"type": "person", "name": "Ida Moor", "aliases": [], "mentions": [[17, 25]]}},
    "quotes": [{"start": 1, "end": 15, "kind": "direct", "speakers": ["E1"], "mention": [17, 25]}],
}
REPEATED = 60
"""A label that the treebanks have seldom is no class."""
ARTICLES = 30
SPEAKERS = ("Ida Moor", "Tom Reed", "Petra Vance")


def article(number: int) -> tuple[str, str]:
    """An article's text, and its two attributions in brat's standoff format."""
    speaker = SPEAKERS[number % len(SPEAKERS)]
    content, source, cue = "“The gate held.”", f"{speaker}, the keeper,", "said"
    second = "“We were lucky,”"
    text = f"The sea rose over the “night wall”.\n\n{source} {cue}: {content}\n\n{second} {speaker} {cue}.\n"
    start = text.index(source)
    again = text.index(second)
    spans = [
        ("Source", start, source),
        ("Cue", start + len(source) + 1, cue),
        ("Content", text.index(content), content),
        ("Source", again + len(second) + 1, speaker),
        ("Cue", again + len(second) + len(speaker) + 2, cue),
        ("Content", again, second),
    ]
    lines = [f"T{i}\t{label} {at} {at + len(words)}\t{words}" for i, (label, at, words) in enumerate(spans, start=1)]
    events = ["E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1", "E2\tAttribution:T5 Content:T6 Cue:T5 Source:T4"]
    return text, "\n".join([*lines, *events, ""])


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder laid out as the training expects it."""
    files = {"names/atleast100.txt": "Ada\nBen\nCarl\n", "ner/gmb/ner_dataset.csv": NEWSWIRE + NEWSWIRE.partition("\n")[2] * REPEATED}
    for part in ("train", "dev"):
        files[f"treebanks/ewt/en_ewt-ud-{part}.conllu"] = TREE * REPEATED
        files[f"ner/uner-ewt/en_ewt-ud-{part}.iob2"] = TAGS * REPEATED
    files["treebanks/pud/en_pud-ud-test.conllu"] = TREE
    files["coref/gap/gap-development.tsv"] = GAP_HEAD + GAP
    files["coref/litbank/conll/gate_brat.conll"] = STORY
    files["coref/litbank/quotations/gate_brat.txt"], files["coref/litbank/quotations/gate_brat.ann"] = STORY_TEXT, STORY_QUOTES
    files["treebanks/gum/GUM_news_gate.conllu"] = files["treebanks/gum/GUM_news_nasa.conllu"] = TREE
    for number in range(ARTICLES):
        files[f"polnear/train/text/{number}.txt"], files[f"polnear/train/attributions/{number}.ann"] = article(number)
    folder = tmp_path / "data"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf8")
    (folder / "news").mkdir()
    (folder / "news" / "marked-train.jsonl.gz").write_bytes(gzip.compress(msgspec.json.encode(MARKED)))
    return folder


@pytest.fixture(scope="session")
def mpnet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network of MPNet's kind with no more than a few small layers and no knowledge, our vocabulary beside it."""
    transformers = pytest.importorskip("transformers", reason="the teacher needs the extra [train]")
    folder = tmp_path_factory.mktemp("mpnet")
    pieces = packaged_folder() / VOCABULARY
    ours = json.loads(pieces.read_bytes())["model"]["vocab"]
    special = {"[CLS]": "<s>", "[PAD]": "<pad>", "[SEP]": "</s>", "[MASK]": "<mask>"}
    words = [*list(special.values())[:3], *(piece for piece in ours if piece not in special), "<mask>"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf8")
    (folder / VOCABULARY).write_bytes(pieces.read_bytes())
    shape = {"hidden_size": 128, "num_attention_heads": 2, "intermediate_size": 128, "num_hidden_layers": 9}
    transformers.MPNetModel(transformers.MPNetConfig(vocab_size=len(words), **shape)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def untaught(mpnet: Path) -> Any:  # noqa: ANN401 - a network, which has no type where torch is not there
    """A network of reported speech as it is exported, with random weights."""
    torch = pytest.importorskip("torch", reason="the network needs the extra [train]")
    from quoteapi.training.reports.network import Reports  # noqa: PLC0415 - needs it, too

    network = Reports(mpnet, packaged_folder() / VOCABULARY)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.05)  # the export merges equal weights, such as biases of zero
    network.shorten(range(len(network.numbers)), 0)
    return network.eval()


@pytest.fixture(scope="session")
def reported(untaught: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ANN401 - the same
    """The folder of an encoder: its graphs for reported speech are those of `untaught`, all else is packaged."""
    from quoteapi.training.reports.export import export  # noqa: PLC0415 - needs the extra [train]

    folder = tmp_path_factory.mktemp("reported")
    export(untaught, folder)
    for path in packaged_folder().iterdir():
        if path.is_file() and not (folder / path.name).exists():
            (folder / path.name).symlink_to(path)
    return folder
