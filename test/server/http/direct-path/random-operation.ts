import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import { volatileMembers } from './normalize-body.ts'
import type { Random } from './random.ts'
import { type IdPool, printValue, randomValue, wrongValue } from './random-values.ts'

/** A GraphQL request, whose document or variables may be invalid. */
export interface RandomOperation {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly operationName?: string | null
}

/** The schema and values from which operations are generated. */
export interface OperationSource {
  readonly schema: GraphQLSchema
  /** Values of arguments of queries. */
  readonly pool: IdPool
  /** Values of arguments of mutations, with which no mutation succeeds. */
  readonly mutationPool: IdPool
}

const MAX_DEPTH = 6
const ALIASES = [
  'a',
  'b',
  'a_b',
  'id',
  'text',
  'nodes',
  'constructor',
  'toString',
  '__proto__',
  'class',
  'idx0',
  'err',
]
const NAMES = ['Op', 'query', '__context', 'constructor', 'toString']

/** Generates an operation. The random numbers determine it. */
export function randomOperation(random: Random, source: OperationSource): RandomOperation {
  return new Generator(random, source).generate()
}

interface RandomFragment {
  readonly name: string
  readonly type: GraphQLCompositeType
  readonly text: string
}

class Generator {
  readonly #random: Random
  readonly #source: OperationSource
  readonly #isMutation: boolean
  readonly #definitions: string[] = []
  readonly #variables: Record<string, unknown> = Object.create(null)
  readonly #fragments: RandomFragment[] = []
  #fields = 0

  constructor(random: Random, source: OperationSource) {
    this.#random = random
    this.#source = source
    this.#isMutation = random.chance(0.1)
  }

