import type { Department as DepartmentModel } from '../domain/model.ts'
import { builder } from './builder.ts'
import { Node } from './node.ts'

export const Department = builder.objectRef<DepartmentModel>('Department').implement({
  description:
    'A Rocket.Chat department or a LiveChat group (formerly skill). Departments cost one call per provider and minute, for all callers together.',
  interfaces: [Node],
  fields: (t) => ({
    nativeId: t.exposeString('nativeId', { description: 'The provider’s id of the department.' }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Name of the department; null if the provider does not report it.',
    }),
    online: t.exposeBoolean('online', {
      nullable: true,
      description:
        'Whether an agent of the department is online, at most a minute old; null if the provider does not report it. Rocket.Chat reports only whether any agent is online: if none is, this is false for every department.',
    }),
  }),
})
