"""The training of the model `base`: larger upper layers, over states that reported speech computes anyway, to graphs for ONNX Runtime.

`states` needs no PyTorch; all other modules need the extra [train].
"""
