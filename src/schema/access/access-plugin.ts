import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import type { Permission } from '../../domain/caller.ts'
import type { ChatError } from '../../domain/errors.ts'
import type { Context } from '../context.ts'
import type { MutationFailure } from '../errors.ts'
import { checkAccess } from './provider-access.ts'

/** Which callers may use a root field, and the permission that it takes of an operator. */
export interface AccessRule {
  readonly callers: 'ANYONE' | 'OPERATORS'
  /** Null where an operator needs none. */
  readonly permission: Permission | null
}

/** For what needs no credential, or is decided per object. */
export const anyone: AccessRule = { callers: 'ANYONE', permission: null }

/** Operators need the permission; about visitors the provider decides. */
export function requirePermission(permission: Permission): AccessRule {
  return { callers: 'ANYONE', permission }
}

/** Nobody else may, and operators need the permission. */
export function requireOperator(permission: Permission): AccessRule {
  return { callers: 'OPERATORS', permission }
}

/**
 * Enforces the access rule of every root field before its resolver runs. A root field without a rule does not
 * compile, and does not build.
 */
export class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (field.kind === 'Query') return guarded(resolve, ruleOf(field), fail)
    // Expected failures of mutations are values, of which the result's union has a member for each.
    if (field.kind === 'Mutation')
      return guarded(resolve, ruleOf(field), (failed): MutationFailure => ({ failed }))
    return resolve
  }

  override wrapSubscribe(
    subscribe: GraphQLFieldResolver<unknown, Types['Context'], object> | undefined,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> | undefined {
    return field.kind === 'Subscription' && subscribe ? guarded(subscribe, ruleOf(field), fail) : subscribe
  }
}

function ruleOf<Types extends SchemaTypes>({
  name,
  pothosOptions,
}: PothosOutputFieldConfig<Types>): AccessRule {
  if ('access' in pothosOptions) return pothosOptions.access
  throw new TypeError(`The root field ${name} has no access rule.`)
}

function guarded<AnyContext extends object>(
  resolve: GraphQLFieldResolver<unknown, AnyContext, object>,
  rule: AccessRule,
  refuse: (error: ChatError) => unknown,
): GraphQLFieldResolver<unknown, AnyContext, object> {
  return (root, args, context, info) => {
    if (!hasCaller(context)) throw new TypeError('The context names no caller.')
    const refusal = checkAccess(rule, context)
    return refusal ? refuse(refusal) : resolve(root, args, context, info)
  }
}

/** Plugins are generic over the builder's types and do not know what the context is. */
function hasCaller(context: object): context is Pick<Context, 'initialCaller'> {
  return 'initialCaller' in context
}

function fail(error: ChatError): never {
  throw error
}

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      access: AccessPlugin<Types>
    }
    export interface QueryFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      access: AccessRule
    }
    export interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      access: AccessRule
    }
    export interface SubscriptionFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      access: AccessRule
    }
  }
}

SchemaBuilder.registerPlugin('access', AccessPlugin)
