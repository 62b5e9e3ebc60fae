/** People to call, with the number large enough for a shaking thumb. */

import { el, link, phone } from './dom.js';
import { words } from './words.js';

export function contactList(contacts) {
  return el('ul', { class: 'contacts' }, contacts.map(one));
}

function one(contact) {
  // Only "open" is a badge: the hours of a line that is closed say themselves when it opens.
  const open = contact.open_now && words.openNow;
  return el('li', { class: 'contact' },
    el('span', { class: 'contact-name' }, link(contact.url, contact.name)),
    contact.phone && el('span', { class: 'contact-phone' }, phone(contact.phone)),
    contact.text && el('span', { class: 'contact-text' }, `${words.text} ${contact.text}`),
    (open || contact.hours) && el('span', { class: 'contact-hours' },
      open && el('span', { class: 'open' }, open),
      open && contact.hours && ' · ',
      contact.hours),
  );
}
