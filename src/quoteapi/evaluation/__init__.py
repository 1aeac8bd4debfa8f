"""Evaluation: how well answers agree with quotes that people have annotated.

Input is a gold file and optionally a file of answers; without one, the engine reads the gold texts. Output is a `Report` with figures and
the single mistakes behind them, which `render` prints. A catalogue of passages, each written for one construction, is scored by whole
passages.
"""

from quoteapi.evaluation.catalogue import read_catalogue
from quoteapi.evaluation.catalogue_faults import try_catalogue
from quoteapi.evaluation.evaluate import evaluate_file
from quoteapi.evaluation.mistakes import Mistake
from quoteapi.evaluation.render import render, render_catalogue
from quoteapi.evaluation.report import Report

__all__ = ["Mistake", "Report", "evaluate_file", "read_catalogue", "render", "render_catalogue", "try_catalogue"]
