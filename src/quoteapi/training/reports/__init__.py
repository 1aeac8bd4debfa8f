"""The training of the tagger of reported speech: from PolNeAR's attributions and MPNet's weights to three graphs.

`cases` needs no PyTorch; all other modules need the extra [train].
"""
