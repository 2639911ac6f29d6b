import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** The part of a resolver's `info` that the look-ahead needs; compiled executions provide it too. */
type SelectionInfo = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues' | 'schema'>

/**
 * The fields that an operation selects on the result of the current field if that is of `type`. It looks into fragments and
 * applies @skip and @include.
 */
export function selectedFields(
  { fieldNodes, fragments, variableValues, schema }: SelectionInfo,
  type: GraphQLObjectType,
): readonly FieldNode[] {
  const fields: FieldNode[] = []
  const visited = new Set<string>()
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, variableValues)) continue
      if (selection.kind === Kind.FIELD) fields.push(selection)
      else if (selection.kind === Kind.INLINE_FRAGMENT) collectFragment(selection)
      else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value)
        const fragment = fragments[selection.name.value]
        if (fragment) collectFragment(fragment)
      }
    }
  }
  const collectFragment = (fragment: FragmentContent): void => {
    if (appliesTo(fragment)) collect(fragment.selectionSet)
  }
  const appliesTo = ({ typeCondition }: FragmentContent): boolean => {
    if (!typeCondition || typeCondition.name.value === type.name) return true
    const condition = schema.getType(typeCondition.name.value)
    return isAbstractType(condition) && schema.isSubType(condition, type)
  }
  for (const { selectionSet } of fieldNodes) if (selectionSet) collect(selectionSet)
  return fields
}

interface FragmentContent {
  readonly typeCondition?: NamedTypeNode | undefined
  readonly selectionSet: SelectionSetNode
}

function isIncluded(node: SelectionNode, variables: GraphQLResolveInfo['variableValues']): boolean {
  if (!node.directives?.length) return true
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
}
