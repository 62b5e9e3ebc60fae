/** The element <signpost-chat>: one conversation with the assistant, from opening to deleting. */

import { bar } from './bar.js';
import { Composer } from './composer.js';
import { el } from './dom.js';
import { Gateway } from './gateway.js';
import { leave, onThreeShifts } from './leave.js';
import { memory } from './memory.js';
import { closeChoices, messageView, spoken } from './message.js';
import { deleteQuestion, goneNotice, troubleNotice } from './notices.js';
import { words } from './words.js';

const EXIT = 'https://www.gov.uk/'; // until the server has said where "Leave this page" goes
const HERE = new URL('../..', import.meta.url).href; // where Signpost is served, as this file came from there

export class SignpostChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    // Until a conversation has begun, what the page put inside the tag stays on screen: numbers, and a plain way in.
    this.attachShadow({ mode: 'open' }).append(el('slot'));
    this.base = new URL(this.dataset.councilUrl || HERE, location.href).href;
    this.stopListening = onThreeShifts(() => this.#leave()); // also while no chat could begin
    this.open();
  }

  disconnectedCallback() {
    this.stopListening?.();
  }

  /** Load what a chat needs, begin or go on with it, and only then take the place of what was there. */
  async open() {
    try {
      const [council, style] = await Promise.all([this.#council(), this.#style()]);
      this.council = council;
      this.shadowRoot.adoptedStyleSheets = [style];
      const messages = await this.#beginOrGoOn();
      this.#lay();
      this.#show(messages, false);
      // A form of /chat without JavaScript would be a second, unseen box for the same words.
      for (const form of this.querySelectorAll('form')) form.remove();
    } catch (problem) {
      const why = problem.detail && !problem.over ? problem.detail : words.notStarted;
      this.shadowRoot.replaceChildren(el('section', { class: 'chat not-started', 'aria-label': words.chat },
        el('h2', { class: 'hidden' }, words.chat),
        el('div', { class: 'notice' }, troubleNotice(why, [], words.again, () => this.open())),
        el('slot')));
    }
  }

  async #council() {
    const answer = await fetch(new URL('council.json', this.base), { credentials: 'omit' });
    return answer.json();
  }

  async #style() {
    // A constructed sheet works under a Content-Security-Policy that forbids inline styles; a <style> would not.
    const answer = await fetch(new URL('signpost.css', import.meta.url), { credentials: 'omit' });
    return new CSSStyleSheet().replace(await answer.text());
  }

  async #beginOrGoOn() {
    const { conversation, token } = this.dataset; // given by /chat when it was begun there without JavaScript
    const known = conversation && token ? { conversation, token } : memory.recall(this.base);
    this.gateway = new Gateway(this.base, known);
    if (known) {
      try {
        const messages = await this.gateway.transcript();
        memory.keep(this.base, known);
        return messages;
      } catch (problem) {
        if (!problem.over) throw problem;
        this.gateway.key = null;
      }
    }
    return this.#begin();
  }

  async #begin() {
    const messages = await this.gateway.start();
    memory.keep(this.base, this.gateway.key);
    return messages;
  }

  #lay() {
    this.log = el('div', { class: 'log', role: 'log', 'aria-label': words.yourChat, 'aria-live': 'off' });
    this.said = el('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
    this.notice = el('div', { class: 'notice' });
    this.composer = new Composer((text) => this.#send({ text }, text));
    this.foot = el('div', { class: 'foot' }, el('button', { class: 'plain', type: 'button', onclick: () => this.#askDelete() }, words.delete));
    this.shadowRoot.replaceChildren(el('section', { class: 'chat', 'aria-label': words.chat },
      el('h2', { class: 'hidden' }, words.chat),
      bar(this.council.contacts, () => this.#leave()), this.log, this.said, this.notice, this.composer.view, this.foot));
  }

  /** Put messages on the page; `fresh` ones are also read out and brought into view. The focus is left where it is. */
  #show(messages, fresh = true) {
    const views = messages.map((message) => {
      if (message.from === 'family') closeChoices(this.log, message.text);
      const view = messageView(message, this.base, (choice) => this.#send({ choice: choice.id }, choice.label));
      this.log.append(view);
      return view;
    });
    if (fresh) this.said.replaceChildren(...messages.map((message) => el('p', spoken(message), words.heard(message))));
    return views;
  }

  /** `said` goes to the gateway, `shown` is what the family sees of it. */
  async #send(said, shown) {
    if (this.composer.isBusy) return;
    const [mine] = this.#show([{ from: 'family', text: shown, contacts: [], services: [], choices: [] }], false);
    if (said.text) this.composer.clear();
    this.notice.replaceChildren();
    this.composer.busy(true);
    mine.scrollIntoView({ block: 'start', behavior: this.#pace() });
    this.said.textContent = words.sending;
    try {
      this.#show(await this.gateway.say(said));
      mine.scrollIntoView({ block: 'start', behavior: this.#pace() });
    } catch (problem) {
      mine.remove();
      if (said.text) this.composer.restore(said.text);
      this.#reopenChoices();
      this.#trouble(problem, () => (said.text ? this.composer.view.requestSubmit() : this.#send(said, shown)));
    } finally {
      this.composer.busy(false);
    }
  }

  #pace() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  }

  /** An answer that did not arrive is not given: what could be chosen since the family spoke last is open again. */
  #reopenChoices() {
    const said = [...this.log.children];
    const fresh = said.slice(said.findLastIndex((it) => it.matches('.from-family')) + 1);
    for (const button of fresh.flatMap((it) => [...it.querySelectorAll('.choice')])) {
      button.removeAttribute('aria-disabled');
      button.classList.remove('chosen');
      button.querySelector('.hidden')?.remove();
    }
  }

  #trouble(problem, retry) {
    const contacts = problem.contacts?.length ? problem.contacts : this.council.contacts;
    const notice = problem.over
      ? troubleNotice(problem.detail, contacts, words.startAgain, () => this.#startAgain())
      : troubleNotice(problem.detail, contacts, words.again, retry);
    this.said.textContent = '';
    this.notice.replaceChildren(notice);
    notice.scrollIntoView({ block: 'start', behavior: this.#pace() });
  }

  async #startAgain() {
    const unsent = this.composer.box.value;
    this.gateway.key = null;
    memory.clear();
    try {
      const messages = await this.#begin();
      this.#lay();
      this.#show(messages);
      this.composer.restore(unsent);
      this.composer.box.focus();
    } catch (problem) {
      this.#trouble(problem, () => this.#startAgain());
    }
  }

  #askDelete() {
    const keep = () => {
      this.notice.replaceChildren();
      this.foot.querySelector('button').focus();
    };
    this.notice.replaceChildren(deleteQuestion(() => this.#delete(), keep));
    this.notice.querySelector('h3').focus();
  }

  async #delete() {
    try {
      await this.gateway.forget();
    } catch (problem) {
      if (!problem.over) return this.#trouble(problem, () => this.#delete());
    }
    memory.clear();
    this.log.remove();
    this.said.textContent = '';
    this.composer.clear();
    this.composer.view.remove();
    this.foot.remove();
    this.notice.replaceChildren(goneNotice(() => this.#startAgain()));
    this.notice.querySelector('h3').focus();
  }

  #leave() {
    leave(this.dataset.exitUrl || this.council?.exit || EXIT, () => {
      memory.clear();
      if (this.gateway?.key) this.gateway.forget().catch(() => {}); // the page is going: nobody is left to tell
    });
  }
}
