import { getOperationAST, parse } from 'graphql'
import { expect, it } from 'vitest'
import { schema } from '../../../../src/schema/index.ts'
import { planRootSelection, type Selection } from '../../../../src/server/graphql/direct/operation-plan.ts'

/** The selection of the messages of a room's page. */
function messageSelection(fields: string): Selection | null {
  const document = parse(`{ room(id: "x") { messages { nodes { ${fields} } } } }`)
  const operation = getOperationAST(document)
  if (!operation) return null
  let selection = planRootSelection({ schema, operation, fragments: {}, conditions: {} })
  for (const typeName of ['Room', 'MessageConnection', 'Message']) {
    const type = schema.getType(typeName)
    const [field] = selection.fields
    if (!field || !type || !('getInterfaces' in type) || !('isTypeOf' in type)) return null
    selection = field.selectionOf(type)
  }
  return selection
}

it.each([
  'id text',
  'a: id text author { name role } attachments { url }',
  '__typename room { id nativeId }',
])('the text of a message with { %s } is kept', (fields) => {
  expect(messageSelection(fields)?.reuseKey).toContain('Message {')
})

it.each([
  'text a: text',
  '__typename a: __typename',
  'author { name a: name }',
  'attachments { url b: url }',
  'author { name } editor: author { name }',
])('the text of a message with { %s } is not kept: aliases can multiply it', (fields) => {
  expect(messageSelection(fields)?.reuseKey).toBeNull()
})
