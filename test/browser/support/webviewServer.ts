import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { pageHtml, type PageLanguage } from '../../../src/extension/panels/pageHtml';
import { THEMES, type ThemeName } from './themes';

const bundles = join(__dirname, '..', '..', '..', 'dist', 'webview');

/** Which page, and how it begins. */
export interface PageAddress {
  /** Bundles of `dist/webview`, as the extension loads them. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  readonly theme: ThemeName;
  /** Default: English. */
  readonly language?: PageLanguage;
  /** What the page kept in an earlier session. */
  readonly saved?: unknown;
  /** Tries what the policy forbids, to prove that it is in force. */
  readonly breaksRules?: boolean;
  /** A page around the bundles that is not the extension's own: its HTML, and scripts beside the bundles by their names. */
  readonly surroundings?: {
    readonly html: (origin: string) => string;
    readonly scripts: Readonly<Record<string, string>>;
  };
}

/** The frame around the page: VS Code's side of the conversation, without a policy of its own. */
const OUTER = `<!DOCTYPE html><html lang="en"><head><title>Bench</title>
<style>body { margin: 0 } iframe { display: block; width: 100vw; height: 100vh; border: 0 }</style></head>
<body><iframe title="Page" src="/page"></iframe><script>
window.told = { posted: [], violations: [], saved: [] };
window.addEventListener('message', ({ data }) => window.told[data.kind]?.push(data.value));
window.send = (message) => document.querySelector('iframe').contentWindow.postMessage(message, '*');
window.drawn = () => new Promise((resolve) => {
  const token = crypto.randomUUID();
  const hear = ({ data }) => {
    if (data.kind === 'drawn' && data.value === token) {
      window.removeEventListener('message', hear);
      resolve();
    }
  };
  window.addEventListener('message', hear);
  window.send({ benchDrawn: token });
});
</script></body></html>`;

/** Runs inside the page before its bundles, in the place of VS Code's own script. */
function stub({ theme, saved, breaksRules = false }: PageAddress): string {
  const begin = JSON.stringify({ themes: THEMES, theme, saved: saved ?? null, breaksRules });
  return `(() => {
    const begin = ${begin};
    const tell = (kind, value) => parent.postMessage({ kind, value }, '*');
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      tell('violations', [effectiveDirective, blockedURI, sample].join(' ')));
    const use = ({ classes, variables }) => {
      document.documentElement.removeAttribute('style');
      for (const [name, value] of Object.entries(variables)) {
        document.documentElement.style.setProperty(name, value);
      }
      document.body.className = classes;
    };
    use(begin.themes[begin.theme]);
    window.addEventListener('message', (event) => {
      if (event.data.benchTheme !== undefined) {
        event.stopImmediatePropagation();
        use(begin.themes[event.data.benchTheme]);
      }
      if (event.data.benchDrawn !== undefined) {
        event.stopImmediatePropagation();
        // What controls show comes with the next frame; the one after it is when that is done.
        requestAnimationFrame(() => requestAnimationFrame(() => tell('drawn', event.data.benchDrawn)));
      }
    });
    let state = begin.saved ?? undefined;
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => tell('posted', JSON.parse(JSON.stringify(message))),
      getState: () => state,
      setState: (next) => { state = next; tell('saved', JSON.parse(JSON.stringify(next))); },
    });
    if (begin.breaksRules) {
      try { new Function('return 1')(); } catch (error) { tell('posted', { type: 'refused', name: error.name }); }
    }
  })();`;
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Serves one page in its frame from this machine's loopback. */
export class WebviewServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(address: PageAddress): Promise<WebviewServer> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      content(path, address, `http://${request.headers.host ?? ''}`).then(
        ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
        (error: unknown) => response.writeHead(404).end(String(error)),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new WebviewServer(server, `http://127.0.0.1:${port}`);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

async function content(
  path: string,
  address: PageAddress,
  origin: string,
): Promise<{ readonly type: string; readonly body: string | Buffer }> {
  switch (path) {
    case '/':
      return { type: 'text/html', body: OUTER };
    case '/favicon.ico':
      return { type: 'image/x-icon', body: '' };
    case '/page':
      return {
        type: 'text/html',
        body:
          address.surroundings?.html(origin) ??
          pageHtml({
            title: 'Page',
            nonce: randomBytes(18).toString('base64'),
            cspSource: origin,
            scripts: ['/stub.js', ...address.scripts.map((name) => `/${name}`)],
            styles: address.styles.map((name) => `/${name}`),
            language: address.language,
          }),
      };
    case '/stub.js':
      return { type: 'text/javascript', body: stub(address) };
    default:
      return {
        type: TYPES[extname(path)] ?? 'application/octet-stream',
        body: address.surroundings?.scripts[path.slice(1)] ?? (await readFile(join(bundles, path))),
      };
  }
}
