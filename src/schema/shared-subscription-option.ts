import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'

/**
 * Marks a subscription field whose subscribers can share one execution: for equal arguments it yields the same events. The
 * start argument is the exception: it only selects the event after which a subscriber starts.
 */
export interface SharedSubscription<Argument extends string> {
  /** Null if subscribers always start at the current time. */
  readonly startArgument: Argument | null
}

const EXTENSION = 'startArgument'
const DEPENDS_ON_OWN_AGENT = 'dependsOnOwnAgent'

type Extensions = Readonly<Record<string | symbol, unknown>>

/**
 * Field options of a field whose value depends on the agent that an operator writes as. Operators with different agents share
 * no execution of a subscription that selects it.
 */
export const dependsOnOwnAgent = { extensions: { [DEPENDS_ON_OWN_AGENT]: true } }

/** Whether the value of a field with these extensions depends on the operator's own agent. */
export function isDependentOnOwnAgent(extensions: Extensions): boolean {
  return extensions[DEPENDS_ON_OWN_AGENT] === true
}

/** Reads the start argument of a field of Subscription; undefined if its subscribers cannot share an execution. */
export function startArgumentIn(extensions: Extensions): string | null | undefined {
  const startArgument = extensions[EXTENSION]
  return typeof startArgument === 'string' || startArgument === null ? startArgument : undefined
}

/** Copies the `shared` option of subscription fields into their extensions, where the server reads it. */
export class SharedSubscriptionPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.kind !== 'Subscription' || !field.pothosOptions.shared) return field
    const { startArgument } = field.pothosOptions.shared
    return { ...field, extensions: { ...field.extensions, [EXTENSION]: startArgument } }
  }
}

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      sharedSubscription: SharedSubscriptionPlugin<Types>
    }
    export interface SubscriptionFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      shared?: SharedSubscription<Extract<keyof Args, string>>
    }
  }
}

SchemaBuilder.registerPlugin('sharedSubscription', SharedSubscriptionPlugin)
