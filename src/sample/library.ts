import { createHash } from 'node:crypto';
import { backUp } from './backup';
import type { ProviderModel, SampleFile, SampleKnowledge, SampleModel } from './model';
import type { UserBook } from './userBook';
import type { WorldContext } from './worldContext';

export interface NewModel {
  readonly id: string;
  readonly name?: string;
  readonly baseModelId?: string | null;
  readonly userId?: string;
  readonly description?: string;
  readonly systemPrompt?: string;
  readonly tags?: readonly string[];
  readonly isActive?: boolean;
}

export interface NewFile {
  readonly filename: string;
  readonly userId?: string;
  readonly contentType?: string;
  readonly text?: string;
}

export interface NewKnowledge {
  readonly name: string;
  readonly description?: string;
  readonly userId?: string;
  readonly fileIds?: readonly string[];
}

/** Models, knowledge bases and files. */
export class Library {
  readonly #world: WorldContext;
  readonly #users: UserBook;
  readonly #models = new Map<string, SampleModel>();
  readonly #providerModels = new Map<string, ProviderModel>();
  readonly #knowledge = new Map<string, SampleKnowledge>();
  readonly #files = new Map<string, SampleFile>();

  constructor(world: WorldContext, users: UserBook) {
    this.#world = world;
    this.#users = users;
  }

  /** Keeps a copy of everything. @returns puts it back */
  backUp(): () => void {
    return backUp(this.#tables());
  }

  clear(): void {
    this.#tables().forEach((rows) => rows.clear());
  }

  models(): SampleModel[] {
    return [...this.#models.values()];
  }

  providerModels(): ProviderModel[] {
    return [...this.#providerModels.values()];
  }

  knowledge(): SampleKnowledge[] {
    return [...this.#knowledge.values()];
  }

  findKnowledge(id: string): SampleKnowledge | undefined {
    return this.#knowledge.get(id);
  }

  files(): SampleFile[] {
    return [...this.#files.values()];
  }

  findFile(id: string): SampleFile | undefined {
    return this.#files.get(id);
  }

  filesOf(knowledge: SampleKnowledge): SampleFile[] {
    return knowledge.fileIds.flatMap((id) => this.#files.get(id) ?? []);
  }

  addProviderModel(
    id: string,
    ownedBy: ProviderModel['ownedBy'] = 'openai',
    name: string = id,
  ): ProviderModel {
    const model: ProviderModel = { id, name, ownedBy };
    this.#providerModels.set(id, model);
    return model;
  }

  /** The provider no longer offers it. */
  removeProviderModel(id: string): void {
    this.#providerModels.delete(id);
  }

  /** A preset when `baseModelId` is given, else an override of the provider model with this id. */
  addModel(details: NewModel): SampleModel {
    const now = this.#world.now();
    const model: SampleModel = {
      id: details.id,
      userId: details.userId ?? this.#users.admin().id,
      baseModelId: details.baseModelId ?? null,
      name: details.name ?? details.id,
      description: details.description ?? '',
      systemPrompt: details.systemPrompt ?? 'Be brief.',
      tags: details.tags ?? [],
      isActive: details.isActive ?? true,
      createdAt: now,
      updatedAt: now,
    };
    this.#models.set(model.id, model);
    return model;
  }

  updateModel(id: string, changes: Partial<Pick<SampleModel, 'name' | 'description' | 'isActive'>>): void {
    const model = this.#models.get(id);
    if (model === undefined) {
      throw new Error(`No model ${id}`);
    }
    Object.assign(model, changes);
    model.updatedAt = this.#world.now();
  }

  removeModel(id: string): void {
    this.#models.delete(id);
  }

  addFile(details: NewFile): SampleFile {
    const now = this.#world.now();
    const text = details.text ?? `Contents of ${details.filename}`;
    const file: SampleFile = {
      id: this.#world.newId(),
      userId: details.userId ?? this.#users.admin().id,
      filename: details.filename,
      contentType: details.contentType ?? 'text/plain',
      size: Buffer.byteLength(text),
      hash: createHash('sha256').update(text).digest('hex'),
      text,
      createdAt: now,
      updatedAt: now,
    };
    this.#files.set(file.id, file);
    return file;
  }

  /** Deletes a file and takes it out of the knowledge bases. */
  removeFile(id: string): void {
    this.#files.delete(id);
    for (const base of this.#knowledge.values()) {
      if (base.fileIds.includes(id)) {
        this.setKnowledgeFiles(
          base.id,
          base.fileIds.filter((fileId) => fileId !== id),
        );
      }
    }
  }

  addKnowledge(details: NewKnowledge): SampleKnowledge {
    const now = this.#world.now();
    const knowledge: SampleKnowledge = {
      id: this.#world.newId(),
      userId: details.userId ?? this.#users.admin().id,
      name: details.name,
      description: details.description ?? '',
      fileIds: [...(details.fileIds ?? [])],
      createdAt: now,
      updatedAt: now,
    };
    this.#knowledge.set(knowledge.id, knowledge);
    return knowledge;
  }

  /** As on a real server, the base's `updatedAt` stays. */
  setKnowledgeFiles(id: string, fileIds: readonly string[]): void {
    const knowledge = this.#knowledge.get(id);
    if (knowledge === undefined) {
      throw new Error(`No knowledge base ${id}`);
    }
    knowledge.fileIds = [...fileIds];
  }

  removeKnowledge(id: string): void {
    this.#knowledge.delete(id);
  }

  #tables(): Map<string, unknown>[] {
    return [this.#models, this.#providerModels, this.#knowledge, this.#files];
  }
}
