/** Every word the widget says by itself; what the assistant says comes from the server. Reading age 9, no number. */

/** In danger the people are read out first, as they are shown first. */
const inOrder = (message, people) => (message.urgent ? [people, message.text] : [message.text, people]);

export const words = {
  chat: 'Chat',
  yourChat: 'Your chat',
  opening: 'Opening the chat…',
  help: 'Need help now?',
  helpIntro: 'If someone is in danger, call. You can talk to a person.',
  leave: 'Leave this page',
  leaveNote: 'or press Shift three times. It does not clear your browser history: this page still shows there.',
  assistant: 'Assistant',
  worker: 'Worker',
  family: 'You',
  important: 'Important',
  label: 'Write in your own words',
  hint: 'Enter sends. Shift and Enter starts a new line.',
  send: 'Send',
  sending: 'Sending…',
  answers: 'Choose an answer',
  chosen: 'Your answer: ',
  left: (n) => `You can write ${n} more characters.`,
  tooLong: (n) => `Your message has ${n.toLocaleString('en-GB')} characters and we can take 2,000. Please make it shorter, or send it in two parts.`,
  nothing: 'Please write a few words first.',
  trouble: 'That did not work',
  offline: 'We could not reach the chat. Your words are still in the box. Check your internet, then try again. If you need help now, use these numbers.',
  notStarted: 'The chat is not working right now. You can use the numbers and links here instead.',
  again: 'Try again',
  startAgain: 'Start a new chat',
  delete: 'Delete this chat',
  deleteAsk: 'Delete this chat?',
  deleteMeans: 'It will be gone from here and from our computers. You cannot get it back. If you sent the council a request for help, they still have that.',
  deleteYes: 'Yes, delete it',
  deleteNo: 'No, keep it',
  gone: 'Your chat is gone',
  goneMeans: 'We have deleted it from here and from our computers. Your browser history may still show this page.',
  openNow: 'Open now',
  text: 'Text',
  why: 'Why this: ',
  more: 'More about this',
  website: 'Website',
  facts: {
    when: 'When', where: 'Where', cost: 'Cost', ages: 'Ages', phone: 'Phone', join: 'How to join',
    email: 'Email', languages: 'Languages', accessibility: 'Access',
  },
  checked: (day) => `Checked ${day}`,
  online: 'Online',
  near: (miles) => {
    if (miles < 0.25) return 'very near';
    return miles < 0.75 ? 'about half a mile away' : `about ${miles < 1.5 ? '1 mile' : `${Math.round(miles)} miles`} away`;
  },
  heard: (message) => [
    ...inOrder(message, message.contacts.map((contact) => [contact.name, contact.phone].filter(Boolean).join(' ')).join(', ')),
    message.services.length ? `${message.services.length} ${message.services.length === 1 ? 'service' : 'services'}: ${message.services.map((s) => s.name).join(', ')}` : '',
    message.choices.length ? `Answers to choose from: ${message.choices.map((c) => c.label).join(', ')}` : '',
  ].filter(Boolean).join('. '),
};
