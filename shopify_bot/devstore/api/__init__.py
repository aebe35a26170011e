"""The Admin GraphQL API of the local store: one file per subject, each with its resolvers."""
