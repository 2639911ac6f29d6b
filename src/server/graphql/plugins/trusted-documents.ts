import type { Plugin } from 'graphql-yoga'
import type { OperationScope } from '../operation-context.ts'
import type { TrustedDocuments } from '../trusted-documents.ts'

/** Rejects documents that the caller may not run, before they are parsed. Every transport parses through the engine. */
export function trustedDocumentsPlugin(documents: TrustedDocuments): Plugin<OperationScope> {
  return {
    onParse({ context, params: { source } }) {
      if (context.isOwnDocument) return
      const error = documents.rejectUntrusted(typeof source === 'string' ? source : source.body, context)
      if (error) throw error
    },
  }
}
