/** Messages of customers in simulated chats. */
export const customerLines: readonly string[] = [
  'Hello? 👋',
  'Where is my parcel?',
  'I ordered two, only one came.',
  'هل يمكنكم المساعدة؟',
  'Danke, das hat geklappt!',
  'Could you repeat that in simple words? 😅',
  'Dziękuję bardzo 🙏',
  'ありがとうございます！',
  'The code does not work:\nSPRING10',
  'ok',
  'One moment, I look for the order number…',
  'It is NF-21044.',
  'Можно вернуть деньги?',
  '👍',
]

/** Messages of agents in simulated chats. */
export const agentLines: readonly string[] = [
  'Hello, how can I help?',
  'Let me look that up for you.',
  'It left our warehouse this morning 📦',
  'Could you tell me the order number?',
  'I have sent you a new one.',
  'Gern geschehen!',
  'لحظة من فضلك.',
  'Done ✅ Anything else?',
  'Please try once more in a minute.',
  'You will get a mail with the return label.',
]

/** Notes of agents in simulated chats. */
export const noteLines: readonly string[] = [
  'Second contact this week.',
  'VIP, be quick.',
  'Checked with the courier.',
]

/** New customers of simulated chats. */
export const newCustomers: readonly { readonly name: string; readonly email: string }[] = [
  { name: 'Ines Duarte', email: 'ines@duarte.test' },
  { name: 'Kim Min-jun', email: 'minjun@kim.test' },
  { name: 'Olga Sidorova', email: 'olga@sidorova.test' },
  { name: 'Farid Amini', email: 'farid@amini.test' },
  { name: 'Lucy 🐝', email: 'lucy@hive.test' },
]
