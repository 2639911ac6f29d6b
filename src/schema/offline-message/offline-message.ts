import { toCalendarDay } from '../../domain/calendar-days.ts'
import type {
  OfflineMessageDelivery as OfflineMessageDeliveryModel,
  OfflineMessage as OfflineMessageModel,
} from '../../domain/model.ts'
import { providerOf } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { Department } from '../department.ts'
import { Node } from '../node.ts'
import { Provider } from '../provider.ts'

export const OfflineMessageStateType = builder.enumType('OfflineMessageState', {
  description: 'Delivery state of an offline message.',
  values: {
    RECEIVED: { description: 'It is in the provider’s own list, and was not sent through this gateway.' },
    QUEUED: { description: 'It is in the gateway’s store, and waits for delivery to the provider.' },
    SENT: { description: 'The provider confirmed it.' },
    UNCONFIRMED: {
      description:
        'It was sent and no response arrived, so it may or may not have been delivered. It is never sent again automatically.',
    },
    FAILED: { description: 'The provider rejected it, or all attempts failed.' },
    DISCARDED: { description: 'An operator discarded it, and it is not sent any more.' },
  } as const,
})

const OfflineMessageDelivery = builder
  .objectRef<OfflineMessageDeliveryModel>('OfflineMessageDelivery')
  .implement({
    description: 'Delivery of an offline message to the provider.',
    fields: (t) => ({
      state: t.expose('state', { type: OfflineMessageStateType, description: 'Delivery state.' }),
      attempts: t.exposeInt('attempts', {
        description:
          'Number of requests that were sent to deliver it; 0 for messages that were read from the provider.',
      }),
      lastError: t.exposeString('lastError', {
        nullable: true,
        description: 'Reason why the last attempt failed, for people; null if none failed.',
      }),
      nextAttemptAt: t.expose('nextAttemptAt', {
        type: 'DateTime',
        nullable: true,
        description: 'Time of the next attempt; null if none is scheduled.',
      }),
    }),
  })

export const OfflineMessage = builder.objectRef<OfflineMessageModel>('OfflineMessage').implement({
  description: 'A message that a visitor left while no agent was online.',
  interfaces: [Node],
  fields: (t) => ({
    provider: t.field({
      type: Provider,
      description: 'Provider that the message is for.',
      resolve: (message, _args, ctx) => providerOf(message, ctx),
    }),
    nativeId: t.exposeString('nativeId', {
      nullable: true,
      description:
        'The provider’s id of the message; null until it was sent, and always null at Rocket.Chat, which assigns none.',
    }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Name of the visitor; null if the provider does not report it.',
    }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'E-mail address of the visitor, for the reply; null if the provider does not report it.',
    }),
    text: t.exposeString('text', {
      description:
        'Text that the visitor wrote. LiveChat returns a whole form (`Your name: ... Message: ...`); this is only its message.',
    }),
    rawText: t.exposeString('rawText', {
      description: 'Text exactly as the provider returns it, or as the gateway accepted it.',
    }),
    department: t.field({
      type: Department,
      nullable: true,
      description:
        'Department that the message is for; null if it has none, or if the department does not exist. Departments cost one call per provider and minute.',
      resolve: (message, _args, ctx) => loadDepartment(message, ctx),
    }),
    receivedAt: t.expose('receivedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the message was left; null if only the day is known.',
    }),
    receivedOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        'Day on which the message was left, in the provider’s time zone; null if it is not known: LiveChat’s own messages have a day only in the list.',
      resolve: ({ provider, receivedAt, receivedOn }, _args, { registry }) =>
        receivedAt === null
          ? receivedOn
          : toCalendarDay(registry.find(provider)?.timeZone ?? 'UTC', receivedAt),
    }),
    delivery: t.expose('delivery', {
      type: OfflineMessageDelivery,
      description:
        'Delivery to the provider. For a message that was read from the provider its state is RECEIVED.',
    }),
  }),
})

/** Loads the department. A message that the gateway accepted has the id or the name that the visitor's form sent. */
async function loadDepartment(
  { provider, departmentId, delivery }: OfflineMessageModel,
  { loaders }: Context,
) {
  if (departmentId === null) return null
  const department = await loaders.departments.load({ provider, departmentId })
  if (department || delivery.state === 'RECEIVED') return department
  const all = await loaders.departmentLists.load(provider)
  return all.find(({ name }) => name === departmentId) ?? null
}
