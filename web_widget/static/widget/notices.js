/** What interrupts a chat: trouble with its numbers, the question before deleting, and the word that it is gone. */

import { contactList } from './contacts.js';
import { el } from './dom.js';
import { words } from './words.js';

/** A sentence, the numbers, and what to press next. */
export function troubleNotice(detail, contacts, label, act) {
  return el('div', { class: 'trouble', role: 'alert' },
    el('h3', {}, words.trouble),
    el('p', {}, detail),
    contacts.length ? contactList(contacts) : '',
    el('button', { class: 'again', type: 'button', onclick: act }, label));
}

export function deleteQuestion(yes, no) {
  return el('div', { class: 'question', role: 'group', 'aria-labelledby': 'delete-ask' },
    el('h3', { id: 'delete-ask', tabindex: -1 }, words.deleteAsk),
    el('p', {}, words.deleteMeans),
    el('div', { class: 'choices' },
      el('button', { class: 'warn', type: 'button', onclick: yes }, words.deleteYes),
      el('button', { class: 'choice', type: 'button', onclick: no }, words.deleteNo)));
}

export function goneNotice(startAgain) {
  return el('div', { class: 'gone', role: 'group', 'aria-labelledby': 'gone' },
    el('h3', { id: 'gone', tabindex: -1 }, words.gone),
    el('p', {}, words.goneMeans),
    el('button', { class: 'choice', type: 'button', onclick: startAgain }, words.startAgain));
}
