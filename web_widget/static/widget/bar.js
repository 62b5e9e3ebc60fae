/** The bar that is always on screen: the people to call now, and the way out. */

import { contactList } from './contacts.js';
import { el } from './dom.js';
import { words } from './words.js';

export function bar(contacts, leaveNow) {
  return [
    el('div', { class: 'bar' },
      el('details', { class: 'help' },
        el('summary', {}, words.help),
        el('div', { class: 'help-people' }, el('p', {}, words.helpIntro), contactList(contacts))),
      el('button', { class: 'leave', type: 'button', 'aria-describedby': 'leave-note', onclick: leaveNow }, words.leave)),
    el('p', { class: 'note', id: 'leave-note' }, el('strong', {}, `${words.leave}: `), words.leaveNote),
  ];
}
