"""Evaluation: how well answers agree with quotes that people have marked.

In comes a gold file and either a file of answers or nothing, when the engine reads the gold's texts itself; out comes a `Report` of
figures and of the single mistakes behind them, which `render` turns into text. A catalogue of passages, each written for one construction,
is tried whole passages at a time.
"""

from quoteapi.evaluation.catalogue import read_catalogue
from quoteapi.evaluation.evaluate import evaluate_file
from quoteapi.evaluation.mistakes import Mistake
from quoteapi.evaluation.render import render, render_catalogue
from quoteapi.evaluation.report import Report
from quoteapi.evaluation.trials import try_catalogue

__all__ = ["Mistake", "Report", "evaluate_file", "read_catalogue", "render", "render_catalogue", "try_catalogue"]
