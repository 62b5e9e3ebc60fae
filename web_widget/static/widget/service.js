/** One service that may help, as a card: what it is and why, when and where, then the rest on request. */

import { el, link, phone } from './dom.js';
import { words } from './words.js';

const MILES_PER_KM = 0.6214;

/** `base` is where Signpost is served: a service's own page is given as a path there. */
export function serviceCard(service, base) {
  const { facts } = words;
  return el('li', { class: 'card' },
    el('h3', { class: 'card-name' }, link(service.page ? new URL(service.page, base).href : service.url, service.name)),
    service.organisation && el('p', { class: 'card-organisation' }, service.organisation),
    service.why && el('p', { class: 'card-why' }, el('span', { class: 'quiet' }, words.why), service.why),
    list([
      [facts.when, service.when],
      [facts.where, where(service)],
      [facts.cost, service.cost],
      [facts.ages, service.ages],
      [facts.phone, service.phone && phone(service.phone)],
      [facts.join, service.how_to_join],
    ]),
    more(service),
  );
}

function more(service) {
  const { facts } = words;
  const rows = list([
    [facts.email, service.email && el('a', { href: `mailto:${service.email}` }, service.email)],
    [words.website, service.url && link(service.url, service.url.replace(/^https?:\/\/(www\.)?|\/$/g, ''))],
    [facts.languages, joined(service.languages)],
    [facts.accessibility, joined(service.accessibility)],
  ]);
  if (!rows && !service.summary && !service.assured_date) return '';
  return el('details', { class: 'card-more' },
    el('summary', {}, words.more, el('span', { class: 'hidden' }, `: ${service.name}`)),
    service.summary && el('p', {}, service.summary),
    rows,
    service.assured_date && el('p', { class: 'quiet' }, checked(service.assured_date)));
}

function where(service) {
  const miles = service.distance_km === null || service.distance_km === undefined ? '' : words.near(service.distance_km * MILES_PER_KM);
  return [service.address ?? (service.online && words.online), miles].filter(Boolean).join(', ');
}

function list(rows) {
  const known = rows.filter(([, value]) => value);
  return known.length ? el('dl', { class: 'facts' }, known.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))) : '';
}

function joined(value) {
  return Array.isArray(value) ? value.join(', ') : value;
}

/** A date is told as people tell it; words are left as they are. */
function checked(assured) {
  if (!/^\d{4}-\d\d-\d\d/.test(assured)) return assured;
  return words.checked(new Date(`${assured.slice(0, 10)}T12:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }));
}
