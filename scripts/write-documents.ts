import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { stringifyDocument } from '@urql/core'
import * as consoleDocuments from '../apps/console/generated/graphql.ts'
import * as widgetDocuments from '../apps/widget/generated/graphql.ts'
import * as clientDocuments from '../packages/client/src/documents.ts'

// Every operation of the console, the widget and the client package, in the very text that each sends: urql prints the
// console's documents.
const texts = [
  ...operations(consoleDocuments).map((document) => stringifyDocument(document)),
  ...operations(widgetDocuments).map(String),
  ...operations(clientDocuments).map(String),
]
const manifest = Object.fromEntries(
  texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]),
)
writeFileSync('apps/trusted-documents.json', `${JSON.stringify(manifest, null, 2)}\n`)

/** The generated operations of a module; its fragments alone cannot run. */
function operations<Value>(module: Readonly<Record<string, Value>>): readonly Value[] {
  return Object.entries(module)
    .filter(([name]) => name.endsWith('Document'))
    .map(([, document]) => document)
}
