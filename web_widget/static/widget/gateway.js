/** The chat gateway, as the page calls it: one conversation, and every failure as a Problem people can read. */

import { words } from './words.js';

const PATIENCE = 12_000; // milliseconds; the gateway itself gives up after 8 seconds

/** What went wrong: `detail` in plain words, `contacts` with the emergency numbers, `over` when the chat is no more. */
export class Problem extends Error {
  constructor(detail, contacts = [], status = 0) {
    super(detail);
    this.detail = detail;
    this.contacts = contacts;
    this.over = [401, 403, 404].includes(status);
  }
}

export class Gateway {
  /** `base` is where Signpost is served; `key` is {conversation, token} of a conversation that is going on, or null. */
  constructor(base, key) {
    this.base = base;
    this.key = key;
  }

  async start() {
    const { conversation, token, messages } = await this.#ask('POST', '/api/conversations', { audience: null });
    this.key = { conversation, token };
    return messages;
  }

  /** `said` is {text} or {choice}. */
  async say(said) {
    const { messages } = await this.#ask('POST', this.#path('/messages'), said);
    return messages.filter((message) => message.from !== 'family'); // what we sent is on the page already
  }

  async transcript() {
    return (await this.#ask('GET', this.#path('/messages'))).messages;
  }

  /** Also when the page is being left: `keepalive` lets the request outlive it. */
  async forget() {
    await this.#ask('DELETE', this.#path(''), undefined, true);
  }

  #path(rest) {
    return `/api/conversations/${this.key.conversation}${rest}`;
  }

  async #ask(method, path, body, keepalive = false) {
    const headers = {};
    if (body) headers['Content-Type'] = 'application/json';
    if (this.key) headers.Authorization = `Bearer ${this.key.token}`;
    let answer;
    try {
      answer = await fetch(new URL(path, this.base), {
        method, headers, keepalive, body: body && JSON.stringify(body),
        credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 204) return {};
      const read = await answer.json();
      if (answer.ok) return read;
      throw new Problem(read.detail ?? words.offline, read.contacts, answer.status);
    } catch (fault) {
      throw fault instanceof Problem ? fault : new Problem(words.offline, undefined, answer?.status);
    }
  }
}
