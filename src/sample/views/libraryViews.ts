import { FILE_COLUMNS, project } from '../columns';
import type { Dialect } from '../dialects';
import type { ProviderModel, SampleFile, SampleKnowledge, SampleModel } from '../model';
import type { SampleWorld } from '../world';
import { ownerOf } from './userViews';

type Json = Record<string, unknown>;

/** A workspace model or an override. */
export function modelRow(dialect: Dialect, model: SampleModel): Json {
  return project(modelFields(dialect, model), dialect.columns.model);
}

/** The same as the export gives it. */
export function modelExportRow(dialect: Dialect, model: SampleModel): Json {
  return project(modelFields(dialect, model), dialect.columns.modelExport);
}

/** The same with its owner, as the lists for people give it. */
export function modelListRow(world: SampleWorld, dialect: Dialect, model: SampleModel): Json {
  return {
    ...modelRow(dialect, model),
    ...project(
      { user: ownerOf(world, dialect, model.userId), write_access: true },
      dialect.columns.modelExtra,
    ),
  };
}

/** A model that can be chatted with, as `/api/models` gives it. */
export function liveModel(world: SampleWorld, dialect: Dialect, model: ProviderModel): Json {
  const override = world.library.models().find((row) => row.id === model.id);
  const provider = {
    id: model.id,
    object: 'model',
    created: 1_700_000_000,
    owned_by: model.ownedBy,
    ...(dialect.hasConnectionType ? { connection_type: 'external' } : {}),
  };
  return {
    ...provider,
    name: override?.name ?? model.name,
    [model.ownedBy]: provider,
    urlIdx: 0,
    ...(override === undefined ? {} : { info: modelRow(dialect, override) }),
    actions: [],
    ...liveExtras(dialect, override),
  };
}

/** A workspace model among the live ones. */
export function livePreset(dialect: Dialect, model: SampleModel): Json {
  return {
    id: model.id,
    name: model.name,
    object: 'model',
    created: model.createdAt,
    owned_by: 'openai',
    preset: true,
    info: modelRow(dialect, model),
    actions: [],
    ...liveExtras(dialect, model),
  };
}

/** A file in a list. @param withText whether the extracted text comes along */
export function fileRow(dialect: Dialect, file: SampleFile, withText: boolean): Json {
  return project({ ...fileFields(dialect, file), data: fileData(dialect, file, withText) }, FILE_COLUMNS);
}

/** One file by id, with its text. */
export function fileOne(dialect: Dialect, file: SampleFile): Json {
  return project(fileFields(dialect, file), dialect.columns.fileOne);
}

/** A knowledge base in the list; with its files up to 0.6. */
export function knowledgeRow(world: SampleWorld, dialect: Dialect, knowledge: SampleKnowledge): Json {
  const briefFile = (file: SampleFile): Json =>
    project(fileFields(dialect, file), dialect.columns.knowledgeFileBrief);
  return project(knowledgeFields(world, dialect, knowledge, briefFile), dialect.columns.knowledge);
}

/** One knowledge base by id. */
export function knowledgeOne(world: SampleWorld, dialect: Dialect, knowledge: SampleKnowledge): Json {
  const wholeFile = (file: SampleFile): Json =>
    project(fileFields(dialect, file), dialect.columns.knowledgeFile);
  const fields = knowledgeFields(world, dialect, knowledge, wholeFile);
  return project(dialect.knowledgePaged ? { ...fields, files: null } : fields, dialect.columns.knowledgeOne);
}

/** A row of `/api/v1/knowledge/{id}/files`. */
export function knowledgeFileRow(world: SampleWorld, dialect: Dialect, file: SampleFile): Json {
  const fields = fileFields(dialect, file);
  return project(
    {
      ...fields,
      data: dialect.knowledgeFileData === 'none' ? null : fields['data'],
      user: ownerOf(world, dialect, file.userId),
      directory_path: '',
      has_original: true,
    },
    dialect.columns.knowledgeFile,
  );
}

function tagNames(model: SampleModel): { name: string }[] {
  return model.tags.map((name) => ({ name }));
}

function liveExtras(dialect: Dialect, model: SampleModel | undefined): Json {
  const tags = model === undefined ? [] : tagNames(model);
  return { ...dialect.liveModelExtras, ...('tags' in dialect.liveModelExtras ? { tags } : {}) };
}

function modelFields(dialect: Dialect, model: SampleModel): Json {
  return {
    version_id: model.id,
    id: model.id,
    user_id: model.userId,
    base_model_id: model.baseModelId,
    name: model.name,
    params: { system: model.systemPrompt },
    meta: project(
      {
        profile_image_url: '/static/favicon.png',
        description: model.description,
        capabilities: { vision: true, usage: true },
        tags: tagNames(model),
        knowledge: [],
      },
      dialect.columns.modelMeta,
    ),
    access_grants: [],
    is_active: model.isActive,
    created_at: model.createdAt,
    updated_at: model.updatedAt,
  };
}

function fileFields(dialect: Dialect, file: SampleFile): Json {
  return {
    id: file.id,
    user_id: file.userId,
    hash: file.hash,
    filename: file.filename,
    path: `/data/uploads/${file.id}_${file.filename}`,
    data: fileData(dialect, file, true),
    meta: {
      name: file.filename,
      content_type: file.contentType,
      size: file.size,
      ...(dialect.fileHashInMeta ? { file_hash: file.hash } : {}),
      data: {},
    },
    created_at: file.createdAt,
    updated_at: file.updatedAt,
  };
}

function fileData(dialect: Dialect, file: SampleFile, withText: boolean): Json {
  const text = { content: file.text };
  switch (dialect.fileListData) {
    case 'content':
      return text;
    case 'empty':
      return withText ? text : {};
    case 'status':
      return { status: 'completed', ...(withText ? text : {}) };
    case 'status-error':
      return { status: 'completed', ...(withText ? text : {}), error: null };
  }
}

function knowledgeFields(
  world: SampleWorld,
  dialect: Dialect,
  knowledge: SampleKnowledge,
  showFile: (file: SampleFile) => Json,
): Json {
  return {
    id: knowledge.id,
    user_id: knowledge.userId,
    name: knowledge.name,
    description: knowledge.description,
    data: { file_ids: knowledge.fileIds },
    access_grants: [],
    created_at: knowledge.createdAt,
    updated_at: knowledge.updatedAt,
    user: ownerOf(world, dialect, knowledge.userId),
    files: world.library.filesOf(knowledge).map(showFile),
    file_count: knowledge.fileIds.length,
    write_access: true,
  };
}
