/**
 * A GraphQL operation with the types of its result and its variables. The documents that codegen generates with
 * `documentMode: 'string'` have this type, and so has a plain string, whose result is unknown.
 */
export interface TypedDocument<Data, Variables> extends Pick<string, 'toString' | 'length'> {
  // The property of `DocumentTypeDecoration` of @graphql-typed-document-node/core, which exists for the compiler only.
  readonly __apiType?: (variables: Variables) => Data
}

/** The variables of an operation by their names. */
export type Variables = Readonly<Record<string, unknown>>
