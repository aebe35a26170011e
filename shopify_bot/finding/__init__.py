"""Finding reviews: by filters, in an order, page by page, and how many there are."""
