import { type Config, ConfigError } from '../config/index.ts'
import { schema } from '../schema/index.ts'
import { findInvalidDocuments } from '../server/graphql/invalid-documents.ts'

/** Throws a ConfigError that names each trusted document that is not valid for the schema. */
export function checkDocuments({ documentsById }: Pick<Config, 'documentsById'>): void {
  const invalid = findInvalidDocuments(schema, documentsById)
  if (invalid.length > 0)
    throw new ConfigError(invalid.map((reason) => ({ variable: 'TRUSTED_DOCUMENTS_FILE', reason })))
}
