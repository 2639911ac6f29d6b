import type { Plugin } from 'graphql-yoga'
import type { OperationScope } from '../operation-context.ts'
import type { TrustedDocuments } from '../trusted-documents.ts'

/** Refuses documents that the caller may not run before they are parsed: every transport parses here. */
export function trustedDocumentsPlugin(documents: TrustedDocuments): Plugin<OperationScope> {
  return {
    onParse({ context, params: { source } }) {
      const refused = documents.rejectUntrusted(typeof source === 'string' ? source : source.body, context)
      if (refused) throw refused
    },
  }
}
