import { formLabels } from '../../classic/form-labels.ts'
import type { OfflineMessageDraft } from '../../classic/offline-message.ts'

const labels = formLabels.russian

/** Offline messages left through the Russian form, and two neighbours in Cyrillic and Greek letters. */
export const russianMessages: readonly OfflineMessageDraft[] = [
  {
    labels,
    visitorName: 'Анна Ковалёва',
    email: 'anna.kovaleva@pochta.test',
    skill: 2,
    text: 'Здравствуйте!\n\nПришёл не тот цвет: заказывала синий, получила зелёный.\nКак обменять?\n\nАнна',
    extraFields: { 'Телефон:': '+7 495 555-01-33', 'Номер заказа:': 'RU-1180' },
  },
  {
    labels,
    visitorName: 'Дмитрий',
    email: 'dmitry@pochta.test',
    text: 'Работаете ли вы в выходные?',
  },
  {
    labels,
    visitorName: 'Щукина Юлия',
    email: 'yulia@pochta.test',
    skill: 1,
    text: 'Не приходит код подтверждения. Сообщение: «Попробуйте позже».',
  },
  {
    labels,
    visitorName: 'ООО «Ромашка»',
    email: 'zakupki@romashka.test',
    skill: 3,
    text: 'Просим выставить счёт.\nИмя: ООО «Ромашка»\nСумма: 48 500 ₽\n\nС уважением,\nотдел закупок',
  },
  {
    labels,
    visitorName: 'Игорь Ёлкин',
    email: 'igor@pochta.test',
    skill: 2,
    text: 'Спасибо, всё дошло 👍',
    extraFields: { 'Номер заказа:': 'RU-1162' },
  },
  {
    labels,
    visitorName: 'Олена Шевченко',
    email: 'olena@poshta.test',
    text: 'Доброго дня! Чи є доставка до Львова? 🇺🇦',
  },
  {
    labels: formLabels.english,
    visitorName: 'Ελένη Παπαδοπούλου',
    email: 'eleni@tachy.test',
    skill: 1,
    text: 'Καλημέρα, δεν μπορώ να κατεβάσω το τιμολόγιό μου.',
  },
]
