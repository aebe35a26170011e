"""Operations that the tests ask the store with."""

UPDATE = """mutation Update($product: ProductUpdateInput!) {
  productUpdate(product: $product) {
    product {
      id title status productType tags
      category { id fullName }
      collections(first: 10) { nodes { id } }
    }
    userErrors { field message }
  }
}"""
TAGS_ADD = """mutation Add($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) { node { id ... on Product { tags } } userErrors { field message } }
}"""
TAGS_REMOVE = """mutation Remove($id: ID!, $tags: [String!]!) {
  tagsRemove(id: $id, tags: $tags) { node { id ... on Product { tags } } userErrors { field message } }
}"""
CREATE = """mutation Create($collection: CollectionCreateInput!) {
  collectionCreate(collection: $collection) {
    collection { id handle title resourcePublicationsCount { count } sources { id } }
    userErrors { field message }
  }
}"""
CHANGE = """mutation Change($collection: CollectionUpdateInput!) {
  collectionUpdate(collection: $collection) {
    collection { id title handle }
    job { id done }
    userErrors { field message }
  }
}"""
PUBLISH = """mutation Publish($id: ID!, $input: [PublicationInput!]!) {
  publishablePublish(id: $id, input: $input) {
    publishable { resourcePublicationsCount { count } }
    userErrors { field message }
  }
}"""
UNPUBLISH = """mutation Unpublish($id: ID!, $input: [PublicationInput!]!) {
  publishableUnpublish(id: $id, input: $input) {
    publishable { resourcePublicationsCount { count } }
    userErrors { field message }
  }
}"""
HAS = """query Has($id: ID!, $product: ID!) {
  collection(id: $id) { hasProduct(id: $product) productsCount { count } products(first: 9) { nodes { id } } }
}"""
MEDIA = """query Media($id: ID!, $pixels: Int!) {
  product(id: $id) {
    media(first: 10, query: "media_type:IMAGE", sortKey: POSITION) {
      nodes {
        status
        ... on MediaImage {
          image {
            width
            height
            small: url(transform: {maxWidth: $pixels, maxHeight: $pixels, preferredContentType: JPG})
            url
          }
        }
      }
    }
  }
}"""
BULK_RUN = """mutation BulkRun($query: String!, $grouped: Boolean! = false) {
  bulkOperationRunQuery(query: $query, groupObjects: $grouped) {
    bulkOperation { id status }
    userErrors { field message code }
  }
}"""
BULK_STATUS = """query BulkStatus($id: ID!) {
  bulkOperation(id: $id) {
    id type status errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl
  }
}"""
BULK_CANCEL = """mutation BulkCancel($id: ID!) {
  bulkOperationCancel(id: $id) { bulkOperation { id status } userErrors { field message } }
}"""
