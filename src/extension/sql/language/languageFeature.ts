import * as vscode from 'vscode';
import type { Feature } from '../../services';
import { QUERY_LANGUAGE } from '../newQuery';
import { COMPLETION_TRIGGERS, QueryCompletions } from './completion/completionProvider';
import { registerMirrorFiles } from './files/mirrorFiles';
import { queryFormatter } from './format/formatProvider';
import { QueryHovers, querySignatures, SIGNATURE_TRIGGERS } from './hover/hoverProvider';
import { SchemaCache } from './schemaCache';

/** What the editor knows of the query language: suggestions, meanings, layout, and which files are queries. */
export const languageFeature: Feature = (services) => {
  const schema = new SchemaCache();
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(
      QUERY_LANGUAGE,
      new QueryCompletions(services.sources, schema),
      ...COMPLETION_TRIGGERS,
    ),
    languages.registerHoverProvider(QUERY_LANGUAGE, new QueryHovers(services, schema)),
    languages.registerSignatureHelpProvider(QUERY_LANGUAGE, querySignatures, ...SIGNATURE_TRIGGERS),
    languages.registerDocumentFormattingEditProvider(QUERY_LANGUAGE, queryFormatter),
    languages.registerDocumentRangeFormattingEditProvider(QUERY_LANGUAGE, queryFormatter),
    registerMirrorFiles(services),
  );
};
