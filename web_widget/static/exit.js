/** Leaving in a hurry, on pages without the chat: the link hides this page and takes its place, and so does Shift three times. */

import { leave, onThreeShifts } from './widget/leave.js';

const link = document.querySelector('a.leave');
if (link) {
  const goNow = (event) => {
    event?.preventDefault();
    leave(link.href, () => {}); // nothing of these pages is kept anywhere
  };
  link.addEventListener('click', goNow);
  onThreeShifts(() => goNow());
}
