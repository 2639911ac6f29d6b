const NEVER_CHANGES = 'neverChanges'
const COMPUTED_FROM_OBJECT = 'computedFromObject'

type Extensions = Readonly<Record<string | symbol, unknown>>

/**
 * Type options of a type whose objects never change. What is selected of such an object is serialized once, as long as all
 * selected fields are properties, or computed from the object alone.
 */
export const neverChanges = { extensions: { [NEVER_CHANGES]: true } }

/** Field options of a field whose resolver uses nothing but its object: neither the caller nor the time. */
export const computedFromObject = { extensions: { [COMPUTED_FROM_OBJECT]: true } }

/** Whether the objects of a type with these extensions never change. */
export function hasUnchangingObjects(extensions: Extensions): boolean {
  return extensions[NEVER_CHANGES] === true
}

/** Whether a field with these extensions is computed from its object alone. */
export function isComputedFromObject(extensions: Extensions): boolean {
  return extensions[COMPUTED_FROM_OBJECT] === true
}
