import type { SeededRandom } from '../../../../../src/sample/random';
import type { SampleWorld } from '../../../../../src/sample/world';
import { anyOf, newText, type Changes } from './action';

/** Models, knowledge bases and files. */
export const LIBRARY: Changes = {
  offerModel: [
    1,
    ({ world }, random) => {
      world.library.addProviderModel(newText('provider', random), random.pick(['openai', 'ollama'] as const));
    },
  ],
  withdrawModel: [
    1,
    ({ world }, random) => {
      const offered = anyOf(world.library.providerModels(), random);
      if (offered !== undefined) {
        world.library.removeProviderModel(offered.id);
      }
    },
  ],
  addPreset: [
    1,
    ({ world }, random) => {
      world.library.addModel({
        id: newText('preset', random),
        name: newText('Preset', random),
        baseModelId: anyOf(world.library.providerModels(), random)?.id ?? 'gpt-4o',
        userId: anyone(world, random),
      });
    },
  ],
  overrideModel: [
    1,
    ({ world }, random) => {
      const offered = anyOf(world.library.providerModels(), random);
      if (offered !== undefined) {
        world.library.addModel({ id: offered.id, name: newText('Override', random) });
      }
    },
  ],
  changeModel: [
    2,
    ({ world }, random) => {
      const model = anyOf(world.library.models(), random);
      if (model !== undefined) {
        world.library.updateModel(
          model.id,
          random.chance(0.5) ? { name: newText('Model', random) } : { isActive: !model.isActive },
        );
      }
    },
  ],
  removeModel: [
    1,
    ({ world }, random) => {
      const model = anyOf(world.library.models(), random);
      if (model !== undefined) {
        world.library.removeModel(model.id);
      }
    },
  ],
  addFile: [
    2,
    ({ world }, random) => {
      const file = world.library.addFile({
        filename: newText('file', random),
        userId: anyone(world, random),
      });
      const base = anyOf(world.library.knowledge(), random);
      if (base !== undefined && random.chance(0.5)) {
        world.library.setKnowledgeFiles(base.id, [...base.fileIds, file.id]);
      }
    },
  ],
  removeFile: [
    2,
    ({ world }, random) => {
      const file = anyOf(world.library.files(), random);
      if (file !== undefined) {
        world.library.removeFile(file.id);
      }
    },
  ],
  addBase: [
    2,
    ({ world }, random) => {
      world.library.addKnowledge({
        name: newText('Base', random),
        description: newText('All about', random),
        userId: anyone(world, random),
        fileIds: someFiles(world, random),
      });
    },
  ],
  changeBase: [
    2,
    ({ world }, random) => {
      const base = anyOf(world.library.knowledge(), random);
      if (base !== undefined) {
        world.library.setKnowledgeFiles(base.id, someFiles(world, random));
      }
    },
  ],
  removeBase: [
    1,
    ({ world }, random) => {
      const base = anyOf(world.library.knowledge(), random);
      if (base !== undefined) {
        world.library.removeKnowledge(base.id);
      }
    },
  ],
};

function anyone(world: SampleWorld, random: SeededRandom): string {
  return random.pick(world.users.all()).id;
}

/** A file may belong to several bases. */
function someFiles(world: SampleWorld, random: SeededRandom): string[] {
  return world.library.files().flatMap(({ id }) => (random.chance(0.4) ? [id] : []));
}
