/** The texts of this part, which the panel's own files do not carry. Each follows the form of address of its language. */

export interface AwayText {
  closed: string;
  opens(when: string): string;
  noAgent: string;
  here: string;
  wait(minutes: number): string;
  waitLong: string;
  position(place: number): string;
  leave: string;
  leaveIntroduction: string;
  contact: string;
  badContact: string;
  sendMessage: string;
  left: string;
  leaveAnother: string;
  chatAnyway: string;
}

export const AWAY_TEXTS: Record<string, AwayText> = {
  en: {
    closed: 'We are closed at the moment.',
    opens: (when) => `We are closed. We’ll be back on ${when}.`,
    noAgent: 'No agents are available right now.',
    here: 'Agents are available.',
    wait: (minutes) => `Estimated wait: about ${minutes} min.`,
    waitLong: 'Estimated wait: an hour or longer.',
    position: (place) => `You are number ${place} in the queue.`,
    leave: 'Leave a message',
    leaveIntroduction: 'We will answer by e-mail or phone.',
    contact: 'E-mail or phone number',
    badContact: 'Please enter an e-mail address or a phone number.',
    sendMessage: 'Send message',
    left: 'Thank you. We have your message and will get back to you.',
    leaveAnother: 'Leave another message',
    chatAnyway: 'Start a chat anyway',
  },
  de: {
    closed: 'Wir haben gerade geschlossen.',
    opens: (when) => `Wir haben geschlossen. Wir sind wieder da: ${when}.`,
    noAgent: 'Unser Team ist gerade nicht online.',
    here: 'Unser Team ist verfügbar.',
    wait: (minutes) => `Voraussichtliche Wartezeit: etwa ${minutes} Min.`,
    waitLong: 'Voraussichtliche Wartezeit: eine Stunde oder länger.',
    position: (place) => `Sie sind Nummer ${place} in der Warteschlange.`,
    leave: 'Nachricht hinterlassen',
    leaveIntroduction: 'Wir antworten Ihnen per E-Mail oder Telefon.',
    contact: 'E-Mail oder Telefonnummer',
    badContact: 'Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer ein.',
    sendMessage: 'Nachricht senden',
    left: 'Vielen Dank. Ihre Nachricht ist angekommen. Wir melden uns bei Ihnen.',
    leaveAnother: 'Weitere Nachricht hinterlassen',
    chatAnyway: 'Trotzdem chatten',
  },
  es: {
    closed: 'Ahora mismo estamos cerrados.',
    opens: (when) => `Estamos cerrados. Volvemos el ${when}.`,
    noAgent: 'Ahora mismo no hay agentes disponibles.',
    here: 'Hay agentes disponibles.',
    wait: (minutes) => `Espera estimada: unos ${minutes} min.`,
    waitLong: 'Espera estimada: una hora o más.',
    position: (place) => `Eres el número ${place} en la cola.`,
    leave: 'Dejar un mensaje',
    leaveIntroduction: 'Te responderemos por correo electrónico o por teléfono.',
    contact: 'Correo electrónico o teléfono',
    badContact: 'Escribe una dirección de correo electrónico o un número de teléfono.',
    sendMessage: 'Enviar mensaje',
    left: 'Gracias. Hemos recibido tu mensaje y te responderemos.',
    leaveAnother: 'Dejar otro mensaje',
    chatAnyway: 'Iniciar un chat de todos modos',
  },
  fr: {
    closed: 'Nous sommes fermés pour le moment.',
    opens: (when) => `Nous sommes fermés. Nous serons de retour ${when}.`,
    noAgent: 'Aucun conseiller n’est disponible pour le moment.',
    here: 'Des conseillers sont disponibles.',
    wait: (minutes) => `Attente estimée : environ ${minutes} min.`,
    waitLong: 'Attente estimée : une heure ou plus.',
    position: (place) => `Vous êtes numéro ${place} dans la file d’attente.`,
    leave: 'Laisser un message',
    leaveIntroduction: 'Nous vous répondrons par e-mail ou par téléphone.',
    contact: 'E-mail ou numéro de téléphone',
    badContact: 'Veuillez saisir une adresse e-mail ou un numéro de téléphone.',
    sendMessage: 'Envoyer le message',
    left: 'Merci. Nous avons bien reçu votre message et vous répondrons.',
    leaveAnother: 'Laisser un autre message',
    chatAnyway: 'Démarrer quand même un chat',
  },
  pt: {
    closed: 'Estamos fechados neste momento.',
    opens: (when) => `Estamos fechados. Voltamos ${when}.`,
    noAgent: 'Neste momento não há atendentes disponíveis.',
    here: 'Há atendentes disponíveis.',
    wait: (minutes) => `Espera estimada: cerca de ${minutes} min.`,
    waitLong: 'Espera estimada: uma hora ou mais.',
    position: (place) => `Você é o número ${place} na fila.`,
    leave: 'Deixar uma mensagem',
    leaveIntroduction: 'Responderemos por e-mail ou telefone.',
    contact: 'E-mail ou telefone',
    badContact: 'Escreva um endereço de e-mail ou um número de telefone.',
    sendMessage: 'Enviar mensagem',
    left: 'Obrigado. Recebemos a sua mensagem e responderemos.',
    leaveAnother: 'Deixar outra mensagem',
    chatAnyway: 'Iniciar um chat mesmo assim',
  },
  ar: {
    closed: 'نحن مغلقون حاليًا.',
    opens: (when) => `نحن مغلقون. سنعود ${when}.`,
    noAgent: 'لا يوجد موظف متاح حاليًا.',
    here: 'يوجد موظفون متاحون.',
    wait: (minutes) => `مدة الانتظار المتوقعة: نحو ${minutes} دقيقة.`,
    waitLong: 'مدة الانتظار المتوقعة: ساعة أو أكثر.',
    position: (place) => `رقمك في قائمة الانتظار هو ${place}.`,
    leave: 'ترك رسالة',
    leaveIntroduction: 'سنجيبك عبر البريد الإلكتروني أو الهاتف.',
    contact: 'البريد الإلكتروني أو رقم الهاتف',
    badContact: 'يرجى إدخال عنوان بريد إلكتروني أو رقم هاتف.',
    sendMessage: 'إرسال الرسالة',
    left: 'شكرًا لك. وصلتنا رسالتك وسنرد عليك.',
    leaveAnother: 'ترك رسالة أخرى',
    chatAnyway: 'بدء محادثة على أي حال',
  },
};

/** English for a language that only the site brings. */
export function awayTextOf(language: string): AwayText {
  return AWAY_TEXTS[language.split('-')[0]!] ?? AWAY_TEXTS['en']!;
}
