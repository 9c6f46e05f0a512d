import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { editorLanguage } from '../l10n';
import { pageHtml } from './pageHtml';

/** What a webview page is made of; all files lie in `dist/webview`. */
export interface WebviewPage {
  readonly webview: Pick<vscode.Webview, 'asWebviewUri' | 'cspSource'>;
  readonly extensionUri: vscode.Uri;
  readonly title: string;
  /** Bundles in the order they run, for example `report.js`. */
  readonly scripts: readonly string[];
  /** Style sheets, for example `report.css`. */
  readonly styles: readonly string[];
  /** Trusted markup of the product's own; data goes in by `textContent` later. */
  readonly body?: string;
}

/** The icon of a tab, one for light and one for dark themes: `media/<name>-light.svg`, `media/<name>-dark.svg`. */
export function tabIcon(extensionUri: vscode.Uri, name: string): { light: vscode.Uri; dark: vscode.Uri } {
  const icon = (theme: string): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'media', `${name}-${theme}.svg`);
  return { light: icon('light'), dark: icon('dark') };
}

/** Options of every webview, new or restored: it runs our bundles and loads nothing else. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
}

/** Folder that a webview may load from: its `localResourceRoots`. */
export function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/**
 * The HTML of every webview: nothing but our own bundles runs, nothing is fetched from a network.
 * Each call has a fresh nonce, so call it once per load.
 */
export function webviewHtml(page: WebviewPage): string {
  const uri = (file: string): string =>
    page.webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(page.extensionUri), file)).toString();
  return pageHtml({
    title: page.title,
    nonce: randomBytes(18).toString('base64'),
    cspSource: page.webview.cspSource,
    scripts: page.scripts.map(uri),
    styles: page.styles.map(uri),
    body: page.body,
    language: editorLanguage(),
  });
}
