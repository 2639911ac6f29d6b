import type { Department as DepartmentModel } from '../domain/model.ts'
import { providerOf } from './access/provider-access.ts'
import { builder } from './builder.ts'
import { Node } from './node.ts'
import { PreChatForm } from './pre-chat-form.ts'

/** A department. `unread` if it could not be read, so that nothing but its id is known. */
export interface DepartmentValue extends DepartmentModel {
  readonly unread?: true
}

export const Department = builder.objectRef<DepartmentValue>('Department').implement({
  description:
    'A Rocket.Chat department or a LiveChat group (formerly skill). Departments cost one call per provider and minute, for all callers together.',
  interfaces: [Node],
  fields: (t) => ({
    nativeId: t.exposeString('nativeId', { description: 'The provider’s id of the department.' }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Name of the department; null if the provider does not report it.',
    }),
    online: t.boolean({
      nullable: true,
      description:
        'Whether an agent of the department is online for a new conversation, at most a minute old; null if the provider does not report it. LiveChat reports it with the groups. A Rocket.Chat with a service account costs one more call per hundred agents and minute. Without one it can be read only for a single department, for one call per department and minute; in lists it is false if no agent of the server is online, else null.',
      resolve: ({ provider, nativeId: departmentId, unread }, _args, { loaders }) =>
        unread ? null : loaders.departmentsOnline.load({ provider, departmentId }),
    }),
    preChatForm: t.field({
      type: PreChatForm,
      nullable: true,
      description:
        'What the provider asks visitors before a conversation with this department, as `Provider.preChatForm`: a LiveChat group can have its own form, for two calls per group and minute; the departments of a Rocket.Chat have the form of the server.',
      resolve: ({ nativeId, ...department }, _args, ctx) =>
        providerOf(department, ctx).getPreChatForm(nativeId, ctx.call),
    }),
  }),
})
