"""The encoder's training: corpora and MiniLM's weights in, fitted on all tasks at once, graphs for ONNX Runtime out.

Cases are made without PyTorch; `network`, `fit`, `export` and `training` need the extra [train].
"""
