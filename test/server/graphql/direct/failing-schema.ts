import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  Kind,
} from 'graphql'

/** Resolves after other promises that are created at the same time. */
async function later<Value>(value: Value): Promise<Value> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  return value
}

function fail(): never {
  throw new Error('a defect')
}

async function failLater(): Promise<never> {
  await later(null)
  return fail()
}

function* failingItems(): Iterable<unknown> {
  yield { name: 'first' }
  fail()
}

const NotSerializable = new GraphQLScalarType({ name: 'NotSerializable', serialize: fail })
const SerializedAsNull = new GraphQLScalarType({ name: 'SerializedAsNull', serialize: () => null })
const Day = new GraphQLScalarType<Date, string>({
  name: 'Day',
  serialize: (value) => (value instanceof Date ? value.toISOString() : fail()),
  parseValue: (value) => new Date(String(value)),
  parseLiteral: (node) => new Date(node.kind === Kind.STRING ? node.value : Number.NaN),
})
const Color = new GraphQLEnumType({
  name: 'Color',
  values: { RED: { value: { hex: '#f00' } }, GREEN: { value: 2 } },
})

const Named = new GraphQLInterfaceType({
  name: 'Named',
  fields: { name: { type: GraphQLString }, required: { type: new GraphQLNonNull(GraphQLString) } },
  resolveType: (value: { readonly kind?: unknown }) => typeNameOf(value.kind),
})

/** Resolves the type by all ways that a resolver has. Others than `cat` and `later` fail. */
function typeNameOf(kind: unknown): string | undefined | Promise<string> {
  if (kind === 'throws') fail()
  if (kind === 'rejects') return failLater()
  if (kind === 'later') return later('Dog')
  if (kind === 'cat') return 'Cat'
  return typeof kind === 'string' ? kind : undefined
}

const namedFields = (): Record<string, GraphQLFieldConfig<unknown, unknown>> => ({
  name: { type: GraphQLString },
  required: { type: new GraphQLNonNull(GraphQLString) },
})
const Cat = new GraphQLObjectType({ name: 'Cat', interfaces: [Named], fields: namedFields() })
const Dog = new GraphQLObjectType({
  name: 'Dog',
  interfaces: [Named],
  fields: { ...namedFields(), color: { type: Color } },
})
const Pet = new GraphQLUnionType({ name: 'Pet', types: [Cat, Dog], resolveType: Named.resolveType })
const Choice = new GraphQLInputObjectType({
  name: 'Choice',
  fields: {
    key: { type: GraphQLString },
    count: { type: GraphQLInt, defaultValue: 7 },
    day: { type: Day },
    colors: { type: new GraphQLList(new GraphQLNonNull(Color)) },
  },
})

const required = (type: GraphQLOutputType) => new GraphQLNonNull(type)
const listOf = (type: GraphQLOutputType) => new GraphQLList(type)
const field = (type: GraphQLOutputType, resolve: () => unknown) => ({ type, resolve })

const Item: GraphQLObjectType = new GraphQLObjectType({
  name: 'Item',
  fields: () => ({
    name: { type: GraphQLString },
    getter: { type: GraphQLString },
    method: { type: GraphQLString, args: { suffix: { type: GraphQLString } } },
    methodWithoutArguments: { type: GraphQLString },
    promised: { type: GraphQLString },
    promisedItem: { type: Item },
    fails: field(GraphQLString, fail),
    failsLater: field(GraphQLString, failLater),
    mustNotFail: field(required(GraphQLString), fail),
    mustNotFailLater: field(required(GraphQLString), failLater),
    alsoMustNotFail: field(required(GraphQLInt), () => later(null)),
    item: { type: Item, resolve: () => later(item) },
    requiredItem: { type: required(Item), resolve: () => item },
    later: { type: required(Item), resolve: () => later(item) },
  }),
})

const item = {
  name: 'item',
  get getter(): string {
    return fail()
  },
  method: ({ suffix }: { readonly suffix?: string }) => `called with ${suffix}`,
  methodWithoutArguments(): string {
    return `method of ${this.name}`
  },
  promised: later('promised'),
  promisedItem: later({ name: 'promised' }),
}

