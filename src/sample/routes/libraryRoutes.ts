import { DETAIL, failure, json, type Reply } from '../http/replies';
import type { Route, SignedInRequest } from '../http/routing';
import type { SampleFile, SampleKnowledge, SampleModel } from '../model';
import {
  fileOne,
  fileRow,
  knowledgeFileRow,
  knowledgeOne,
  knowledgeRow,
  liveModel,
  livePreset,
  modelExportRow,
  modelListRow,
  modelRow,
} from '../views/libraryViews';
import { integerParam, pageOf, sortedBy, withPage } from './paging';

const MODEL_PAGE = 30;
const KNOWLEDGE_PAGE = 30;
const KNOWLEDGE_FILE_PAGE = 30;
const FILE_PAGE = 50;

/** Models. */
const MODEL_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/models/',
    access: 'person',
    existsIf: (dialect) => dialect.workspaceModels === 'slash',
    answer: ({ world, dialect }) =>
      json(presets(world.library.models()).map((model) => modelListRow(world, dialect, model))),
  },
  {
    method: 'GET',
    path: '/api/v1/models/export',
    access: 'admin',
    existsIf: (dialect) => dialect.workspaceModels === 'export',
    answer: ({ world, dialect }) =>
      json(presets(world.library.models()).map((model) => modelExportRow(dialect, model))),
  },
  {
    method: 'GET',
    path: '/api/v1/models/base',
    access: 'admin',
    answer: ({ world, dialect }) =>
      json(overrides(world.library.models()).map((model) => modelRow(dialect, model))),
  },
  {
    method: 'GET',
    path: '/api/v1/models/all',
    access: 'admin',
    existsIf: (dialect) => dialect.hasModelsAll,
    answer: ({ world, dialect }) => json(world.library.models().map((model) => modelRow(dialect, model))),
  },
  {
    method: 'GET',
    path: '/api/v1/models/list',
    access: 'person',
    existsIf: (dialect) => dialect.modelsList !== 'missing',
    answer: ({ world, dialect, query }) => {
      const rows = presets(world.library.models()).map((model) => modelListRow(world, dialect, model));
      return dialect.modelsList === 'array'
        ? json(rows)
        : withPage(query, (page) => json({ items: pageOf(rows, page, MODEL_PAGE), total: rows.length }));
    },
  },
  {
    method: 'GET',
    path: '/api/models',
    access: 'person',
    answer: ({ world, dialect }) =>
      json({
        data: [
          ...world.library.providerModels().map((model) => liveModel(world, dialect, model)),
          ...presets(world.library.models())
            .filter((model) => model.isActive)
            .map((model) => livePreset(dialect, model)),
        ],
      }),
  },
];

/** Knowledge bases and files. */
const KNOWLEDGE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/api/v1/knowledge/', access: 'person', answer: listKnowledge },
  {
    method: 'GET',
    path: '/api/v1/knowledge/:id/files',
    access: 'person',
    existsIf: (dialect) => dialect.knowledgePaged,
    answer: listKnowledgeFiles,
  },
  {
    method: 'GET',
    path: '/api/v1/knowledge/:id',
    access: 'person',
    answer: ({ world, dialect, params }) => {
      const knowledge = world.library.findKnowledge(params['id'] ?? '');
      return knowledge === undefined
        ? failure(dialect.unknownKnowledgeStatus, DETAIL.notFound)
        : json(knowledgeOne(world, dialect, knowledge));
    },
  },
];

const FILE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/api/v1/files/', access: 'person', answer: listFiles },
  {
    method: 'GET',
    path: '/api/v1/files/search',
    access: 'person',
    existsIf: (dialect) => dialect.hasFileSearch,
    answer: searchFiles,
  },
  {
    method: 'GET',
    path: '/api/v1/files/:id',
    access: 'person',
    answer: ({ world, dialect, params }) => {
      const file = world.library.findFile(params['id'] ?? '');
      return file === undefined ? failure(404, DETAIL.notFound) : json(fileOne(dialect, file));
    },
  },
];

/** Models, knowledge bases and files. */
export const LIBRARY_ROUTES: readonly Route[] = [...MODEL_ROUTES, ...KNOWLEDGE_ROUTES, ...FILE_ROUTES];

const presets = (models: readonly SampleModel[]): SampleModel[] =>
  models.filter((model) => model.baseModelId !== null);
const overrides = (models: readonly SampleModel[]): SampleModel[] =>
  models.filter((model) => model.baseModelId === null);

/** What an administrator sees is everything, what anybody else sees is his own. */
function visible<T extends { readonly userId: string }>(
  rows: readonly T[],
  { caller }: SignedInRequest,
): T[] {
  return rows.filter((row) => caller.user.role === 'admin' || row.userId === caller.user.id);
}

function listKnowledge(request: SignedInRequest): Reply {
  const { world, dialect, query } = request;
  const bases = sortedBy(visible(world.library.knowledge(), request), (base) => base.updatedAt, true);
  const show = (base: SampleKnowledge): unknown => knowledgeRow(world, dialect, base);
  return dialect.knowledgePaged
    ? withPage(query, (page) =>
        json({ items: pageOf(bases, page, KNOWLEDGE_PAGE).map(show), total: bases.length }),
      )
    : json(bases.map(show));
}

function listKnowledgeFiles({ world, dialect, params, query }: SignedInRequest): Reply {
  const knowledge = world.library.findKnowledge(params['id'] ?? '');
  if (knowledge === undefined) {
    return failure(dialect.unknownKnowledgeStatus, DETAIL.notFound);
  }
  const files = world.library.filesOf(knowledge);
  return withPage(query, (page) =>
    json({
      items: pageOf(files, page, KNOWLEDGE_FILE_PAGE).map((file) => knowledgeFileRow(world, dialect, file)),
      ...(dialect.knowledgeHasDirectories ? { directories: [], breadcrumbs: [] } : {}),
      total: files.length,
    }),
  );
}

function listFiles(request: SignedInRequest): Reply {
  const { world, dialect, query } = request;
  const files = visible(world.library.files(), request);
  const show = showFile(request);
  return dialect.filesPaged
    ? withPage(query, (page) =>
        json({ items: pageOf(files, page, FILE_PAGE).map(show), total: files.length }),
      )
    : json(files.map(show));
}

function searchFiles(request: SignedInRequest): Reply {
  const { world, query } = request;
  const pattern = globPattern(query.get('filename') ?? '');
  const skip = integerParam(query, 'skip', 0);
  const limit = integerParam(query, 'limit', 100);
  if (typeof skip !== 'number' || typeof limit !== 'number') {
    return typeof skip !== 'number' ? skip : (limit as Reply);
  }
  const found = visible(world.library.files(), request)
    .filter((file) => pattern.test(file.filename))
    .slice(skip, skip + limit);
  return found.length === 0 ? failure(404, DETAIL.notFound) : json(found.map(showFile(request)));
}

function showFile({ dialect, query }: SignedInRequest): (file: SampleFile) => unknown {
  const withText = query.get('content') !== 'false';
  return (file) => fileRow(dialect, file, withText);
}

/** `*` and `?` as the server's file search takes them. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replaceAll(/[$()+.[\\\]^{|}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i');
}
