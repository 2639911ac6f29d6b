import { formLabels } from '../../classic/form-labels.ts'
import type { OfflineMessageDraft } from '../../classic/offline-message.ts'

const labels = formLabels.arabic

/** Offline messages left through the Arabic form: right-to-left, some mixed with left-to-right numbers and names. */
export const arabicMessages: readonly OfflineMessageDraft[] = [
  {
    labels,
    visitorName: 'ليلى حداد',
    email: 'layla@haddad.test',
    skill: 2,
    text: 'مرحباً،\nلم تصلني الطلبية رقم NF-20771 حتى الآن.\n\nشكراً لكم 🌹',
    extraFields: { 'رقم الهاتف:': '+962 6 555 0134', 'رقم الطلب:': 'NF-20771' },
  },
  {
    labels,
    visitorName: 'عمر الفاروق',
    email: 'omar@farouq.test',
    text: 'هل يمكنكم الشحن إلى الدوحة؟',
  },
  {
    labels,
    visitorName: 'سارة العلي',
    email: 'sara.alali@barid.test',
    skill: 1,
    text: 'التطبيق يعرض الخطأ "Error 403" بعد التحديث إلى الإصدار 5.2.1.\nالرسالة:\nغير مصرح بالدخول.',
  },
  {
    labels,
    visitorName: 'يوسف',
    email: 'yusuf@barid.test',
    text: 'شكراً جزيلاً على الخدمة الممتازة! 👏👏',
  },
  {
    labels,
    visitorName: 'د. هدى منصور',
    email: 'huda.mansour@barid.test',
    skill: 3,
    text: 'نرغب في عرض سعر لعشرين قطعة.\n\nالموقع الأول: عمّان\nالموقع الثاني: إربد',
    extraFields: { 'رقم الهاتف:': '+962 2 555 0177' },
  },
  {
    labels: formLabels.english,
    visitorName: 'נועה כהן',
    email: 'noa.cohen@doar.test',
    skill: 2,
    text: 'שלום, קיבלתי מוצר לא נכון (הזמנה NF-20990).\nאפשר להחליף?',
    extraFields: { 'Order number:': 'NF-20990' },
  },
]
