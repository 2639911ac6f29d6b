import type { Message } from '../../domain/model.ts'
import type { Context } from '../context.ts'

/**
 * Whether the caller wrote the message. A room has one visitor, so a visitor wrote what any visitor wrote in it. Returns a
 * promise only where the operator's agent must be known.
 */
export function isWrittenByCaller(
  { kind, author, provider }: Message,
  _args: object,
  { call: { caller }, loaders }: Pick<Context, 'call' | 'loaders'>,
): boolean | Promise<boolean> {
  // The provider writes system messages, also those that name a participant as their author.
  if (!author || kind === 'SYSTEM') return false
  if (caller.role !== 'OPERATOR') return caller.role === 'VISITOR' && author.role === 'VISITOR'
  if (author.role === 'VISITOR') return false
  return loaders.ownAgentIds.load(provider).then((agentId) => agentId === author.nativeId)
}
