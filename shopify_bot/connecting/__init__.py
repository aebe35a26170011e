"""How a shop comes to be served, with which token, and how it leaves."""
