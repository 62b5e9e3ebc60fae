/** One message of the conversation, with its people, services and answers to choose from. */

import { contactList } from './contacts.js';
import { el } from './dom.js';
import { serviceCard } from './service.js';
import { words } from './words.js';

/** `base` is where Signpost is served; `choose(choice)` is called with the choice that was pressed. */
export function messageView(message, base, choose) {
  const text = message.text && el('p', { class: 'text', ...spoken(message) }, message.text);
  const people = message.contacts.length && contactList(message.contacts);
  // In danger the people come first, whatever the words are.
  const told = message.urgent ? [people, text] : [text, people];
  return el('div', { class: `message from-${message.from}${message.urgent ? ' urgent' : ''}` },
    el('p', { class: message.from === 'family' ? 'hidden' : 'who' }, message.urgent ? words.important : words[message.from]),
    told.filter(Boolean),
    message.services.length > 0 && el('ul', { class: 'services' }, message.services.map((service) => serviceCard(service, base))) || '',
    message.choices.length > 0 && choiceButtons(message.choices, choose) || '');
}

/** The `lang` and `dir` of a message's text. Without them a screen reader would read Polish as if it were English. */
export function spoken({ language }) {
  return language ? { lang: language.code, dir: language.direction } : { dir: 'auto' };
}

/** Once the family has answered, earlier questions are over: the answer they gave stays readable, the rest steps back. */
export function closeChoices(log, answer) {
  for (const button of log.querySelectorAll('.choice:not([aria-disabled])')) {
    button.setAttribute('aria-disabled', 'true');
    if (button.textContent === answer) {
      button.classList.add('chosen');
      button.prepend(el('span', { class: 'hidden' }, words.chosen));
    }
  }
}

function choiceButtons(choices, choose) {
  return el('div', { class: 'choices', role: 'group', 'aria-label': words.answers }, choices.map((choice) => el('button', {
    class: 'choice',
    type: 'button',
    onclick: ({ currentTarget }) => currentTarget.hasAttribute('aria-disabled') || choose(choice),
  }, choice.label)));
}
