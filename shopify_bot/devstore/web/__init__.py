"""The HTTP side of the local store: Admin API, pictures, control plane, and the server that carries them."""
