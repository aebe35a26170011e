"""Everything that speaks to Shopify: client, operations, products, collections, channels, pictures."""
