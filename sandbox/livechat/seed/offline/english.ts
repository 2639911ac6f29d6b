import type { OfflineMessageDraft } from '../../classic/offline-message.ts'

/**
 * English offline messages, including forms that are hard to parse: a second `Message:` line, a `Name:` line, no
 * visitor name.
 */
export const englishMessages: readonly OfflineMessageDraft[] = [
  {
    visitorName: 'Oliver Grant',
    email: 'oliver.grant@northfield.test',
    skill: 2,
    text: 'Hello,\nmy parcel says "delivered" since Tuesday, but nothing arrived.\n\nCould you check with the courier?\n\nThanks\nOliver',
    extraFields: { 'Phone:': '+44 20 7946 0102', 'Order number:': 'NF-20881' },
  },
  {
    visitorName: 'Priya Nair',
    email: 'priya@nair.test',
    text: 'Do you ship to India? 🙏',
  },
  {
    visitorName: 'Jack Morrow',
    email: 'jack@morrow.test',
    skill: 1,
    text: `The export stops half way. The whole log:\n\n${logLines(200)}\n\nIt always ends there.`,
  },
  {
    visitorName: 'Sam Whitfield',
    email: 'sam.whitfield@corp.test',
    skill: 1,
    text: 'I forward what your bot sent me:\n\nMessage:\nYour subscription ends today.\n\nIs this real or phishing?',
  },
  {
    visitorName: 'Grace Lindqvist',
    email: 'grace.l@lindqvist.test',
    skill: 3,
    text: 'Please correct the invoice address:\nName: Lindqvist Studio AB\nStreet: Storgatan 4\nE-mail: billing@lindqvist.test\n\nThe rest is fine.',
    extraFields: { 'Order number:': '77-0034' },
  },
  {
    visitorName: '',
    email: 'anonymous.shopper@mail.test',
    text: 'is the blue one back in stock??',
  },
  {
    visitorName: "Siobhán O'Rourke",
    email: 'siobhan+shop@orourke.test',
    skill: 2,
    text: 'Two of the six glasses came broken. Photos: https://img.orourke.test/a?x=1&y=2 <- here.\n1) the box\n2) the shards',
    extraFields: { 'Phone:': '+353 1 555 0145', 'Order number:': 'NF-20913' },
  },
  {
    visitorName: 'Marcus Bell',
    email: 'm.bell@bellworks.test',
    skill: 1,
    text: 'Your API answers 502 since 03:10 UTC:\n\n  curl -i https://api.shop.test/v2/items\n  HTTP/1.1 502 Bad Gateway\n\n{"error": "upstream\\timeout"}\n\nAny status page?',
  },
  {
    visitorName: 'Chloe Tran 🌸',
    email: 'chloe.tran@petals.test',
    text: 'Loved the bouquet 💐💐 my mum cried 😭❤️\nCan I order the same for 👩‍👩‍👧 next week?',
  },
  {
    visitorName: 'Dr. Henry Okafor',
    email: 'henry.okafor@clinic.test',
    skill: 3,
    text: 'We need a quote for 40 chairs, delivered to two sites.\n\nSite A: 25 pieces\nSite B: 15 pieces\n\nPayment within 30 days would be best for us.',
    extraFields: { 'Phone:': '+234 1 555 0181' },
  },
  { visitorName: 'Lucy', email: 'lucy@mail.test', text: 'refund pls' },
  {
    visitorName: 'Tobias "Toby" Reed',
    email: 'toby.reed@mail.test',
    skill: 2,
    text: 'Wrong size. I ordered M, I got XL 🤷',
    extraFields: { 'Order number:': 'NF-20950' },
  },
  {
    visitorName: 'Ana Beltrán',
    email: 'ana.beltran@correo.test',
    text: '¿Atienden también en español? Mi pedido llegó sin la funda.\n\n— Ana',
  },
  {
    visitorName: 'Noah Fischer-Lang',
    email: 'noah@fischer-lang.test',
    skill: 1,
    text: 'Login loop on Firefox:\n\t1. enter password\n\t2. enter code\n\t3. back to 1\nCleared cookies, same.',
  },
  {
    visitorName: 'Ruth Abara',
    email: 'ruth.abara@charity.test',
    skill: 3,
    text: 'Is there a discount for charities? We are registered under no. 1145-88.',
  },
  {
    visitorName: 'Ella Prescott',
    email: 'ella.prescott@mail.test',
    text: 'Hi! Can I change the delivery date to Friday?\n\n\n\nSorry for the late notice.',
    extraFields: { 'Order number:': 'NF-21002' },
  },
  {
    visitorName: 'Wei Zhang 张伟',
    email: 'wei.zhang@zhang.test',
    text: '你好，请问可以开发票吗？\nHello, can you issue an invoice in Chinese?',
  },
  {
    visitorName: 'Isla McKay',
    email: 'isla.mckay@mail.test',
    skill: 2,
    text: 'Is the return label valid in Northern Ireland too?',
    extraFields: { 'Phone:': '', 'Order number:': 'NF-20677' },
  },
]

/** A long body, about 12 kB of numbered lines. */
function logLines(count: number): string {
  return Array.from(
    { length: count },
    (_, line) =>
      `[export] row ${String(line * 500).padStart(6, '0')} written, 500 rows, checksum ${(line * 7919) % 9973} ok`,
  ).join('\n')
}
