import { AGENTS } from '../configuration.ts'
import { agent, type ChatScript, customer, note, prechatForm, type ScriptedMessage } from './script.ts'

const cards: ScriptedMessage = {
  type: 'rich_message',
  fields: {
    template_id: 'cards',
    elements: [
      {
        title: 'Team plan',
        subtitle: 'Up to 25 seats, € 49 a month',
        image: {
          name: 'team.png',
          url: 'https://cdn.livechat-files.com/api/file/lc/att/8948324/team.png',
          content_type: 'image/png',
          size: 48_211,
          width: 320,
          height: 200,
          alternative_text: 'Five people around a table',
        },
        buttons: [
          {
            type: 'url',
            text: 'Details',
            value: 'https://shop.test/team',
            postback_id: 'details',
            user_ids: [],
          },
          { text: 'I take it', postback_id: 'take_team', user_ids: [] },
        ],
      },
    ],
  },
}

const orderCreated: ScriptedMessage = {
  type: 'system',
  fields: {
    source: 'cdp',
    subtype: 'store_order_was_created',
    version: 1,
    details: JSON.stringify({
      store: { platform: 'shopify' },
      order: { order_number: '#1001', total_price: 49 },
    }),
  },
}

/** Chats with technical support and sales: transfers, a listening supervisor, every kind of event. */
export const supportChats = (self: string): readonly ChatScript[] => [
  {
    customer: { name: 'Maya Fernández', email: 'maya@fernandez.test', avatar: 'https://img.test/maya.png' },
    groupId: 0,
    agentId: self,
    threads: [
      {
        minutesAgo: 6_100,
        closedBy: 'agent',
        tags: ['sales', 'positive feedback'],
        properties: { rating: { score: 1, comment: '¡Genial!' } },
        steps: [
          customer(prechatForm('Maya Fernández', 'maya@fernandez.test', 'Sales')),
          customer('Which plan do you suggest for twelve people?'),
          agent(cards),
          customer({ type: 'custom', fields: { content: { chosen: { plan: 'team', seats: 12 } } } }),
          customer(orderCreated),
          agent({
            type: 'message',
            fields: { text: '**Welcome** aboard! See _Settings > Team_.' },
            properties: { chats: { formatting: 'commonmark' } },
          }),
          { by: 'system', type: 'rating.chat_rated', text: 'Maya Fernández rated the chat as good' },
        ],
      },
    ],
  },
  {
    customer: { name: 'Piotr Zieliński', email: 'piotr@zielinski.test' },
    groupId: 1,
    agentId: AGENTS.ben,
    threads: [
      {
        minutesAgo: 1_700,
        closedBy: 'silence',
        tags: ['support'],
        steps: [
          customer('Dzień dobry, faktura pokazuje zły NIP.'),
          agent('Przekazuję do działu rozliczeń.'),
          { by: 'transfer', to: self },
          agent('Poprawiona faktura jest już w panelu ✅'),
          customer('Dziękuję!'),
        ],
      },
    ],
  },
  {
    customer: {
      name: 'Jürgen Weiß',
      email: 'j.weiss@beispiel.test',
      city: 'Köln',
      timeZone: 'Europe/Berlin',
      phoneNumber: '+4922112345678',
      sessionFields: [{ plan: 'team' }, { app: '5.2.1' }],
    },
    groupId: 1,
    agentId: self,
    threads: [
      {
        minutesAgo: 12,
        steps: [
          customer('Die App stürzt beim Start ab 😡'),
          { by: 'join', agentId: AGENTS.ada, visibility: 'agents' },
          note('Same crash as yesterday, fix is in 5.2.2.'),
          agent('Welche Version sehen Sie unter „Über die App“?'),
          customer('5.2.1'),
        ],
      },
    ],
  },
  {
    customer: { name: 'Анна Ковалёва', email: 'anna.kovaleva@pochta.test', city: 'Almaty' },
    groupId: 1,
    agentId: AGENTS.ada,
    threads: [
      {
        minutesAgo: 150_000,
        closedBy: 'agent',
        restrictedAccess: "You can't access threads older than 60 days on starter plan",
        steps: [customer('Здравствуйте!'), agent('Добрый день!')],
      },
      {
        minutesAgo: 3_300,
        closedBy: 'customer',
        steps: [
          customer('Не приходит код подтверждения.'),
          agent('Отправила ещё раз 📨'),
          customer('Пришёл 👍'),
        ],
      },
    ],
  },
  {
    customer: {},
    groupId: 0,
    threads: [
      {
        minutesAgo: 6,
        queuePosition: 1,
        steps: [customer('anyone there??'), customer('👀')],
      },
    ],
  },
  {
    customer: { name: '👩‍👩‍👧 Chloe', email: 'chloe.tran@petals.test' },
    groupId: 0,
    agentId: self,
    threads: [
      {
        minutesAgo: 4,
        steps: [customer('💐💐💐'), agent('🙏😊'), customer('Can I get 3 more? 👩🏽‍🌾🏳️‍🌈')],
      },
    ],
  },
]
