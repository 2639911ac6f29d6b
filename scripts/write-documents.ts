import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import * as consoleDocuments from '../apps/console/generated/graphql.ts'
import * as widgetDocuments from '../apps/widget/src/documents.ts'
import * as clientDocuments from '../packages/client/src/documents.ts'

// Every operation of the console, the widget and the client package, in the very text that each sends.
const texts = [consoleDocuments, widgetDocuments, clientDocuments].flatMap(operations)
const manifest = Object.fromEntries(
  texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]),
)
writeFileSync('apps/trusted-documents.json', `${JSON.stringify(manifest, null, 2)}\n`)

/** The operations of a module; its fragments alone cannot run. */
function operations(module: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(module)
    .filter(([name]) => name.endsWith('Document'))
    .map(([, document]) => String(document))
}
