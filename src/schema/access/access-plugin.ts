import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import type { ChatError } from '../../domain/errors.ts'
import type { Context } from '../context.ts'
import type { MutationFailure } from '../mutation-failure.ts'
import { type AccessRule, checkAccess } from './access-rule.ts'

/**
 * Enforces the access rule of every root field before its resolver runs. A root field without a rule does not
 * compile, and does not build.
 */
export class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (field.kind === 'Query') return guard(resolve, accessRuleOf(field), fail)
    // Expected errors of a mutation are members of its result's union, so they are returned and not thrown.
    if (field.kind === 'Mutation')
      return guard(resolve, accessRuleOf(field), (error): MutationFailure => ({ error }))
    return resolve
  }

  override wrapSubscribe(
    subscribe: GraphQLFieldResolver<unknown, Types['Context'], object> | undefined,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> | undefined {
    return field.kind === 'Subscription' && subscribe
      ? guard(subscribe, accessRuleOf(field), fail)
      : subscribe
  }
}

function accessRuleOf<Types extends SchemaTypes>({
  name,
  pothosOptions,
}: PothosOutputFieldConfig<Types>): AccessRule {
  if ('access' in pothosOptions) return pothosOptions.access
  throw new TypeError(`The root field ${name} has no access rule.`)
}

function guard<AnyContext extends object>(
  resolve: GraphQLFieldResolver<unknown, AnyContext, object>,
  rule: AccessRule,
  onDenied: (error: ChatError) => unknown,
): GraphQLFieldResolver<unknown, AnyContext, object> {
  return (root, args, context, info) => {
    if (!hasCaller(context)) throw new TypeError('The context has no caller.')
    const error = checkAccess(rule, context.initialCaller)
    return error ? onDenied(error) : resolve(root, args, context, info)
  }
}

/** Plugins are generic over the builder's types, so they do not know the type of the context. */
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
