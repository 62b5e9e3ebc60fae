/** Leaving in a hurry: the page is hidden at once, the chat forgotten, another site takes this page's place. */

const PRESSES = 3;
const WITHIN = 2_000; // milliseconds between two presses

/** Hide everything, run `forget`, and go. Hiding comes first: nothing may delay it. */
export function leave(address, forget) {
  document.documentElement.style.setProperty('display', 'none', 'important');
  document.title = '';
  forget();
  location.replace(address);
}

/** Call `act` when Shift is pressed three times with no other key between; returns how to stop listening. */
export function onThreeShifts(act) {
  let presses = 0;
  let last = 0;
  const press = (event) => {
    if (event.repeat) return;
    const now = Date.now();
    presses = event.key !== 'Shift' ? 0 : now - last < WITHIN ? presses + 1 : 1;
    last = now;
    if (presses === PRESSES) act();
  };
  const shown = (event) => event.persisted && location.reload(); // "Back" must not bring the hidden page to life
  addEventListener('keydown', press, true);
  addEventListener('pageshow', shown);
  return () => {
    removeEventListener('keydown', press, true);
    removeEventListener('pageshow', shown);
  };
}
