/** The whole of what a council's page loads: defines <signpost-chat>. Everything else is imported from here. */

import { SignpostChat } from './widget/chat.js';

if (!customElements.get('signpost-chat')) customElements.define('signpost-chat', SignpostChat);
