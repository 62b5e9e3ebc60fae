/** Making elements. Text is always set as text, never as markup: nothing a server sends can become HTML here. */

/** An element with properties (`class`, `data-…`, `aria-…`, on… listeners) and children; empty children are left out. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false && child !== ''));
  return element;
}

/** A link for http(s) addresses only; for anything else (`javascript:` …) the words alone. */
export function link(address, words, properties = {}) {
  return /^https?:\/\//i.test(address ?? '') ? el('a', { href: address, rel: 'noreferrer', ...properties }, words) : words;
}

/** A telephone link around the words; only the number at their start is dialled ("111, then option 2" dials 111). */
export function phone(words, properties = {}) {
  const number = /^\+?[\d ()-]*\d/.exec(words.trim())?.[0].replace(/[^\d+]/g, '');
  return number ? el('a', { href: `tel:${number}`, ...properties }, words) : words;
}
