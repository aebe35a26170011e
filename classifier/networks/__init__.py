"""The networks that can be trained. Importing this package imports no Keras."""

from classifier.networks.start import IMAGENET, LITE0
from classifier.networks.table import HEAD, NETWORKS, POOLED, Network, build_network

__all__ = ["HEAD", "IMAGENET", "LITE0", "NETWORKS", "POOLED", "Network", "build_network"]
