import { serveWriter } from '../store/serveWriter';
import { parseChat } from './openwebui/chat/parseChat';

// The writer thread: the store's writer, with the reader of chat bodies.
serveWriter(parseChat);
