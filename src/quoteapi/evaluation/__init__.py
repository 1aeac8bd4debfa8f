"""Evaluation: how well answers agree with quotes that people have marked.

In comes a gold file and either a file of answers or nothing, when the engine reads the gold's texts itself; out comes a `Report` of
figures and of the single mistakes behind them, which `render` turns into text.
"""

from quoteapi.evaluation.evaluate import evaluate_file
from quoteapi.evaluation.mistakes import Mistake
from quoteapi.evaluation.render import render
from quoteapi.evaluation.report import Report

__all__ = ["Mistake", "Report", "evaluate_file", "render"]
