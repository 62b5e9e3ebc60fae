/** The one thing of the list that a page cannot do by itself: a button that prints. Without this script it stays hidden. */

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
