"""One decision about many products: begun by a click, carried out by a worker, taken back while it can be."""
