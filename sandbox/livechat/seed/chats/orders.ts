import { AGENTS } from '../configuration.ts'
import {
  agent,
  type ChatScript,
  customer,
  deletedByCustomer,
  document,
  note,
  picture,
  prechatForm,
  quickReplies,
} from './script.ts'

/** Chats about orders, most of them still going on. `self` is the agent whose login the sandbox was given. */
export const orderChats = (self: string): readonly ChatScript[] => [
  {
    customer: {
      name: 'Nora Vestergaard',
      email: 'nora@vestergaard.test',
      phoneNumber: '+4535550142',
      country: 'Denmark',
      countryCode: 'DK',
      city: 'Aarhus',
      timeZone: 'Europe/Copenhagen',
      sessionFields: [{ plan: 'plus' }, { last_order: 'NF-20881' }],
    },
    groupId: 2,
    agentId: self,
    properties: { source: { client_id: '0805e283233042b37f460ed8fbf22160' } },
    threads: [
      {
        minutesAgo: 9_400,
        closedBy: 'agent',
        tags: ['support', 'vip'],
        steps: [
          customer(prechatForm('Nora Vestergaard', 'nora@vestergaard.test', 'Order')),
          customer('Hej! When does NF-20881 ship?'),
          agent('Hello Nora, it leaves our warehouse tomorrow.'),
          customer('Perfect 🎉'),
        ],
      },
      {
        minutesAgo: 22,
        steps: [
          customer('It arrived, but look at the corner:'),
          customer(picture('corner.png', 'A dented corner of a parcel')),
          note('Third dented parcel from that courier this week.'),
          agent('Oh no, I am sorry 😟 Would you like a new one or your money back?'),
          customer('A new one please 🙏'),
        ],
      },
    ],
  },
  {
    customer: {
      name: 'ليلى حداد',
      email: 'layla@haddad.test',
      country: 'Jordan',
      countryCode: 'JO',
      city: 'Amman',
      timeZone: 'Asia/Amman',
    },
    groupId: 2,
    agentId: self,
    threads: [
      {
        minutesAgo: 35,
        steps: [
          customer('مرحباً، أين طلبيتي رقم NF-20771؟'),
          agent('أهلاً ليلى، لحظة من فضلك 🔎'),
          customer('شكراً، أنا في الانتظار 🌹'),
        ],
      },
    ],
  },
  {
    customer: {
      name: '佐藤 花子',
      email: 'hanako.sato@yubin.test',
      country: 'Japan',
      countryCode: 'JP',
      city: 'Tokyo',
      timeZone: 'Asia/Tokyo',
    },
    groupId: 2,
    agentId: AGENTS.ben,
    threads: [
      {
        minutesAgo: 50,
        steps: [
          customer('注文番号 JP-3301 について質問があります。'),
          agent(quickReplies('ご用件をお選びください', ['配送状況', '返品', 'その他'])),
          customer('配送状況'),
          agent('確認いたします。少々お待ちください🙇‍♀️'),
        ],
      },
    ],
  },
  {
    customer: { name: 'נועה כהן', email: 'noa.cohen@doar.test', city: 'Haifa', timeZone: 'Asia/Jerusalem' },
    groupId: 2,
    agentId: AGENTS.ada,
    threads: [
      {
        minutesAgo: 30_000,
        closedBy: 'customer',
        steps: [customer('שלום, אפשר לשנות כתובת?'), agent('כן, בבקשה.'), customer('תודה!')],
      },
      {
        minutesAgo: 14_000,
        closedBy: 'silence',
        steps: [customer('האם ההזמנה נשלחה?'), agent('נשלחה אתמול 📦')],
      },
      {
        minutesAgo: 4_000,
        closedBy: 'agent',
        tags: ['refund'],
        steps: [
          customer('קיבלתי מוצר לא נכון.'),
          agent('נחליף אותו. הנה תווית ההחזרה:'),
          agent(document('return-label.pdf')),
        ],
      },
    ],
  },
  {
    customer: { name: 'Gus Petrakis', email: 'gus@petrakis.test' },
    groupId: 3,
    agentId: self,
    threads: [
      {
        minutesAgo: 2_900,
        closedBy: 'customer',
        tags: ['refund', 'complaint'],
        steps: [
          customer('You charged me twice.'),
          deletedByCustomer('My card is 4111 1111 1111 1111'),
          agent('Please never send card numbers here. I see both charges and return one.'),
          note('Asked him to delete the number. Done.'),
          customer('Deleted it, sorry. Thanks!'),
        ],
      },
    ],
  },
]
