import * as vscode from 'vscode';
import { valueInUse, type ParameterServices } from '../parameters/fillParameters';
import type { SchemaCache } from '../schemaCache';
import { hoverAt } from './hoverAt';
import { signatureAt } from './signatureAt';

/** What words of a query mean, when the pointer rests on them. */
export class QueryHovers implements vscode.HoverProvider {
  constructor(
    private readonly services: ParameterServices,
    private readonly schema: SchemaCache,
  ) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const found = hoverAt(document.getText(), document.offsetAt(position), {
      tables: await this.schema.tables(this.services.sources.current),
      valueInUse: (parameter) => valueInUse(this.services, parameter),
    });
    return (
      found &&
      new vscode.Hover(
        new vscode.MarkdownString(found.markdown),
        new vscode.Range(document.positionAt(found.start), document.positionAt(found.end)),
      )
    );
  }
}

/** Typing one of these shows the signature. */
export const SIGNATURE_TRIGGERS = ['(', ','];

/** The function whose arguments are being typed. */
export const querySignatures: vscode.SignatureHelpProvider = {
  provideSignatureHelp(document, position) {
    const found = signatureAt(document.getText(), document.offsetAt(position));
    if (found === undefined) {
      return undefined;
    }
    const { called, argument } = found;
    const signature = new vscode.SignatureInformation(called.signature, called.says);
    signature.parameters = called.parameters.map((name) => new vscode.ParameterInformation(name));
    const help = new vscode.SignatureHelp();
    help.signatures = [signature];
    help.activeParameter = argument;
    return help;
  },
};
