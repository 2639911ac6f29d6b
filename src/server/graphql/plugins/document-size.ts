import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql'

/**
 * Counts the selections of all operations of a document with every fragment expanded where it is spread. A chain of
 * fragments that spread each other twice expands to 2^n, so each fragment is visited once and its count remembered.
 */
export function countExpandedSelections({ definitions }: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const countByFragment = new Map<string, number>()

  const countIn = ({ selections }: SelectionSetNode): number => {
    let count = selections.length
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) count += countOf(selection.name.value)
      else if (selection.selectionSet) count += countIn(selection.selectionSet)
    }
    return count
  }
  const countOf = (name: string): number => {
    const counted = countByFragment.get(name)
    if (counted !== undefined) return counted
    // A fragment may spread itself, because validation rejects that only later. The cycle ends here.
    countByFragment.set(name, 0)
    const fragment = fragments.get(name)
    const count = fragment ? countIn(fragment.selectionSet) : 0
    countByFragment.set(name, count)
    return count
  }

  let count = 0
  for (const definition of definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) count += countIn(definition.selectionSet)
  return count
}

/**
 * Counts the pairs of fields with the same response name in a document: validation compares them with each other
 * (FieldsInSetCanMerge), which takes most of its time.
 */
export function countFieldPairs(document: DocumentNode): number {
  const countByName = new Map<string, number>()
  visit(document, {
    Field({ alias, name }) {
      const responseName = (alias ?? name).value
      countByName.set(responseName, (countByName.get(responseName) ?? 0) + 1)
    },
  })
  let pairs = 0
  for (const count of countByName.values()) pairs += (count * (count - 1)) / 2
  return pairs
}

/** Whether a text has more than `max` line breaks, as the specification counts them. */
export function hasMoreLines(text: string, max: number): boolean {
  const lineBreak = /\r\n|[\n\r]/g
  for (let breaks = 0; breaks <= max; breaks += 1) if (!lineBreak.test(text)) return false
  return true
}
