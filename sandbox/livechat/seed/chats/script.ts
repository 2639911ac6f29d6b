import type { Customer, EventDraft, Properties } from '../../store/model.ts'

/** Plain text for a message, or an event of another type. */
export type ScriptedMessage = string | Omit<EventDraft, 'authorId'>

/** One step of a seeded thread. */
export type Step =
  | { readonly by: 'customer' | 'agent'; readonly say: ScriptedMessage; readonly deleted?: true }
  | { readonly by: 'note'; readonly say: string }
  | { readonly by: 'system'; readonly type: string; readonly text: string }
  | { readonly by: 'join'; readonly agentId: string; readonly visibility: 'all' | 'agents' }
  | { readonly by: 'transfer'; readonly to: string }

/** A seeded thread; steps follow each other within minutes. */
export interface ThreadScript {
  /** Minutes before the sandbox's start. */
  readonly minutesAgo: number
  readonly steps: readonly Step[]
  /** Still active where absent. */
  readonly closedBy?: 'agent' | 'customer' | 'silence'
  readonly tags?: readonly string[]
  readonly properties?: Properties
  /** Started while no agent was online: routing found none (docs/providers/livechat.md 1.6). */
  readonly offline?: true
  readonly restrictedAccess?: string
  readonly queuePosition?: number
}

/** A seeded chat, threads oldest first. */
export interface ChatScript {
  readonly customer: Partial<Omit<Customer, 'id' | 'createdAt' | 'tickets'>>
  readonly groupId: number
  /** The serving agent; absent for none. */
  readonly agentId?: string
  readonly properties?: Properties
  readonly threads: readonly ThreadScript[]
}

/** The customer sends something. */
export const customer = (say: ScriptedMessage): Step => ({ by: 'customer', say })
/** The serving agent sends something. */
export const agent = (say: ScriptedMessage): Step => ({ by: 'agent', say })
/** The serving agent adds a note for other agents. */
export const note = (say: string): Step => ({ by: 'note', say })
/** The customer sends something and deletes it later. */
export const deletedByCustomer = (say: ScriptedMessage): Step => ({ by: 'customer', say, deleted: true })

/** The answers of the form before a chat. */
export function prechatForm(name: string, email: string, purpose: string): ScriptedMessage {
  return {
    type: 'filled_form',
    fields: {
      form_id: '1473433500211',
      form_type: 'prechat',
      fields: [
        { type: 'name', id: '154417206262603539', label: 'Your name', answer: name },
        { type: 'email', id: '154417206262601584', label: 'Your email', answer: email },
        {
          type: 'radio',
          id: '154417206262602571',
          label: 'Chat purpose',
          answer: { id: '0', label: purpose },
        },
        {
          type: 'checkbox',
          id: '154417206262604640',
          label: 'Contact me by',
          answers: [
            { id: '0', label: 'e-mail' },
            { id: '1', label: 'phone' },
          ],
        },
      ],
    },
  }
}

/** A picture on LiveChat's own file host. */
export function picture(name: string, alternativeText: string): ScriptedMessage {
  const url = `https://cdn.livechat-files.com/api/file/lc/att/8948324/${name}`
  return {
    type: 'file',
    fields: {
      name,
      url,
      thumbnail_url: `${url}?thumb`,
      thumbnail2x_url: `${url}?thumb2x`,
      content_type: 'image/png',
      size: 123_444,
      width: 640,
      height: 480,
      alternative_text: alternativeText,
    },
  }
}

/** A document on LiveChat's own file host: no thumbnails, no size. */
export function document(name: string): ScriptedMessage {
  const url = `https://cdn.livechat-files.com/api/file/lc/att/8948324/${name}`
  return { type: 'file', fields: { name, url, content_type: 'application/pdf' } }
}

/** Buttons to choose an answer from. */
export function quickReplies(title: string, answers: readonly string[]): ScriptedMessage {
  const buttons = answers.map((text, n) => ({
    type: 'message',
    text,
    value: text,
    postback_id: `answer_${n}`,
    user_ids: [],
  }))
  return {
    type: 'rich_message',
    fields: { template_id: 'quick_replies', elements: [{ title, buttons }] },
  }
}
