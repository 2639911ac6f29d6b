import { type ChatScript, customer, prechatForm } from './script.ts'

const offline = { routing: { offline_message: true } }

/**
 * Messages sent while no agent was online, as messaging mode stores them: threads of continuous chats
 * (docs/providers/livechat.md 1.6).
 */
export const offlineChats: readonly ChatScript[] = [
  {
    customer: { name: 'Mary Brown', email: 'mary.brown@mycompany.com' },
    groupId: 0,
    properties: { routing: { email_follow_up: true } },
    threads: [
      {
        minutesAgo: 1_250,
        offline: true,
        closedBy: 'silence',
        properties: offline,
        steps: [
          customer(prechatForm('Mary Brown', 'mary.brown@mycompany.com', 'Sales')),
          customer(
            "Hi,\nI'd like to ask about your products, can somebody contact me?\nBest regards,\nMary Brown",
          ),
        ],
      },
    ],
  },
  {
    customer: { name: 'Łucja Żółkiewska', email: 'lucja@zolkiewska.test' },
    groupId: 2,
    threads: [
      {
        minutesAgo: 5_900,
        offline: true,
        closedBy: 'silence',
        properties: offline,
        steps: [customer('Dzień dobry,\nprzesyłka 00712 utknęła w Łodzi.\n\nProszę o kontakt.')],
      },
      {
        minutesAgo: 700,
        offline: true,
        closedBy: 'silence',
        properties: offline,
        steps: [customer('Nadal czekam na odpowiedź…')],
      },
    ],
  },
  {
    customer: { name: 'عمر الفاروق', email: 'omar@farouq.test' },
    groupId: 3,
    threads: [
      {
        minutesAgo: 95,
        offline: true,
        properties: offline,
        steps: [customer('هل يمكنكم إرسال الفاتورة مرة أخرى؟')],
      },
    ],
  },
]
