"""The training of the encoder: from corpora and MiniLM's weights, by multi-task training, to graphs for ONNX Runtime.

Training examples are made without PyTorch; `network`, `fit`, `export` and `training` need the extra [train].
"""
