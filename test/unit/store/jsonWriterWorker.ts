import { serveWriter } from '../../../src/store/serveWriter';
import { decodeJson } from './builders';

serveWriter(decodeJson);