/** The fields of Query, which fail in every way that a resolver, a type or a list can. */
const queryFields = {
  item: field(Item, () => item),
  requiredItem: field(required(Item), () => item),
  items: field(listOf(Item), () => [item, later(item), null, item]),
  requiredItems: field(required(listOf(required(Item))), () => [item, later(item)]),
  nullInRequiredItems: field(listOf(required(Item)), () => [item, null, later(null)]),
  rejectedItems: field(listOf(Item), () => [failLater(), item, failLater(), later(item)]),
  rejectedRequiredItems: field(listOf(required(Item)), () => later([failLater(), item])),
  errorItems: field(listOf(Item), () => [new Error('an error as a value'), item]),
  failingIterator: field(listOf(Item), failingItems),
  failingIteratorLater: field(listOf(Item), () => later(failingItems())),
  set: field(listOf(Item), () => new Set([item])),
  noList: field(listOf(Item), () => 'text'),
  noListLater: field(listOf(Item), () => later({ length: 1 })),
  matrix: field(listOf(listOf(required(GraphQLInt))), () => [[1, 2], later([3, null]), null]),
  throwsText: field(GraphQLString, () => Promise.reject('text')),
  throwsNothing: field(GraphQLString, () => Promise.reject(undefined)),
  throwsSeveral: field(GraphQLString, () => {
    throw new AggregateError([new Error('one'), 'two'], 'several')
  }),
  returnsError: field(GraphQLString, () => later(new Error('an error as a value'))),
  notSerializable: field(NotSerializable, () => later(1)),
  serializedAsNull: field(SerializedAsNull, () => 1),
  requiredSerializedAsNull: field(required(SerializedAsNull), () => later(1)),
  wrongInt: field(GraphQLInt, () => later('text')),
  notANumber: field(GraphQLInt, () => Number.NaN),
  wrongString: field(GraphQLString, () => ({ secret: 'text' })),
  wrongEnum: field(Color, () => later('BLUE')),
  invalidDate: field(Day, () => later(new Date(Number.NaN))),
  pet: field(Named, () => ({ kind: 'cat', name: 'Tom', required: 'yes' })),
  petLater: field(Pet, () => later({ kind: 'later', name: 'Rex', required: null, color: 2 })),
  pets: field(listOf(Named), () => [
    { kind: 'cat', name: 'Tom' },
    later({ kind: 'later', name: 'Rex', required: 'yes' }),
    { kind: 'throws' },
    later({ kind: 'throws' }),
    { kind: 'rejects' },
  ]),
  petThrows: field(Pet, () => later({ kind: 'throws' })),
  requiredPetThrows: field(required(Pet), () => later({ kind: 'throws' })),
  wrongTypes: field(listOf(Pet), () => [{ kind: 'Item' }, { kind: 'Nothing' }, {}, later({ kind: 'Named' })]),
  failsRequired: field(required(GraphQLString), fail),
  failsRequiredLater: field(required(GraphQLString), failLater),
  ok: field(GraphQLString, () => later('ok')),
}

/** Returns its arguments as the resolver received them. */
const echo: GraphQLFieldConfig<unknown, unknown> = {
  type: GraphQLString,
  args: {
    choice: { type: Choice },
    colors: { type: listOfColors() },
    text: { type: GraphQLString, defaultValue: 'default' },
    id: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 3 },
    days: { type: new GraphQLList(Day) },
    flag: { type: GraphQLBoolean },
  },
  resolve: (_root, args) =>
    JSON.stringify(args, (_name, value: unknown) => (value === undefined ? 'undefined' : value)),
}

function listOfColors() {
  return new GraphQLList(new GraphQLNonNull(Color))
}

/** A schema that fails in every way, and the names of the fields of Query that need no arguments. */
export const failingSchema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { ...queryFields, echo } }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: { ...queryFields, echo } }),
  types: [Cat, Dog],
})

export const failingFields = Object.keys(queryFields)
