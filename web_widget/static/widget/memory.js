/** What the browser tab remembers: the key of one conversation, until the tab is closed. Never the words. */

const NAME = 'signpost';

export const memory = {
  /** The key of the conversation at `base`, or null. */
  recall(base) {
    try {
      const kept = JSON.parse(sessionStorage.getItem(NAME));
      return kept?.base === base ? kept.key : null;
    } catch {
      return null; // storage is switched off, or holds something else: begin anew
    }
  },

  keep(base, key) {
    try {
      sessionStorage.setItem(NAME, JSON.stringify({ base, key }));
    } catch { /* storage is switched off: the chat works, a reload begins anew */ }
  },

  clear() {
    try {
      sessionStorage.removeItem(NAME);
    } catch { /* nothing was kept */ }
  },
};
