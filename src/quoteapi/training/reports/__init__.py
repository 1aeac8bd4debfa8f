"""The training of reported speech: PolNeAR's attributions and the encoder's lower states in, the graph `reports` out.

Cases are made without PyTorch; `network`, `fit` and `training` need the extra [train].
"""
