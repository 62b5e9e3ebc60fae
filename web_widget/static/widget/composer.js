/** Where the family writes. Nothing typed is lost: it leaves the box only when it has been answered. */

import { el } from './dom.js';
import { words } from './words.js';

const LONGEST = 2_000; // characters, as the gateway counts them
const WARN = 1_800;

export class Composer {
  /** `send(text)` is called with words that may be sent. */
  constructor(send) {
    this.send = send;
    this.box = el('textarea', {
      id: 'box', rows: 2, dir: 'auto', autocomplete: 'off', enterkeyhint: 'send', 'aria-describedby': 'hint refusal',
      onkeydown: (event) => this.#key(event), oninput: () => this.#typed(),
    });
    this.count = el('p', { class: 'count', role: 'status' });
    this.refusal = el('p', { class: 'refusal', id: 'refusal', role: 'alert' });
    this.button = el('button', { class: 'send', type: 'submit' }, words.send);
    this.view = el('form', { class: 'composer', novalidate: true, onsubmit: (event) => this.#submit(event) },
      el('label', { for: 'box' }, words.label),
      this.refusal,
      el('div', { class: 'line' }, this.box, this.button),
      this.count,
      el('p', { class: 'hint', id: 'hint' }, words.hint));
  }

  busy(yes) {
    this.isBusy = yes;
    this.button.textContent = yes ? words.sending : words.send;
    if (yes) this.button.setAttribute('aria-disabled', 'true');
    else this.button.removeAttribute('aria-disabled');
  }

  clear() {
    this.box.value = '';
    this.#typed();
  }

  /** Put words back that could not be sent, before anything typed since. */
  restore(text) {
    this.box.value = this.box.value ? `${text}\n${this.box.value}` : text;
    this.#typed();
  }

  #key(event) {
    // isComposing: Enter also ends a word typed with an input method (Chinese, Bengali …).
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    if (this.isBusy) return;
    const text = this.box.value.trim();
    const length = [...text].length;
    this.#refuse(length === 0 ? words.nothing : length > LONGEST ? words.tooLong(length) : '');
    if (this.refusal.textContent) this.box.focus();
    else this.send(text);
  }

  #typed() {
    if (this.refusal.textContent) this.#refuse('');
    const left = LONGEST - [...this.box.value].length;
    this.count.textContent = left >= 0 && left < LONGEST - WARN ? words.left(left) : '';
    this.box.style.height = 'auto';
    this.box.style.height = `${this.box.scrollHeight + 4}px`;
  }

  #refuse(why) {
    this.refusal.textContent = why;
    if (why) this.box.setAttribute('aria-invalid', 'true');
    else this.box.removeAttribute('aria-invalid');
  }
}