  generate(): RandomOperation {
    const random = this.#random
    const { schema } = this.#source
    const root = this.#isMutation ? schema.getMutationType() : schema.getQueryType()
    if (!root) throw new Error('the schema has no such operation')
    for (let count = random.below(4); count > 0; count -= 1) this.#addFragment()
    const selection = this.#selection(root, 0)
    const used = this.#reachableFragments(selection)
    const body = [selection, ...used.map(({ text }) => text)].join('\n')
    const definitions = this.#definitions.filter((each) => body.includes(each.slice(0, each.indexOf(':'))))
    const name = random.chance(0.3) ? random.pick(NAMES) : null
    const operationName = random.chance(0.04) ? 'Other' : name
    return {
      query: `${this.#isMutation ? 'mutation' : 'query'} ${name ?? ''}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''} ${body}`,
      ...(Object.keys(this.#variables).length > 0 && { variables: this.#variables }),
      ...(random.chance(0.5) && operationName !== null && { operationName }),
    }
  }

  /** The fragments that a selection spreads. A fragment can spread only those before it. Rarely one that is not used. */
  #reachableFragments(selection: string): readonly RandomFragment[] {
    const reachable: RandomFragment[] = []
    for (const fragment of this.#fragments.toReversed()) {
      const texts = [selection, ...reachable.map(({ text }) => text)]
      const isSpread = texts.some((text) => text.includes(`...${fragment.name} `))
      if (isSpread || this.#random.chance(0.02)) reachable.push(fragment)
    }
    return reachable
  }

  /** Adds a fragment, which can spread the ones before it. */
  #addFragment(): void {
    const types = Object.values(this.#source.schema.getTypeMap()).filter(
      (type) =>
        isCompositeType(type) && !type.name.startsWith('__') && !/^(Mutation|Subscription)$/.test(type.name),
    )
    const type = this.#random.pick(types.filter(isCompositeType))
    const name = `F${this.#fragments.length}`
    const text = `fragment ${name} on ${type.name} ${this.#selection(type, MAX_DEPTH - 2)}`
    this.#fragments.push({ name, type, text })
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const random = this.#random
    const count = depth === 0 && this.#isMutation ? 1 + random.below(2) : 1 + random.below(5)
    const parts = Array.from({ length: count }, () => this.#part(type, depth))
    if (random.chance(0.1)) parts.push(random.pick(parts))
    return `{ ${parts.join(' ')} }`
  }

  #part(type: GraphQLCompositeType, depth: number): string {
    const random = this.#random
    const choice = random.next()
    if (choice < 0.08 || (isUnionType(type) && choice < 0.2))
      return `${this.#alias('__typename')}__typename${this.#condition()}`
    if (choice < 0.2 || isUnionType(type)) return this.#inlineFragment(type, depth)
    if (choice < 0.35) {
      const fragment = this.#fragments.filter((each) => this.#overlaps(each.type, type)).at(-1)
      if (fragment) return `...${fragment.name} ${this.#condition()}`
    }
    const fields = Object.values(type.getFields())
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)))
    return this.#field(random.pick(depth >= MAX_DEPTH && leaves.length > 0 ? leaves : fields), depth)
  }

  #inlineFragment(type: GraphQLCompositeType, depth: number): string {
    const { schema } = this.#source
    const related = isAbstractType(type)
      ? [...schema.getPossibleTypes(type)]
      : isInterfaceType(type) || isObjectType(type)
        ? [...type.getInterfaces(), type]
        : []
    const condition = this.#random.pick([...related, type])
    const isNamed = isUnionType(type) || this.#random.chance(0.8)
    return `...${isNamed ? ` on ${condition.name}` : ''}${this.#condition()} ${this.#selection(isNamed ? condition : type, depth + 1)}`
  }

  #overlaps(a: GraphQLCompositeType, b: GraphQLCompositeType): boolean {
    const possible = (type: GraphQLCompositeType) =>
      isAbstractType(type) ? this.#source.schema.getPossibleTypes(type) : [type]
    return possible(a).some((type) => possible(b).includes(type))
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#fields += 1
    const type = getNamedType(field.type)
    const args = field.args.filter((argument) => isRequiredArgument(argument) || this.#random.chance(0.4))
    const call = args.map((argument) => `${argument.name}: ${this.#argument(argument)}`).join(', ')
    const alias = this.#alias(field.name, call !== '')
    const selection = isCompositeType(type) ? ` ${this.#selection(type, depth + 1)}` : ''
    return `${alias}${field.name}${call && `(${call})`}${this.#condition()}${selection}`
  }

  /** Fields with arguments have an alias most often, because other arguments under the same name are a conflict. */
  #alias(name: string, hasArguments = false): string {
    if (volatileMembers.has(name)) return ''
    if (this.#random.chance(0.02)) return `${this.#random.pick(ALIASES)}: `
    return this.#random.chance(hasArguments ? 0.9 : 0.05) ? `f${this.#fields}: ` : ''
  }

  #condition(): string {
    const random = this.#random
    if (!random.chance(0.12)) return ''
    const name = random.pick(['skip', 'include'])
    return ` @${name}(if: ${random.chance(0.3) ? random.chance(0.5) : this.#conditionVariable()})`
  }

  #conditionVariable(): string {
    const random = this.#random
    const name = random.pick(['c0', 'c1', 'toString'])
    if (!this.#definitions.some((definition) => definition.startsWith(`$${name}:`))) {
      const hasDefault = random.chance(0.3)
      this.#definitions.push(`$${name}: Boolean${hasDefault ? ` = ${random.chance(0.5)}` : '!'}`)
      if (!hasDefault || random.chance(0.5))
        this.#variables[name] = random.chance(0.03) ? wrongValue(random) : random.chance(0.5)
    }
    return `$${name}`
  }

  #argument({ type }: GraphQLArgument): string {
    const random = this.#random
    const { pool, mutationPool } = this.#source
    const value = () => randomValue(random, type, this.#isMutation ? mutationPool : pool)
    if (!random.chance(0.4)) return printValue(random.chance(0.02) ? wrongValue(random) : value())
    const name = `v${this.#definitions.length}`
    const hasDefault = random.chance(0.15)
    const declared = hasDefault && isNonNullType(type) ? type.ofType : type
    this.#definitions.push(`$${name}: ${declared}${hasDefault ? ` = ${printValue(value())}` : ''}`)
    if (!random.chance(0.04)) this.#variables[name] = random.chance(0.08) ? wrongValue(random) : value()
    return `$${name}`
  }
}
