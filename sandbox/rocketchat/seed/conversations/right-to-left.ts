import { agent, type Script, visitor } from '../script.ts'

/** Arabic, with digits, an order number and English inside. */
export const arabicReturn: Script = {
  visitor: 'omar',
  agent: 'mateo',
  endedMinutesAgo: 35,
  steps: [
    visitor(15, 'السلام عليكم، أريد إرجاع آلة القهوة'),
    agent(60, 'وعليكم السلام! ما رقم الطلب من فضلك؟'),
    visitor(40, 'رقم الطلب هو #10377، وصلت يوم 3/11'),
    visitor(0, 'الآلة: Espresso Mini 2'),
    agent(90, 'شكراً. هل الآلة ما زالت في علبتها الأصلية؟'),
    visitor(50, 'نعم، ولكن العلبة مفتوحة 📦'),
    agent(70, 'لا مشكلة. سأرسل لك ملصق الإرجاع (PDF) الآن.', {
      edited: 'لا مشكلة. أرسلت لك ملصق الإرجاع (PDF) بالبريد.',
    }),
    visitor(300, 'وصل، شكراً جزيلاً 🌹'),
    agent(30, 'على الرحب والسعة! The refund takes 3–5 days.'),
  ],
}

/** Hebrew, with a removed line and a mark of punctuation at either end. */
export const hebrewQuestion: Script = {
  visitor: 'noa',
  agent: 'yuki',
  endedMinutesAgo: 180,
  steps: [
    visitor(20, 'שלום, האם אתם שולחים לישראל?'),
    agent(80, 'Hello Noa! Yes, we do. שלום 🇮🇱'),
    visitor(45, 'מעולה! כמה עולה המשלוח (2 ק״ג)?'),
    agent(60, '€14.90, five to eight working days.'),
    visitor(30, 'טעות', { removed: true }),
    visitor(25, 'ואפשר לשלם ב־PayPal?'),
    agent(50, 'כן, בהחלט.'),
    visitor(15, 'תודה רבה!!'),
  ],
}
